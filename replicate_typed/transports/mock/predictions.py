"""Predictions of the mock service, as its two serializers write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define

from replicate_typed.transports.mock.addresses import stream_address
from replicate_typed.transports.mock.exchanges import Pause
from replicate_typed.transports.mock.lifecycle import MockRun, Snapshot
from replicate_typed.transports.mock.times import NEVER, database_time, edge_time, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from replicate_typed.transports.mock.models import MockVersion


@define(eq=False, kw_only=True)
class MockPrediction(MockRun):
    """One run of a version of a model."""

    source: ClassVar[str] = "api"

    version: MockVersion
    deployment: str | None = None

    def edge_json(self, now: int) -> dict[str, object]:
        """What creates and reads answer: what is not known yet is absent."""
        seen = self.at(now)
        if seen.is_removed:
            return self.database_json(now)
        body: dict[str, object] = {"id": self.id, "model": self.version.model, "version": self.version.id}
        body |= {"input": self.input, "logs": seen.logs}
        if seen.has_ended or seen.output is not None:
            body["output"] = seen.output
        body |= {"data_removed": False, "error": seen.error, "status": seen.status}
        body["created_at"] = edge_time(self.created)
        if seen.started is not None:
            body["started_at"] = edge_time(seen.started)
        if seen.completed is not None:
            body["completed_at"] = edge_time(seen.completed)
            body["metrics"] = metrics(self, seen)
        if self.deadline is not None:
            body["deadline"] = edge_time(self.deadline)
        if self.deployment is not None:
            body["deployment"] = self.deployment
        return body | {"urls": self._urls()}

    def database_json(self, now: int) -> dict[str, object]:
        """What lists, cancels and webhooks show: what is not known yet is null."""
        seen = self.at(now)
        body: dict[str, object] = {
            "completed_at": seen.completed and database_time(seen.completed),
            "created_at": database_time(self.created),
            "data_removed": seen.is_removed,
            "error": seen.error,
            "id": self.id,
            "input": {} if seen.is_removed else self.input,
            "logs": seen.logs or None,
            "metrics": metrics(self, seen),
            "output": seen.output,
            "source": self.source,
            "started_at": seen.started and database_time(seen.started),
            "status": seen.status,
            "urls": self._urls(),
            "model": self.version.model,
            "version": self.version.id,
            "webhook_completed": None,
        }
        if self.deadline is not None:
            body["deadline"] = database_time(self.deadline)
        if self.deployment is not None:
            body["deployment"] = self.deployment
        return body

    def held_json(self, now: int) -> dict[str, object]:
        """What a create answers that was held back: with its output, the rest is still to come; else as it began."""
        seen = self.at(now)
        if seen.status == "succeeded":
            later = {"started_at", "completed_at", "metrics"}
            body = {name: value for name, value in self.edge_json(now).items() if name not in later}
            return body | {"logs": "", "status": "processing"}
        return self.edge_json(now if seen.has_ended else self.created)

    @property
    def stream_url(self) -> str:
        """Where it can be streamed, if it gives its output bit by bit."""
        return stream_address(self.root, self.id, gives_files=self.version.gives_files)

    def _urls(self) -> dict[str, str]:
        address = f"{self.root}/predictions/{self.id}"
        urls = {"cancel": f"{address}/cancel", "get": address}
        if self.work.is_iterator:
            urls["stream"] = self.stream_url
        return urls | {"web": f"https://replicate.com/p/{self.id}"}


@define(eq=False, kw_only=True)
class MockExample(MockPrediction):
    """One that the author of the model has made on the website, to show what it does; those are kept."""

    kept: ClassVar[int] = NEVER
    source: ClassVar[str] = "web"


def metrics(run: MockRun, seen: Snapshot) -> dict[str, Any]:
    """How long it took, once it has ended."""
    if seen.completed is None or seen.started is None:
        return {}
    return {
        "predict_time": seconds(seen.completed - seen.started),
        "total_time": seconds(seen.completed - run.created),
    }


def until_ended(run: MockRun, until: int, now: Callable[[], int]) -> Generator[Pause]:
    """Pauses until the run has ended, or that instant has come."""
    while True:
        heard = run.changed.rings  # before the look, so that no change is missed
        at, end = now(), min(run.ends, until)
        if at >= end:
            return
        yield Pause(seconds(end - at), run.changed, heard)
