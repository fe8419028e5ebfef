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
class FileChecksums:
    """Checksums of a file's content, in hexadecimal digits."""

    sha256: str | None = None
    """SHA-256."""
    md5: str | None = None
    """MD5."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "FileChecksums") -> FileChecksums:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _sha256 = pop("sha256", None)
        if _sha256 is not None and not isinstance(_sha256, str):
            raise wrong(field, "sha256", "a string", _sha256)
        _md5 = pop("md5", None)
        if _md5 is not None and not isinstance(_md5, str):
            raise wrong(field, "md5", "a string", _md5)
        return cls(
            sha256=_sha256,
            md5=_md5,
            additional_properties=rest,
        )

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
