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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "PredictionMetrics") -> PredictionMetrics:
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
        _input_token_count = pop("input_token_count", None)
        if _input_token_count is not None and type(_input_token_count) is not int:
            raise wrong(field, "input_token_count", "an integer", _input_token_count)
        _output_token_count = pop("output_token_count", None)
        if _output_token_count is not None and type(_output_token_count) is not int:
            raise wrong(field, "output_token_count", "an integer", _output_token_count)
        _tokens_per_second = pop("tokens_per_second", None)
        if _tokens_per_second is not None and (
            type(_tokens_per_second) is not float and type(_tokens_per_second) is not int
        ):
            raise wrong(field, "tokens_per_second", "a number", _tokens_per_second)
        _time_to_first_token = pop("time_to_first_token", None)
        if _time_to_first_token is not None and (
            type(_time_to_first_token) is not float and type(_time_to_first_token) is not int
        ):
            raise wrong(field, "time_to_first_token", "a number", _time_to_first_token)
        return cls(
            predict_time=_predict_time,
            total_time=_total_time,
            input_token_count=_input_token_count,
            output_token_count=_output_token_count,
            tokens_per_second=_tokens_per_second,
            time_to_first_token=_time_to_first_token,
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
        if self.input_token_count is not None:
            result["input_token_count"] = self.input_token_count
        if self.output_token_count is not None:
            result["output_token_count"] = self.output_token_count
        if self.tokens_per_second is not None:
            result["tokens_per_second"] = self.tokens_per_second
        if self.time_to_first_token is not None:
            result["time_to_first_token"] = self.time_to_first_token
        return result
