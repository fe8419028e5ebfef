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
class PredictionUrls:
    """Addresses that belong to a prediction."""

    get: str
    """The prediction itself, in its current state."""
    cancel: str
    """Cancels the prediction on POST."""
    stream: str | None = None
    """The output as server-sent events, if the model can stream. On a host of its own, and with a path
    that says nothing.
    """
    web: str | None = None
    """The prediction's page on the website."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "PredictionUrls") -> PredictionUrls:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _get = pop("get", None)
        if not isinstance(_get, str):
            raise wrong(field, "get", "a string", _get)
        _cancel = pop("cancel", None)
        if not isinstance(_cancel, str):
            raise wrong(field, "cancel", "a string", _cancel)
        _stream = pop("stream", None)
        if _stream is not None and not isinstance(_stream, str):
            raise wrong(field, "stream", "a string", _stream)
        _web = pop("web", None)
        if _web is not None and not isinstance(_web, str):
            raise wrong(field, "web", "a string", _web)
        return cls(
            get=_get,
            cancel=_cancel,
            stream=_stream,
            web=_web,
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "get": self.get,
            "cancel": self.cancel,
        }
        if self.stream is not None:
            result["stream"] = self.stream
        if self.web is not None:
            result["web"] = self.web
        return result
