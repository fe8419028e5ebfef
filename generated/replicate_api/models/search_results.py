# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_list,
    wrong,
)
from .search_collection import SearchCollection
from .search_model import SearchModel
from .search_page import SearchPage


@define(kw_only=True)
class SearchResults:
    """What a search has found."""

    query: str
    """The text that was looked for."""
    models: list[SearchModel]
    """Models that match, with what the search knows about them."""
    collections: list[SearchCollection]
    """Collections that match."""
    pages: list[SearchPage]
    """Pages of the documentation that match."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "SearchResults") -> SearchResults:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _query = pop("query", None)
        if not isinstance(_query, str):
            raise wrong(field, "query", "a string", _query)
        _models = [
            SearchModel.from_dict(item, f"{field}.models[{index}]")
            for index, item in enumerate(read_list(field, "models", pop("models", None)))
        ]
        _collections = [
            SearchCollection.from_dict(item, f"{field}.collections[{index}]")
            for index, item in enumerate(read_list(field, "collections", pop("collections", None)))
        ]
        _pages = [
            SearchPage.from_dict(item, f"{field}.pages[{index}]")
            for index, item in enumerate(read_list(field, "pages", pop("pages", None)))
        ]
        return cls(
            query=_query,
            models=_models,
            collections=_collections,
            pages=_pages,
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "query": self.query,
            "models": [item.to_dict() for item in self.models],
            "collections": [item.to_dict() for item in self.collections],
            "pages": [item.to_dict() for item in self.pages],
        }
        return result
