# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.file import File
from ...reading import (
    read_json,
)
from ...types import HasId, Operation
from ...writing import (
    path_id,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> File:
    return File.from_dict(read_json(response))


def files_get(file: str | HasId) -> Operation[File]:
    """The record of one uploaded file.

    Name, size, checksums and times; not the content.

    Args:
        file: Id of the uploaded file. An object that has the id will do.

    Operation `files.get`: GET /files/{file_id}.
    """
    return Operation(
        "files.get",
        "GET",
        f"/files/{path_id('file', file)}",
        _parse,
        is_repeatable=True,
    )
