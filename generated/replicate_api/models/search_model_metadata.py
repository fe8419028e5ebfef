# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_list,
    read_string,
    wrong,
)


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "SearchModelMetadata") -> SearchModelMetadata:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _generated_description = pop("generated_description", None)
        if _generated_description is not None and not isinstance(_generated_description, str):
            raise wrong(field, "generated_description", "a string", _generated_description)
        _tags = pop("tags", None)
        if _tags is not None:
            _tags = [
                read_string(f"{field}.tags[{index}]", "", item)
                for index, item in enumerate(read_list(field, "tags", _tags))
            ]
        _score = pop("score", None)
        if _score is not None and (type(_score) is not float and type(_score) is not int):
            raise wrong(field, "score", "a number", _score)
        return cls(
            generated_description=_generated_description,
            tags=_tags,
            score=_score,
            additional_properties=rest,
        )

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
