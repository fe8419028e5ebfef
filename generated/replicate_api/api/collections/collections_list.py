# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.collection_page import CollectionPage
from ...reading import (
    read_json,
)
from ...types import Operation

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> CollectionPage:
    return CollectionPage.from_dict(read_json(response))


def collections_list() -> Operation[CollectionPage]:
    """One page of the curated collections of models.

    The entries have no models in them; ask for a single collection to see those.

    Operation `collections.list`: GET /collections.
    """
    return Operation(
        "collections.list",
        "GET",
        "/collections",
        _parse,
        is_repeatable=True,
        is_page=True,
    )
