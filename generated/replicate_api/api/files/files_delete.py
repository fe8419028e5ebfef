# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...types import HasId, Operation
from ...writing import (
    path_id,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> None:
    return None


def files_delete(file: str | HasId) -> Operation[None]:
    """Delete an uploaded file.

    From then on the file answers 404, to a second delete as well.

    Args:
        file: Id of the uploaded file. An object that has the id will do.

    Operation `files.delete`: DELETE /files/{file_id}.
    """
    return Operation(
        "files.delete",
        "DELETE",
        f"/files/{path_id('file', file)}",
        _parse,
        is_repeatable=True,
    )
