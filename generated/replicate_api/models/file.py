# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_time,
    wrong,
)
from ..writing import write_time
from .file_checksums import FileChecksums
from .file_urls import FileUrls


@define(kw_only=True, repr=False)
class File:
    """The record of an uploaded file."""

    id: str
    """Identifies the file; its form is not promised."""
    name: str | None = None
    """The name it was uploaded under."""
    content_type: str
    """Its media type."""
    size: int
    """Its length in bytes."""
    checksums: FileChecksums
    """Checksums of its content."""
    etag: str | None = None
    """The MD5 of its content once more."""
    metadata: dict[str, Any]
    """The object that was uploaded with it; empty if none was."""
    created_at: datetime
    """When it was uploaded."""
    expires_at: datetime
    """When the service deletes it, 24 hours later when recorded."""
    urls: FileUrls
    """Addresses that belong to it."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "File") -> File:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("id", None)
        if not isinstance(value, str):
            raise wrong(field, "id", "a string", value)
        made.id = value
        value = rest.pop("name", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "name", "a string", value)
        made.name = value
        value = rest.pop("content_type", None)
        if not isinstance(value, str):
            raise wrong(field, "content_type", "a string", value)
        made.content_type = value
        value = rest.pop("size", None)
        if type(value) is not int:
            raise wrong(field, "size", "an integer", value)
        made.size = value
        made.checksums = FileChecksums.from_dict(rest.pop("checksums", None), (field, "checksums"))
        value = rest.pop("etag", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "etag", "a string", value)
        made.etag = value
        value = rest.pop("metadata", None)
        if not isinstance(value, dict):
            raise wrong(field, "metadata", "an object", value)
        made.metadata = value
        made.created_at = read_time(field, "created_at", rest.pop("created_at", None))
        made.expires_at = read_time(field, "expires_at", rest.pop("expires_at", None))
        made.urls = FileUrls.from_dict(rest.pop("urls", None), (field, "urls"))
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "content_type": self.content_type,
            "size": self.size,
            "checksums": self.checksums.to_dict(),
            "metadata": self.metadata,
            "created_at": write_time("created_at", self.created_at),
            "expires_at": write_time("expires_at", self.expires_at),
            "urls": self.urls.to_dict(),
        }
        if self.name is not None:
            result["name"] = self.name
        if self.etag is not None:
            result["etag"] = self.etag
        return result
