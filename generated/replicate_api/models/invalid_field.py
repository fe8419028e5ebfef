# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    wrong,
)


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "InvalidField") -> InvalidField:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _type = pop("type", None)
        if _type is not None and not isinstance(_type, str):
            raise wrong(field, "type", "a string", _type)
        _field = pop("field", None)
        if _field is not None and not isinstance(_field, str):
            raise wrong(field, "field", "a string", _field)
        _description = pop("description", None)
        if _description is not None and not isinstance(_description, str):
            raise wrong(field, "description", "a string", _description)
        return cls(
            type=_type,
            field=_field,
            description=_description,
            additional_properties=rest,
        )

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
