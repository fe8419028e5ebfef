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
class TrainingUrls:
    """Addresses that belong to a training. Right after a create or a cancel they point below
    `/v1/predictions/`, later below `/v1/trainings/`.
    """

    get: str
    """The training itself, in its current state."""
    cancel: str
    """Cancels the training on POST."""
    stream: str | None = None
    """The output as server-sent events, if there is such a stream."""
    web: str | None = None
    """The training's page on the website."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "TrainingUrls") -> TrainingUrls:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("get", None)
        if not isinstance(value, str):
            raise wrong(field, "get", "a string", value)
        made.get = value
        value = rest.pop("cancel", None)
        if not isinstance(value, str):
            raise wrong(field, "cancel", "a string", value)
        made.cancel = value
        value = rest.pop("stream", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "stream", "a string", value)
        made.stream = value
        value = rest.pop("web", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "web", "a string", value)
        made.web = value
        made.additional_properties = rest
        return made

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
