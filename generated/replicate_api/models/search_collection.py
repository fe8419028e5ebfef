# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_list,
    read_string,
    wrong,
)


@define(kw_only=True, repr=False)
class SearchCollection:
    """A collection that was found."""

    name: str
    """The collection's title."""
    slug: str
    """The collection's name in addresses, in lower case with hyphens."""
    description: str
    """What the models in it have in common."""
    models: list[str] | None = None
    """Its models, as `owner/name`."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "SearchCollection") -> SearchCollection:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("name", None)
        if not isinstance(value, str):
            raise wrong(field, "name", "a string", value)
        made.name = value
        value = rest.pop("slug", None)
        if not isinstance(value, str):
            raise wrong(field, "slug", "a string", value)
        made.slug = value
        value = rest.pop("description", None)
        if not isinstance(value, str):
            raise wrong(field, "description", "a string", value)
        made.description = value
        value = rest.pop("models", None)
        made.models = (
            None
            if value is None
            else [
                read_string((field, "models"), index, item)
                for index, item in enumerate(read_list(field, "models", value))
            ]
        )
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "name": self.name,
            "slug": self.slug,
            "description": self.description,
        }
        if self.models is not None:
            result["models"] = list(self.models)
        return result
