# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    wrong,
)


@define(kw_only=True, repr=False)
class InvalidField:
    """One thing that is wrong with an input."""

    type: str | None = None
    """What is wrong, for programs: `required`, `enum`, `number_lte`, `additional_property_not_allowed`
    and others.
    """
    field: str | None = None
    """Where, as a dotted path (`input.prompt`). For `required`, the object that lacks the field; empty
    at the top.
    """
    description: str | None = None
    """What is wrong, for people."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "InvalidField") -> InvalidField:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("type", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "type", "a string", value)
        made.type = value
        value = rest.pop("field", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "field", "a string", value)
        made.field = value
        value = rest.pop("description", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "description", "a string", value)
        made.description = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
        }
        if self.type is not None:
            result["type"] = self.type
        if self.field is not None:
            result["field"] = self.field
        if self.description is not None:
            result["description"] = self.description
        return result
