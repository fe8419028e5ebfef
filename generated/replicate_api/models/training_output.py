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


@define(kw_only=True, repr=False)
class TrainingOutput:
    """What a training has made."""

    version: str | None = None
    """The new version of the destination model."""
    weights: str | None = None
    """Address of the trained weights."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "TrainingOutput") -> TrainingOutput:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("version", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "version", "a string", value)
        made.version = value
        value = rest.pop("weights", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "weights", "a string", value)
        made.weights = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
        }
        if self.version is not None:
            result["version"] = self.version
        if self.weights is not None:
            result["weights"] = self.weights
        return result
