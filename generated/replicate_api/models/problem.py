# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_list,
    wrong,
)
from .invalid_field import InvalidField


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "Problem") -> Problem:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _title = pop("title", None)
        if _title is not None and not isinstance(_title, str):
            raise wrong(field, "title", "a string", _title)
        _detail = pop("detail", None)
        if _detail is not None and not isinstance(_detail, str):
            raise wrong(field, "detail", "a string", _detail)
        _status = pop("status", None)
        if _status is not None and type(_status) is not int:
            raise wrong(field, "status", "an integer", _status)
        _type = pop("type", None)
        if _type is not None and not isinstance(_type, str):
            raise wrong(field, "type", "a string", _type)
        _instance = pop("instance", None)
        if _instance is not None and not isinstance(_instance, str):
            raise wrong(field, "instance", "a string", _instance)
        _invalid_fields = pop("invalid_fields", None)
        if _invalid_fields is not None:
            _invalid_fields = [
                InvalidField.from_dict(item, f"{field}.invalid_fields[{index}]")
                for index, item in enumerate(read_list(field, "invalid_fields", _invalid_fields))
            ]
        _retry_after = pop("retry_after", None)
        if _retry_after is not None and type(_retry_after) is not int:
            raise wrong(field, "retry_after", "an integer", _retry_after)
        return cls(
            title=_title,
            detail=_detail,
            status=_status,
            type=_type,
            instance=_instance,
            invalid_fields=_invalid_fields,
            retry_after=_retry_after,
            additional_properties=rest,
        )

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
