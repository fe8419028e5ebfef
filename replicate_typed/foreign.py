"""Addresses that the service names and that need not be its own: streams and files; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from replicate_api.types import Operation

if TYPE_CHECKING:
    from httpx import Response


def foreign_get(id: str, url: str, base_url: str, *, headers: Mapping[str, str] | None = None) -> Operation[Response]:
    """The operation that gets what is at an address, its body unread; without the token, wherever it is.

    Raises ValueError for an address that is not https, unless the API itself is not: on your desk, or in a test.
    """
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise ValueError(f"{shown(url)[:200]!r} is not an address: {error}") from None
    allowed = {"https", urlsplit(base_url).scheme}
    if parts.scheme not in allowed or not has_host:
        raise ValueError(f"{shown(url)[:200]!r} is not an address that starts with https://")
    return Operation(
        id,
        "GET",
        url,
        lambda response: response,
        headers=headers,
        needs_token=False,
        is_repeatable=True,
        is_streamed=True,
    )


def is_foreign(operation: Operation[object]) -> bool:
    """Whether an operation has a whole address, instead of a path below the base URL."""
    return not operation.path.startswith("/")


def shown(url: str) -> str:
    """An address as errors show it: without its query, which may hold a signature."""
    return url.partition("?")[0]
