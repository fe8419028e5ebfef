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
class PredictionMetrics:
    """Measures of a prediction. Which there are depends on the model. They have been seen to be wrong
    (a negative time).
    """

    predict_time: float | None = None
    """Seconds of computing; the wait for a worker is not in it."""
    total_time: float | None = None
    """Seconds from the creation to the end."""
    input_token_count: int | None = None
    """Number of tokens a language model read."""
    output_token_count: int | None = None
    """Number of tokens a language model wrote."""
    tokens_per_second: float | None = None
    """How fast a language model wrote."""
    time_to_first_token: float | None = None
    """Seconds until a language model began to write."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "PredictionMetrics") -> PredictionMetrics:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("predict_time", None)
        if value is not None and (type(value) is not float and type(value) is not int):
            raise wrong(field, "predict_time", "a number", value)
        made.predict_time = value
        value = rest.pop("total_time", None)
        if value is not None and (type(value) is not float and type(value) is not int):
            raise wrong(field, "total_time", "a number", value)
        made.total_time = value
        value = rest.pop("input_token_count", None)
        if value is not None and type(value) is not int:
            raise wrong(field, "input_token_count", "an integer", value)
        made.input_token_count = value
        value = rest.pop("output_token_count", None)
        if value is not None and type(value) is not int:
            raise wrong(field, "output_token_count", "an integer", value)
        made.output_token_count = value
        value = rest.pop("tokens_per_second", None)
        if value is not None and (type(value) is not float and type(value) is not int):
            raise wrong(field, "tokens_per_second", "a number", value)
        made.tokens_per_second = value
        value = rest.pop("time_to_first_token", None)
        if value is not None and (type(value) is not float and type(value) is not int):
            raise wrong(field, "time_to_first_token", "a number", value)
        made.time_to_first_token = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
        }
        if self.predict_time is not None:
            result["predict_time"] = self.predict_time
        if self.total_time is not None:
            result["total_time"] = self.total_time
        if self.input_token_count is not None:
            result["input_token_count"] = self.input_token_count
        if self.output_token_count is not None:
            result["output_token_count"] = self.output_token_count
        if self.tokens_per_second is not None:
            result["tokens_per_second"] = self.tokens_per_second
        if self.time_to_first_token is not None:
            result["time_to_first_token"] = self.time_to_first_token
        return result
