# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from ...models.model_page import ModelPage
from ...models.model_sort_by import ModelSortBy
from ...models.sort_direction import SortDirection
from ...reading import (
    read_json,
)
from ...types import Operation, QueryValue
from ...writing import (
    write_enum,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> ModelPage:
    return ModelPage.from_dict(read_json(response))


def models_list(
    *,
    sort_by: ModelSortBy | Literal["model_created_at", "latest_version_created_at"] | None = None,
    sort_direction: SortDirection | Literal["asc", "desc"] | None = None,
) -> Operation[ModelPage]:
    """One page of the public models.

    By default the models with the newest versions come first. A recorded page had 25 models.

    Args:
        sort_by: The time to sort by; the service's default is `latest_version_created_at`.
        sort_direction: The order to sort in; the service's default is `desc`.

    Operation `models.list`: GET /models.
    """
    _query: dict[str, QueryValue | Sequence[QueryValue]] = {}
    if sort_by is not None:
        _query["sort_by"] = write_enum("sort_by", sort_by, ModelSortBy)
    if sort_direction is not None:
        _query["sort_direction"] = write_enum("sort_direction", sort_direction, SortDirection)
    return Operation(
        "models.list",
        "GET",
        "/models",
        _parse,
        query=_query,
        is_repeatable=True,
        is_page=True,
    )
