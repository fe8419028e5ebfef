# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_list,
    wrong,
)
from .search_collection import SearchCollection
from .search_model import SearchModel
from .search_page import SearchPage


@define(kw_only=True, repr=False)
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

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "SearchResults") -> SearchResults:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("query", None)
        if not isinstance(value, str):
            raise wrong(field, "query", "a string", value)
        made.query = value
        made.models = [
            SearchModel.from_dict(item, ((field, "models"), index))
            for index, item in enumerate(read_list(field, "models", rest.pop("models", None)))
        ]
        made.collections = [
            SearchCollection.from_dict(item, ((field, "collections"), index))
            for index, item in enumerate(read_list(field, "collections", rest.pop("collections", None)))
        ]
        made.pages = [
            SearchPage.from_dict(item, ((field, "pages"), index))
            for index, item in enumerate(read_list(field, "pages", rest.pop("pages", None)))
        ]
        made.additional_properties = rest
        return made

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
