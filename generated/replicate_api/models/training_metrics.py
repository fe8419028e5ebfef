# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    wrong,
)


@define(kw_only=True)
class TrainingMetrics:
    """Measures of a training."""

    predict_time: float | None = None
    """Seconds of computing; the wait for a worker is not in it."""
    total_time: float | None = None
    """Seconds from the creation to the end."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "TrainingMetrics") -> TrainingMetrics:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _predict_time = pop("predict_time", None)
        if _predict_time is not None and (type(_predict_time) is not float and type(_predict_time) is not int):
            raise wrong(field, "predict_time", "a number", _predict_time)
        _total_time = pop("total_time", None)
        if _total_time is not None and (type(_total_time) is not float and type(_total_time) is not int):
            raise wrong(field, "total_time", "a number", _total_time)
        return cls(
            predict_time=_predict_time,
            total_time=_total_time,
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
        }
        if self.predict_time is not None:
            result["predict_time"] = self.predict_time
        if self.total_time is not None:
            result["total_time"] = self.total_time
        return result
