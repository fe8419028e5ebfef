"""Which operation gives the next page; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

from replicate_api.writing import query_pairs
from replicate_typed.settings import API_URL

if TYPE_CHECKING:
    from replicate_api.types import Operation, Page

PageT = TypeVar("PageT")
LONGEST_LINK = 4000


def next_operation(
    operation: Operation[PageT], page: Page[object], base_url: str, token: str | None = None
) -> Operation[PageT] | None:
    """The operation for the page after this one, or None after the last; raises ValueError for a link elsewhere.

    The service gives an absolute address. Only its query is used, and only if it speaks of the same list at the
    same service: the token never follows a link elsewhere, and is not shown should the link have it.
    """
    link = page.next
    if not link or link == "null":  # the documentation's own example has the word
        return None
    if token:
        link = link.replace(token, "[token]")
    said = f"the next page of {operation.path} is said to be"
    if len(link) > LONGEST_LINK:
        raise ValueError(f"{said} at an address of {len(link)} characters: {link[:60]}…")
    try:
        link.encode()
        there = urlsplit(urljoin(f"{base_url}{operation.path}", link))
        host = _host(there)
    except ValueError as error:
        raise ValueError(f"{said} at what is no address: {link!r}: {error}") from None
    if host not in {_host(urlsplit(base_url)), _host(urlsplit(API_URL))}:
        raise ValueError(f"{said} on another host: {link!r}")
    if unquote(_below_v1(there.path)) != unquote(operation.path):
        raise ValueError(f"{said} of another list: {link!r}")
    return operation.with_query(parse_qs(there.query, keep_blank_values=True))


def cursor_of(operation: Operation[Any]) -> frozenset[tuple[str, str]]:
    """What tells one page of a list from another."""
    return frozenset(query_pairs(operation.query or {}))


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    port = None if parts.port in {80, 443} else parts.port
    return parts.hostname, port


def _below_v1(path: str) -> str:
    before, found, below = path.rstrip("/").partition("/v1/")
    return f"/{below}" if found else before
