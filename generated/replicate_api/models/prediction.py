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
from .prediction_metrics import PredictionMetrics
from .prediction_source import PredictionSource
from .prediction_status import PredictionStatus
from .prediction_urls import PredictionUrls


@define(kw_only=True, repr=False)
class Prediction:
    """One run of a model. It has ended when `status` is `succeeded`, `failed`, `canceled` or
    `aborted`. A prediction whose answer was held back with `Prefer` can have its whole output while
    the status is still `processing`.
    """

    id: str
    """Identifies the prediction; its form is not promised."""
    model: str | None = None
    """The model that runs, as `owner/name`; for official models it can be an internal name."""
    version: str
    """Id of the version that runs: 64 hexadecimal digits; an id like `dp-…` or `d-…`, or the word
    `hidden`, for official models. The service can choose another version than the request named.
    """
    status: PredictionStatus
    """How far the prediction has come."""
    input: dict[str, Any]
    """What the model was given, under the names of its input schema."""
    output: Any = None
    """What the model made: any JSON, with links in place of files. Null or absent before there is any,
    after a failure, and once the data are removed.
    """
    error: str | None = None
    """Why the prediction failed. Some that succeeded have an empty text here."""
    logs: str | None = None
    """All that the model has printed so far; many models print their progress."""
    metrics: PredictionMetrics | None = None
    """How long it took and how much it used; empty or absent until the end."""
    data_removed: bool | None = None
    """Whether input, output and logs have been deleted; older predictions do not say."""
    source: PredictionSource | None = None
    """Where the prediction was made."""
    deployment: str | None = None
    """Name of the deployment it was made on, if any."""
    created_at: datetime
    """When it was created. Later answers can differ from the first by some milliseconds."""
    started_at: datetime | None = None
    """When the model began to work on it."""
    completed_at: datetime | None = None
    """When it ended, with all output files in place."""
    deadline: datetime | None = None
    """When it ends by itself; only if it was created with `Cancel-After`."""
    webhook: str | None = None
    """The webhook's address given at the creation; not in every answer."""
    webhook_completed: str | None = None
    """Left from an older form of webhooks; always null when recorded."""
    stream: bool | None = None
    """Repeats the deprecated request field `stream`, if that was sent."""
    urls: PredictionUrls
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
    def from_dict(cls, source: Mapping[str, Any], field: Where = "Prediction") -> Prediction:
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
        made.output = rest.pop("output", None)
        value = rest.pop("error", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "error", "a string", value)
        made.error = value
        value = rest.pop("logs", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "logs", "a string", value)
        made.logs = value
        value = rest.pop("metrics", None)
        made.metrics = None if value is None else PredictionMetrics.from_dict(value, (field, "metrics"))
        value = rest.pop("data_removed", None)
        if value is not None and not isinstance(value, bool):
            raise wrong(field, "data_removed", "true or false", value)
        made.data_removed = value
        value = rest.pop("source", None)
        made.source = None if value is None else read_enum(field, "source", value, PredictionSource)
        value = rest.pop("deployment", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "deployment", "a string", value)
        made.deployment = value
        made.created_at = read_time(field, "created_at", rest.pop("created_at", None))
        value = rest.pop("started_at", None)
        made.started_at = None if value is None else read_time(field, "started_at", value)
        value = rest.pop("completed_at", None)
        made.completed_at = None if value is None else read_time(field, "completed_at", value)
        value = rest.pop("deadline", None)
        made.deadline = None if value is None else read_time(field, "deadline", value)
        value = rest.pop("webhook", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "webhook", "a string", value)
        made.webhook = value
        value = rest.pop("webhook_completed", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "webhook_completed", "a string", value)
        made.webhook_completed = value
        value = rest.pop("stream", None)
        if value is not None and not isinstance(value, bool):
            raise wrong(field, "stream", "true or false", value)
        made.stream = value
        made.urls = PredictionUrls.from_dict(rest.pop("urls", None), (field, "urls"))
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
            result["output"] = self.output
        if self.error is not None:
            result["error"] = self.error
        if self.logs is not None:
            result["logs"] = self.logs
        if self.metrics is not None:
            result["metrics"] = self.metrics.to_dict()
        if self.data_removed is not None:
            result["data_removed"] = self.data_removed
        if self.source is not None:
            result["source"] = str(self.source)
        if self.deployment is not None:
            result["deployment"] = self.deployment
        if self.started_at is not None:
            result["started_at"] = write_time("started_at", self.started_at)
        if self.completed_at is not None:
            result["completed_at"] = write_time("completed_at", self.completed_at)
        if self.deadline is not None:
            result["deadline"] = write_time("deadline", self.deadline)
        if self.webhook is not None:
            result["webhook"] = self.webhook
        if self.webhook_completed is not None:
            result["webhook_completed"] = self.webhook_completed
        if self.stream is not None:
            result["stream"] = self.stream
        return result
