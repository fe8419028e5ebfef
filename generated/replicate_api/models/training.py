# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_enum,
    read_time,
    wrong,
)
from ..writing import write_time
from .prediction_source import PredictionSource
from .prediction_status import PredictionStatus
from .training_metrics import TrainingMetrics
from .training_output import TrainingOutput
from .training_urls import TrainingUrls


@define(kw_only=True, repr=False)
class Training:
    """One training of a model version. It has ended when `status` is `succeeded`, `failed`, `canceled`
    or `aborted`.
    """

    id: str
    """Identifies the training; its form is not promised."""
    model: str | None = None
    """The model that is trained, as `owner/name`."""
    version: str
    """Id of the version that is trained, 64 hexadecimal digits."""
    status: PredictionStatus
    """How far the training has come."""
    input: dict[str, Any]
    """What the version's `train()` was given."""
    output: TrainingOutput | None = None
    """What the training made; null or absent until it has succeeded."""
    error: str | None = None
    """Why the training failed."""
    logs: str | None = None
    """All that the training has printed so far."""
    metrics: TrainingMetrics | None = None
    """How long it took; empty or absent until the end."""
    source: PredictionSource | None = None
    """Where the training was made."""
    created_at: datetime
    """When it was created. Later answers can differ from the first by some milliseconds."""
    started_at: datetime | None = None
    """When the work began."""
    completed_at: datetime | None = None
    """When it ended."""
    webhook_completed: str | None = None
    """Left from an older form of webhooks; always null when recorded."""
    urls: TrainingUrls
    """Addresses for doing more with it."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "Training") -> Training:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("id", None)
        if not isinstance(value, str):
            raise wrong(field, "id", "a string", value)
        made.id = value
        value = rest.pop("model", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "model", "a string", value)
        made.model = value
        value = rest.pop("version", None)
        if not isinstance(value, str):
            raise wrong(field, "version", "a string", value)
        made.version = value
        made.status = read_enum(field, "status", rest.pop("status", None), PredictionStatus)
        value = rest.pop("input", None)
        if not isinstance(value, dict):
            raise wrong(field, "input", "an object", value)
        made.input = value
        value = rest.pop("output", None)
        made.output = None if value is None else TrainingOutput.from_dict(value, (field, "output"))
        value = rest.pop("error", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "error", "a string", value)
        made.error = value
        value = rest.pop("logs", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "logs", "a string", value)
        made.logs = value
        value = rest.pop("metrics", None)
        made.metrics = None if value is None else TrainingMetrics.from_dict(value, (field, "metrics"))
        value = rest.pop("source", None)
        made.source = None if value is None else read_enum(field, "source", value, PredictionSource)
        made.created_at = read_time(field, "created_at", rest.pop("created_at", None))
        value = rest.pop("started_at", None)
        made.started_at = None if value is None else read_time(field, "started_at", value)
        value = rest.pop("completed_at", None)
        made.completed_at = None if value is None else read_time(field, "completed_at", value)
        value = rest.pop("webhook_completed", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "webhook_completed", "a string", value)
        made.webhook_completed = value
        made.urls = TrainingUrls.from_dict(rest.pop("urls", None), (field, "urls"))
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "version": self.version,
            "status": str(self.status),
            "input": self.input,
            "created_at": write_time("created_at", self.created_at),
            "urls": self.urls.to_dict(),
        }
        if self.model is not None:
            result["model"] = self.model
        if self.output is not None:
            result["output"] = self.output.to_dict()
        if self.error is not None:
            result["error"] = self.error
        if self.logs is not None:
            result["logs"] = self.logs
        if self.metrics is not None:
            result["metrics"] = self.metrics.to_dict()
        if self.source is not None:
            result["source"] = str(self.source)
        if self.started_at is not None:
            result["started_at"] = write_time("started_at", self.started_at)
        if self.completed_at is not None:
            result["completed_at"] = write_time("completed_at", self.completed_at)
        if self.webhook_completed is not None:
            result["webhook_completed"] = self.webhook_completed
        return result
