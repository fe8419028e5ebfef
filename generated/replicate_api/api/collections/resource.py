# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .collections_get import collections_get
from .collections_list import collections_list

if TYPE_CHECKING:
    from ...models.collection import Collection
    from ...models.collection_page import CollectionPage
    from ...types import AsyncSender, HasSlug, Sender


class CollectionsResource:
    """Collections of models that Replicate has put together."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def list(
        self,
    ) -> CollectionPage:
        """One page of the curated collections of models.

        The entries have no models in them; ask for a single collection to see those.

        Operation `collections.list`: GET /collections.
        """
        return self._sender.send(collections_list())

    def get(self, collection: str | HasSlug) -> Collection:
        """One collection with all of its models.

        Every model comes complete with its default example and its latest version, so that the
        answer can be close to a megabyte long.

        Args:
            collection: The collection's name in addresses, such as `text-to-image`. An object that
                has the slug will do.

        Operation `collections.get`: GET /collections/{collection_slug}.
        """
        return self._sender.send(collections_get(collection))


class AsyncCollectionsResource:
    """Collections of models that Replicate has put together."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def list(
        self,
    ) -> CollectionPage:
        """One page of the curated collections of models.

        The entries have no models in them; ask for a single collection to see those.

        Operation `collections.list`: GET /collections.
        """
        return await self._sender.send(collections_list())

    async def get(self, collection: str | HasSlug) -> Collection:
        """One collection with all of its models.

        Every model comes complete with its default example and its latest version, so that the
        answer can be close to a megabyte long.

        Args:
            collection: The collection's name in addresses, such as `text-to-image`. An object that
                has the slug will do.

        Operation `collections.get`: GET /collections/{collection_slug}.
        """
        return await self._sender.send(collections_get(collection))


class CollectionsProtocol(Protocol):
    """What `collections` offers, for stand-ins to be checked against."""

    def list(
        self,
    ) -> CollectionPage: ...
    def get(self, collection: str | HasSlug) -> Collection: ...


class AsyncCollectionsProtocol(Protocol):
    """What `collections` offers, for stand-ins to be checked against."""

    async def list(
        self,
    ) -> CollectionPage: ...
    async def get(self, collection: str | HasSlug) -> Collection: ...
