# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    wrong,
)
from .model import Model
from .search_model_metadata import SearchModelMetadata


@define(kw_only=True, repr=False)
class SearchModel:
    """A model that was found."""

    model: Model
    """The model itself."""
    metadata: SearchModelMetadata
    """What the search knows about it."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "SearchModel") -> SearchModel:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        made.model = Model.from_dict(rest.pop("model", None), (field, "model"))
        made.metadata = SearchModelMetadata.from_dict(rest.pop("metadata", None), (field, "metadata"))
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "model": self.model.to_dict(),
            "metadata": self.metadata.to_dict(),
        }
        return result
