# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from ...models.prediction_list_source import PredictionListSource
from ...models.prediction_page import PredictionPage
from ...reading import (
    read_json,
)
from ...types import Operation, QueryValue
from ...writing import (
    write_enum,
    write_time,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> PredictionPage:
    return PredictionPage.from_dict(read_json(response))


def predictions_list(
    *,
    created_after: datetime | str | None = None,
    created_before: datetime | str | None = None,
    source: PredictionListSource | Literal["web"] | None = None,
) -> Operation[PredictionPage]:
    """One page of your predictions.

    Newest first, 100 on a page; those made on the website are among them. Input, output and logs of
    predictions made through the API are gone an hour after the end.

    Args:
        created_after: Leave out what was created before this time; the time itself is included.
        created_before: Leave out what was created at this time or later.
        source: Only predictions made in this way; without it, all. With `web`, the list goes back
            no further than 14 days.

    Operation `predictions.list`: GET /predictions.
    """
    _query: dict[str, QueryValue | Sequence[QueryValue]] = {}
    if created_after is not None:
        _query["created_after"] = write_time("created_after", created_after)
    if created_before is not None:
        _query["created_before"] = write_time("created_before", created_before)
    if source is not None:
        _query["source"] = write_enum("source", source, PredictionListSource)
    return Operation(
        "predictions.list",
        "GET",
        "/predictions",
        _parse,
        query=_query,
        is_repeatable=True,
        is_page=True,
    )
