# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_list,
    read_string,
    wrong,
)


@define(kw_only=True, repr=False)
class SearchModelMetadata:
    """What the search knows about a model."""

    generated_description: str | None = None
    """A description written by a language model, longer than the owner's."""
    tags: list[str] | None = None
    """Words that describe the model."""
    score: float | None = None
    """How well the model matches."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "SearchModelMetadata") -> SearchModelMetadata:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("generated_description", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "generated_description", "a string", value)
        made.generated_description = value
        value = rest.pop("tags", None)
        made.tags = (
            None
            if value is None
            else [
                read_string((field, "tags"), index, item) for index, item in enumerate(read_list(field, "tags", value))
            ]
        )
        value = rest.pop("score", None)
        if value is not None and (type(value) is not float and type(value) is not int):
            raise wrong(field, "score", "a number", value)
        made.score = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
        }
        if self.generated_description is not None:
            result["generated_description"] = self.generated_description
        if self.tags is not None:
            result["tags"] = list(self.tags)
        if self.score is not None:
            result["score"] = self.score
        return result
