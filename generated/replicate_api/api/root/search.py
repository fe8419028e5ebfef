# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...models.search_results import SearchResults
from ...reading import (
    read_json,
)
from ...types import Operation, QueryValue
from ...writing import (
    write_number,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> SearchResults:
    return SearchResults.from_dict(read_json(response))


def search(query: str, *, limit: int | None = None) -> Operation[SearchResults]:
    """Public models, collections and pages of documentation that match a text.

    The service calls this operation a beta and may change it.

    Args:
        query: The text to look for.
        limit: The most models to return, 1 to 50; the service's default is 20. Collections and
            pages are not limited by it.

    Operation `search`: GET /search.
    """
    _query: dict[str, QueryValue | Sequence[QueryValue]] = {}
    _query["query"] = write_string("query", query)
    if limit is not None:
        _query["limit"] = write_number("limit", limit, integer=True, maximum=50, minimum=1)
    return Operation(
        "search",
        "GET",
        "/search",
        _parse,
        query=_query,
        is_repeatable=True,
    )
