# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.file_page import FilePage
from ...reading import (
    read_json,
)
from ...types import Operation

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> FilePage:
    return FilePage.from_dict(read_json(response))


def files_list() -> Operation[FilePage]:
    """One page of the files you uploaded.

    Documented as newest first; recorded answers were in no order of time.

    Operation `files.list`: GET /files.
    """
    return Operation(
        "files.list",
        "GET",
        "/files",
        _parse,
        is_repeatable=True,
        is_page=True,
    )
