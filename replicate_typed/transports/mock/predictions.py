"""A prediction of the mock service: what is seen of it depends on the time alone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from attrs import define, field

from replicate_typed.transports.mock.runs import Outcome, run, visible_logs
from replicate_typed.transports.mock.times import seconds, timestamp

if TYPE_CHECKING:
    from replicate_typed.transports.mock.models import MockVersion


@define(eq=False)
class MockPrediction:
    """One run. Nothing happens in the background: its state is worked out when somebody looks."""

    id: str
    version: MockVersion
    input: dict[str, Any]
    created: int
    sequence: int
    deployment: str | None = None
    _canceled: int | None = field(default=None, init=False)
    _outcome: Outcome | None = field(default=None, init=False)
    _running: bool = field(default=False, init=False)
    _lock: threading.RLock = field(factory=threading.RLock, init=False, repr=False)

    def cancel(self, now: int) -> None:
        """End it at this instant; a prediction that has ended stays as it is."""
        with self._lock:
            if self._canceled is None and now < self._ends:
                self._look(now)  # what it logged so far stays
                self._canceled = now

    def as_json(self, now: int, root: str) -> dict[str, object]:
        """What is seen of it now, as the service's edge serializer writes: the not yet known is absent."""
        with self._lock:
            return self._as_json(now, root, self._look(now))

    def _as_json(self, now: int, root: str, outcome: Outcome | None) -> dict[str, object]:
        body: dict[str, object] = {"id": self.id, "model": self.version.model, "version": self.version.id}
        body |= {"input": self.input, "logs": self._logs(outcome, now)}
        status = self._status(outcome, now)
        if status not in ("starting", "processing"):
            body["output"] = outcome.output if outcome and status == "succeeded" else None
        body |= {"data_removed": False, "error": outcome.error if outcome and status == "failed" else None}
        body |= {"status": status, "created_at": timestamp(self.created)}
        body |= self._times(now)
        if self.deployment:
            body["deployment"] = self.deployment
        urls = {"cancel": f"{root}/predictions/{self.id}/cancel", "get": f"{root}/predictions/{self.id}"}
        return body | {"urls": urls | {"web": f"https://replicate.com/p/{self.id}"}}

    @property
    def _starts(self) -> int:
        return self.created + self.version.starting

    @property
    def _ends(self) -> int:
        return self._starts + self.version.processing

    def _look(self, now: int) -> Outcome | None:
        """What its function gave, run at the first look from the start of processing on."""
        due = now >= self._starts and self._canceled is None
        if due and self._outcome is None and not self._running:  # running: its function looks at it itself
            self._running = True
            try:
                self._outcome = run(self.version.function, self.input)
            finally:
                self._running = False
        return self._outcome

    def _status(self, outcome: Outcome | None, now: int) -> str:
        if self._canceled is not None:
            return "canceled"
        if now < self._starts:
            return "starting"
        if now < self._ends or outcome is None:
            return "processing"
        return "succeeded" if outcome.error is None else "failed"

    def _logs(self, outcome: Outcome | None, now: int) -> str:
        if outcome is None:
            return ""
        seen = now if self._canceled is None else self._canceled
        return visible_logs(outcome, seen - self._starts, self.version.processing)

    def _times(self, now: int) -> dict[str, object]:
        completed = self._ends if self._canceled is None else self._canceled
        if now < min(self._starts, completed):
            return {}
        # Canceled before it started: the service recorded a start 3 microseconds before the end.
        started = min(self._starts, max(completed - 3, self.created))
        if now < completed or self._running:
            return {"started_at": timestamp(started)}
        metrics = {
            "predict_time": seconds(completed - started),
            "total_time": seconds(completed - self.created),
        }
        return {
            "started_at": timestamp(started),
            "completed_at": timestamp(completed),
            "metrics": metrics,
        }
