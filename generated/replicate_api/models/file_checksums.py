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
class FileChecksums:
    """Checksums of a file's content, in hexadecimal digits."""

    sha256: str | None = None
    """SHA-256."""
    md5: str | None = None
    """MD5."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "FileChecksums") -> FileChecksums:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("sha256", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "sha256", "a string", value)
        made.sha256 = value
        value = rest.pop("md5", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "md5", "a string", value)
        made.md5 = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
        }
        if self.sha256 is not None:
            result["sha256"] = self.sha256
        if self.md5 is not None:
            result["md5"] = self.md5
        return result
