"""A prediction on a Cog server, which does not keep any: what is known of it is kept here."""

from __future__ import annotations

import base64
import secrets
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from replicate_typed.transports.cog.reports import Report


KEPT = timedelta(hours=1)


class CogPrediction:
    """One run, heard of from several threads."""

    def __init__(self, *, model: str | None, version: str, input: Any) -> None:
        # Of 26 letters and digits, as Replicate's ids are.
        self.id: str = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
        self.settled: threading.Event = threading.Event()
        """Set once there is nothing more to come from the server."""
        self.problem: dict[str, Any] | None = None
        """Why the server refused it, if it did."""
        self.completed_at: datetime | None = None
        self._fixed = {"id": self.id, "model": model, "version": version, "input": input}
        self._status = "starting"
        self._output: Any = None
        self._error: str | None = None
        self._logs = ""
        self._metrics: dict[str, Any] = {}
        self._created_at = datetime.now(UTC)
        self._started_at: datetime | None = None
        self._lock = threading.Lock()

    @property
    def has_begun(self) -> bool:
        return self._started_at is not None

    @property
    def has_ended(self) -> bool:
        return self.completed_at is not None

    def begin(self) -> bool:
        """Be given to the server; false if it was canceled before."""
        with self._lock:
            if self.has_ended:
                return False
            self._status, self._started_at = "processing", datetime.now(UTC)
            return True

    def go_back(self) -> None:
        """The server had no room for it after all."""
        with self._lock:
            self._started_at = None
            if self.has_ended:
                self.settled.set()
            else:
                self._status = "starting"

    def refuse(self, problem: dict[str, Any]) -> None:
        """The server will not run it; who looks at it sees that it has failed."""
        with self._lock:
            self.problem = problem
            self._end("failed", problem["detail"])
            self.settled.set()

    def cancel(self) -> None:
        """End it, unless it has ended."""
        with self._lock:
            self._end("canceled")
            if not self.has_begun:
                self.settled.set()

    def hear(self, report: Report) -> None:
        """The server tells how it stands."""
        with self._lock:
            if len(report.logs) > len(self._logs):
                self._logs = report.logs  # of one that was canceled, too
            if not self.has_ended and (report.is_final or _is_shown(report.output)):
                self._output = report.output
            if report.is_final:
                self._metrics = {**report.metrics, **self._metrics}
                self._end(report.status, report.error)
                self.settled.set()

    def as_json(self, root: str) -> dict[str, Any]:
        """What is known of it, as Replicate's API writes it, whose address is `root`."""
        with self._lock:
            times = {
                "created_at": self._created_at,
                "started_at": self._started_at,
                "completed_at": self.completed_at,
            }
            return {
                **self._fixed,
                "status": self._status,
                "output": self._output,
                "error": self._error,
                "logs": self._logs,
                "metrics": self._metrics,
                "data_removed": False,
                "source": "api",
                **{name: timestamp(time) for name, time in times.items() if time is not None},
                "urls": {
                    "get": f"{root}/predictions/{self.id}",
                    "cancel": f"{root}/predictions/{self.id}/cancel",
                },
            }

    def _end(self, status: str, error: str | None = None) -> None:
        if self.has_ended:
            return
        self.completed_at = datetime.now(UTC)
        self._status, self._error = status, error
        total = (self.completed_at - self._created_at).total_seconds()
        self._metrics = {**self._metrics, "total_time": total}


class CogPredictions:
    """Those made so far; each is forgotten an hour after its end, when Replicate too deletes what it holds."""

    def __init__(self) -> None:
        self._by_id: dict[str, CogPrediction] = {}
        self._lock = threading.Lock()
        self.count: int = 0
        """How many were ever made."""

    def add(self, prediction: CogPrediction) -> None:
        with self._lock:
            self.count += 1
            long_ago = datetime.now(UTC) - KEPT
            for old in [old for old in self._by_id.values() if old.completed_at and old.completed_at < long_ago]:
                del self._by_id[old.id]
            self._by_id[prediction.id] = prediction

    def get(self, id: str) -> CogPrediction | None:
        with self._lock:
            return self._by_id.get(id)

    def forget(self, prediction: CogPrediction) -> None:
        with self._lock:
            self.count -= 1
            del self._by_id[prediction.id]


def _is_shown(output: Any) -> bool:
    """Whether the output of a prediction that goes on is what it will be: then, one value is a list of one, too."""
    return isinstance(output, list) and len(cast("list[object]", output)) > 1


def timestamp(time: datetime) -> str:
    """RFC 3339 with `Z`."""
    return time.isoformat().replace("+00:00", "Z")
