# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...types import BinaryResponse, HasId, Operation, QueryValue
from ...writing import (
    path_id,
    write_number,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> BinaryResponse:
    return BinaryResponse(response)


def files_download(file: str | HasId, *, owner: str, expiry: int, signature: str) -> Operation[BinaryResponse]:
    """The content of an uploaded file.

    For links that are handed on: the signature stands in for the API token, which is not sent. The
    owner makes the signature with the Files API's signing secret.

    Args:
        file: Id of the uploaded file. An object that has the id will do.
        owner: Username of the account that uploaded the file.
        expiry: When the link stops working, in seconds since 1970 (Unix time).
        signature: Base64 of the HMAC-SHA256 over the text `{owner} {id} {expiry}`.

    Operation `files.download`: GET /files/{file_id}/download.
    """
    _query: dict[str, QueryValue | Sequence[QueryValue]] = {}
    _query["owner"] = write_string("owner", owner)
    _query["expiry"] = write_number("expiry", expiry, integer=True)
    _query["signature"] = write_string("signature", signature)
    return Operation(
        "files.download",
        "GET",
        f"/files/{path_id('file', file)}/download",
        _parse,
        query=_query,
        needs_token=False,
        is_repeatable=True,
        is_streamed=True,
    )
