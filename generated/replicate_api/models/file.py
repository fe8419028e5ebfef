# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_object,
    read_time,
    wrong,
)
from ..writing import write_time
from .file_checksums import FileChecksums
from .file_urls import FileUrls


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "File") -> File:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _id = pop("id", None)
        if not isinstance(_id, str):
            raise wrong(field, "id", "a string", _id)
        _name = pop("name", None)
        if _name is not None and not isinstance(_name, str):
            raise wrong(field, "name", "a string", _name)
        _content_type = pop("content_type", None)
        if not isinstance(_content_type, str):
            raise wrong(field, "content_type", "a string", _content_type)
        _size = pop("size", None)
        if type(_size) is not int:
            raise wrong(field, "size", "an integer", _size)
        _checksums = FileChecksums.from_dict(pop("checksums", None), f"{field}.checksums")
        _etag = pop("etag", None)
        if _etag is not None and not isinstance(_etag, str):
            raise wrong(field, "etag", "a string", _etag)
        _metadata = read_object(field, "metadata", pop("metadata", None))
        _created_at = read_time(field, "created_at", pop("created_at", None))
        _expires_at = read_time(field, "expires_at", pop("expires_at", None))
        _urls = FileUrls.from_dict(pop("urls", None), f"{field}.urls")
        return cls(
            id=_id,
            name=_name,
            content_type=_content_type,
            size=_size,
            checksums=_checksums,
            etag=_etag,
            metadata=_metadata,
            created_at=_created_at,
            expires_at=_expires_at,
            urls=_urls,
            additional_properties=rest,
        )

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
