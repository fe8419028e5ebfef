# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_enum,
    read_object,
    read_time,
    wrong,
)
from ..writing import write_time
from .prediction_source import PredictionSource
from .prediction_status import PredictionStatus
from .training_metrics import TrainingMetrics
from .training_output import TrainingOutput
from .training_urls import TrainingUrls


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "Training") -> Training:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _id = pop("id", None)
        if not isinstance(_id, str):
            raise wrong(field, "id", "a string", _id)
        _model = pop("model", None)
        if _model is not None and not isinstance(_model, str):
            raise wrong(field, "model", "a string", _model)
        _version = pop("version", None)
        if not isinstance(_version, str):
            raise wrong(field, "version", "a string", _version)
        _status = read_enum(field, "status", pop("status", None), PredictionStatus)
        _input = read_object(field, "input", pop("input", None))
        _output = pop("output", None)
        if _output is not None:
            _output = TrainingOutput.from_dict(_output, f"{field}.output")
        _error = pop("error", None)
        if _error is not None and not isinstance(_error, str):
            raise wrong(field, "error", "a string", _error)
        _logs = pop("logs", None)
        if _logs is not None and not isinstance(_logs, str):
            raise wrong(field, "logs", "a string", _logs)
        _metrics = pop("metrics", None)
        if _metrics is not None:
            _metrics = TrainingMetrics.from_dict(_metrics, f"{field}.metrics")
        _source = pop("source", None)
        if _source is not None:
            _source = read_enum(field, "source", _source, PredictionSource)
        _created_at = read_time(field, "created_at", pop("created_at", None))
        _started_at = pop("started_at", None)
        if _started_at is not None:
            _started_at = read_time(field, "started_at", _started_at)
        _completed_at = pop("completed_at", None)
        if _completed_at is not None:
            _completed_at = read_time(field, "completed_at", _completed_at)
        _webhook_completed = pop("webhook_completed", None)
        if _webhook_completed is not None and not isinstance(_webhook_completed, str):
            raise wrong(field, "webhook_completed", "a string", _webhook_completed)
        _urls = TrainingUrls.from_dict(pop("urls", None), f"{field}.urls")
        return cls(
            id=_id,
            model=_model,
            version=_version,
            status=_status,
            input=_input,
            output=_output,
            error=_error,
            logs=_logs,
            metrics=_metrics,
            source=_source,
            created_at=_created_at,
            started_at=_started_at,
            completed_at=_completed_at,
            webhook_completed=_webhook_completed,
            urls=_urls,
            additional_properties=rest,
        )

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
