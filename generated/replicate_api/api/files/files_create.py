# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from ...models.file import File
from ...reading import (
    read_json,
)
from ...types import Operation, Part
from ...writing import (
    file_part,
    form_part,
    write_file,
    write_object,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> File:
    return File.from_dict(read_json(response))


def files_create(
    content: bytes | IO[bytes],
    *,
    filename: str | None = None,
    type: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Operation[File]:
    """The record of a newly uploaded file.

    Its `urls.get` may stand for the file in the inputs of predictions and trainings. At most 100
    MB. A file is kept for 24 hours.

    Args:
        content: The file's bytes, 100 MB at most.
        filename: The file's name; no more than 255 bytes of UTF-8.
        type: The file's media type; the service's default is `application/octet-stream`.
        metadata: Anything you want to find in the file's record again.

    Operation `files.create`: POST /files.
    """
    _body: list[Part] = []
    _body.append(file_part("content", write_file("content", content)))
    if filename is not None:
        _body.append(form_part("filename", write_string("filename", filename, max_length=255)))
    if type is not None:
        _body.append(form_part("type", write_string("type", type)))
    if metadata is not None:
        _body.append(form_part("metadata", write_object("metadata", metadata)))
    return Operation(
        "files.create",
        "POST",
        "/files",
        _parse,
        body=_body,
    )
