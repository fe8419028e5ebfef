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
class FileUrls:
    """Addresses that belong to an uploaded file."""

    get: str
    """The file's record; in the input of a model, it stands for the file itself."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "FileUrls") -> FileUrls:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _get = pop("get", None)
        if not isinstance(_get, str):
            raise wrong(field, "get", "a string", _get)
        return cls(
            get=_get,
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "get": self.get,
        }
        return result
