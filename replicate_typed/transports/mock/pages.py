"""Cutting a list into pages with cursors that stay right while the list grows."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs, urlencode

from replicate_typed.transports.mock.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx

T = TypeVar("T")


def page(
    items: Sequence[T], rank: Callable[[T], int], write: Callable[[T], object], *, size: int, url: httpx.URL
) -> dict[str, object]:
    """The page of items that the address asks for; items come in the order of their ranks."""
    cursor = url.params.get("cursor")
    start, end = _bounds(items, rank, size, cursor)
    after = _cursor(rank(items[end - 1]), reverse=False) if 0 < end < len(items) else None
    before = _cursor(rank(items[start]), reverse=True) if 0 < start < len(items) else None
    return {
        "next": after and str(url.copy_set_param("cursor", after)),
        "previous": before and str(url.copy_set_param("cursor", before)),
        "results": [write(item) for item in items[start:end]],
    }


def _bounds(items: Sequence[T], rank: Callable[[T], int], size: int, cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return 0, size
    position, reverse = _read(cursor)
    if reverse:
        end = bisect_left(items, position, key=rank)
        return max(0, end - size), end
    start = bisect_right(items, position, key=rank)
    return start, start + size


# A cursor is, as the service's, base64 of a form with the position `p`, and `r=1` if it points backwards.


def _cursor(position: int, *, reverse: bool) -> str:
    form = urlencode({"r": 1, "p": position} if reverse else {"p": position})
    return base64.b64encode(form.encode()).decode()


def _read(cursor: str) -> tuple[int, bool]:
    try:
        form = parse_qs(base64.b64decode(cursor, validate=True).decode())
        return int(form["p"][0]), "r" in form
    except (binascii.Error, ValueError, KeyError) as error:
        raise ProblemError(404, "Invalid cursor") from error
