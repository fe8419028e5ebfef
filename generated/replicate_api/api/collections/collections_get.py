# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.collection import Collection
from ...reading import (
    read_json,
)
from ...types import HasSlug, Operation
from ...writing import (
    path_slug,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Collection:
    return Collection.from_dict(read_json(response))


def collections_get(collection: str | HasSlug) -> Operation[Collection]:
    """One collection with all of its models.

    Every model comes complete with its default example and its latest version, so that the answer
    can be close to a megabyte long.

    Args:
        collection: The collection's name in addresses, such as `text-to-image`. An object that has
            the slug will do.

    Operation `collections.get`: GET /collections/{collection_slug}.
    """
    return Operation(
        "collections.get",
        "GET",
        f"/collections/{path_slug('collection', collection)}",
        _parse,
        is_repeatable=True,
    )
