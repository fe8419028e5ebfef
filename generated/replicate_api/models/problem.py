# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_list,
    wrong,
)
from .invalid_field import InvalidField


@define(kw_only=True, repr=False)
class Problem:
    """Why a request was not served. Any of the fields can be missing, and what stands before the
    service can answer with something else altogether. Trust the answer's own status before this
    one.
    """

    title: str | None = None
    """What kind of problem it is, such as `Unauthenticated`; often missing."""
    detail: str | None = None
    """What is wrong, for people; can have several lines."""
    status: int | None = None
    """The HTTP status once more."""
    type: str | None = None
    """An address that names the kind of problem."""
    instance: str | None = None
    """An address that names this one problem."""
    invalid_fields: list[InvalidField] | None = None
    """What is wrong with the input, on 422."""
    retry_after: int | None = None
    """Seconds to wait before another try, on 429."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "Problem") -> Problem:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("title", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "title", "a string", value)
        made.title = value
        value = rest.pop("detail", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "detail", "a string", value)
        made.detail = value
        value = rest.pop("status", None)
        if value is not None and type(value) is not int:
            raise wrong(field, "status", "an integer", value)
        made.status = value
        value = rest.pop("type", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "type", "a string", value)
        made.type = value
        value = rest.pop("instance", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "instance", "a string", value)
        made.instance = value
        value = rest.pop("invalid_fields", None)
        made.invalid_fields = (
            None
            if value is None
            else [
                InvalidField.from_dict(item, ((field, "invalid_fields"), index))
                for index, item in enumerate(read_list(field, "invalid_fields", value))
            ]
        )
        value = rest.pop("retry_after", None)
        if value is not None and type(value) is not int:
            raise wrong(field, "retry_after", "an integer", value)
        made.retry_after = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
        }
        if self.title is not None:
            result["title"] = self.title
        if self.detail is not None:
            result["detail"] = self.detail
        if self.status is not None:
            result["status"] = self.status
        if self.type is not None:
            result["type"] = self.type
        if self.instance is not None:
            result["instance"] = self.instance
        if self.invalid_fields is not None:
            result["invalid_fields"] = [item.to_dict() for item in self.invalid_fields]
        if self.retry_after is not None:
            result["retry_after"] = self.retry_after
        return result
