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
from ..types import Operation
from .model_version import ModelVersion


@define(kw_only=True, repr=False)
class ModelVersionPage:
    """One page of versions."""

    next: str | None = None
    """Address of the next page; null on the last one."""
    previous: str | None = None
    """Address of the page before; null on the first one."""
    results: list[ModelVersion] = attribute(factory=lambda: [])
    """The versions on this page."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""
    operation: Operation[ModelVersionPage] | None = attribute(default=None, eq=False, repr=False, init=False)
    """The operation that this page answered; None for a page made by hand."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "ModelVersionPage") -> ModelVersionPage:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("next", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "next", "a string", value)
        made.next = value
        value = rest.pop("previous", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "previous", "a string", value)
        made.previous = value
        value = rest.pop("results", None)
        made.results = (
            []
            if value is None
            else [
                ModelVersion.from_dict(item, ((field, "results"), index))
                for index, item in enumerate(read_list(field, "results", value))
            ]
        )
        made.additional_properties = rest
        made.operation = None
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "results": [item.to_dict() for item in self.results],
        }
        if self.next is not None:
            result["next"] = self.next
        if self.previous is not None:
            result["previous"] = self.previous
        return result
