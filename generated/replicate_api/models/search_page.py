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
class SearchPage:
    """A page of the documentation that was found."""

    name: str
    """The page's title."""
    href: str
    """The page's path on the website, without a host."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "SearchPage") -> SearchPage:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _name = pop("name", None)
        if not isinstance(_name, str):
            raise wrong(field, "name", "a string", _name)
        _href = pop("href", None)
        if not isinstance(_href, str):
            raise wrong(field, "href", "a string", _href)
        return cls(
            name=_name,
            href=_href,
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "name": self.name,
            "href": self.href,
        }
        return result
