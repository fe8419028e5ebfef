# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_list,
    read_string,
    wrong,
)


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "SearchCollection") -> SearchCollection:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _name = pop("name", None)
        if not isinstance(_name, str):
            raise wrong(field, "name", "a string", _name)
        _slug = pop("slug", None)
        if not isinstance(_slug, str):
            raise wrong(field, "slug", "a string", _slug)
        _description = pop("description", None)
        if not isinstance(_description, str):
            raise wrong(field, "description", "a string", _description)
        _models = pop("models", None)
        if _models is not None:
            _models = [
                read_string(f"{field}.models[{index}]", "", item)
                for index, item in enumerate(read_list(field, "models", _models))
            ]
        return cls(
            name=_name,
            slug=_slug,
            description=_description,
            models=_models,
            additional_properties=rest,
        )

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
