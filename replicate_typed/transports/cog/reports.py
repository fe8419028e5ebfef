"""What a Cog server says of a prediction and of itself; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import httpx

FINAL = frozenset({"succeeded", "failed", "canceled"})
BUSY = frozenset({409, 503})  # every slot is taken; the setup has not ended
COMING = frozenset({"STARTING", "BUSY"})
PREFIX = "Prediction failed: "  # coglet puts it before the model's error, even twice


@dataclass(frozen=True, slots=True)
class Report:
    """How a prediction stands, in the server's answer to its creation or in a webhook."""

    status: str
    output: Any = None
    error: str | None = None
    logs: str = ""
    metrics: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def is_final(self) -> bool:
        return self.status in FINAL


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a server can run predictions: READY, BUSY, STARTING, SETUP_FAILED, DEFUNCT, UNHEALTHY."""

    status: str
    logs: str = ""
    """What the model's setup printed."""
    trouble: str | None = None
    """What the model's own health check said."""
    started_at: str | None = None
    """When the setup began."""

    @property
    def is_ready(self) -> bool:
        return self.status == "READY"

    @property
    def is_hopeless(self) -> bool:
        """Whether waiting will not help."""
        return not self.is_ready and self.status not in COMING


def report_of(body: bytes) -> Report | None:
    """The report in a body; None when it is something else."""
    fields = object_in(body)
    status = fields.get("status")
    if not isinstance(status, str):
        return None
    error = fields.get("error")
    return Report(
        status,
        output=fields.get("output"),
        error=None if error is None else bare_error(str(error)),
        logs=str(fields.get("logs") or ""),
        metrics=_object(fields.get("metrics")),
    )


def final_report(response: httpx.Response) -> Report:
    """How the prediction ended that a server answers with, once it has ended."""
    report = report_of(response.content)
    if response.is_success and report is not None and report.is_final:
        return report
    said = " ".join(response.text.split())[:500]
    return Report("failed", error=f"the Cog server answered {response.status_code}: {said}")


def problem_of(response: httpx.Response) -> dict[str, Any]:
    """The problem that Replicate would describe, when a server refuses an input with 422."""
    rows: list[object] = object_in(response.content).get("detail") or []
    fields = [_invalid_field(_object(row)) for row in rows]
    return {
        "title": "Input validation failed",
        "detail": "".join(f"- {row['field']}: {row['description']}\n" for row in fields) or response.text,
        "status": 422,
        "invalid_fields": fields,
    }


def health_of(response: httpx.Response) -> Health | None:
    """The health of a server; None when the answer is not that of a Cog server."""
    fields = object_in(response.content)
    status = fields.get("status")
    if not response.is_success or not isinstance(status, str):
        return None
    setup = _object(fields.get("setup"))
    return Health(
        status,
        logs=str(setup.get("logs") or ""),
        trouble=fields.get("user_healthcheck_error"),
        started_at=setup.get("started_at"),
    )


def hopeless_report(health: Health) -> Report:
    """How a prediction ends on a server that cannot run any."""
    trouble = f": {health.trouble}" if health.trouble else ""
    return Report("failed", error=f"the Cog server cannot run it, it is {health.status}{trouble}", logs=health.logs)


def bare_error(error: str) -> str:
    """The model's own words."""
    while error.startswith(PREFIX):
        error = error.removeprefix(PREFIX)
    return error


def object_in(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; empty when there is something else."""
    try:
        return _object(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _invalid_field(row: Mapping[str, Any]) -> dict[str, Any]:
    parts: list[object] = row.get("loc") or []
    location = [str(part) for part in parts]
    return {
        "type": str(row.get("type", "")),
        "field": ".".join(location[1:] if location[:1] == ["body"] else location),
        "description": str(row.get("msg", "")),
    }


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
