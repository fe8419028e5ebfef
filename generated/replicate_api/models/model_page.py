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
from ..types import Operation
from .model import Model


@define(kw_only=True)
class ModelPage:
    """One page of models."""

    next: str | None = None
    """Address of the next page; null on the last one."""
    previous: str | None = None
    """Address of the page before; null on the first one."""
    results: list[Model] = attribute(factory=lambda: [])
    """The models on this page."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""
    operation: Operation[ModelPage] | None = attribute(default=None, eq=False, repr=False, init=False)
    """The operation that this page answered; None for a page made by hand."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "ModelPage") -> ModelPage:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _next = pop("next", None)
        if _next is not None and not isinstance(_next, str):
            raise wrong(field, "next", "a string", _next)
        _previous = pop("previous", None)
        if _previous is not None and not isinstance(_previous, str):
            raise wrong(field, "previous", "a string", _previous)
        _results = pop("results", None)
        _results = (
            []
            if _results is None
            else [
                Model.from_dict(item, f"{field}.results[{index}]")
                for index, item in enumerate(read_list(field, "results", _results))
            ]
        )
        return cls(
            next=_next,
            previous=_previous,
            results=_results,
            additional_properties=rest,
        )

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
