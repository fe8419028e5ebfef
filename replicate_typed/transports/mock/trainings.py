"""Trainings of the mock service: runs of a version's trainer, from which a new version comes."""

from __future__ import annotations

from typing import ClassVar

from attrs import define

from replicate_typed.transports.mock.lifecycle import MockRun
from replicate_typed.transports.mock.models import MockVersion
from replicate_typed.transports.mock.pools import Pool
from replicate_typed.transports.mock.predictions import metrics
from replicate_typed.transports.mock.times import NEVER, database_time, edge_time


@define(eq=False, kw_only=True)
class MockTraining(MockRun):
    """One training of a version, whose result becomes a version of the destination."""

    kept: ClassVar[int] = NEVER  # its answers have no `data_removed`

    version: MockVersion
    destination: str
    new_version: str
    """The id that the new version will have."""

    def edge_json(self, _now: int) -> dict[str, object]:
        """What its creation answers, with the addresses of a prediction, as recorded."""
        return {
            "id": self.id,
            "model": self.version.model,
            "version": self.version.id,
            "input": self.input,
            "logs": "",
            "error": None,
            "status": "starting",
            "created_at": edge_time(self.created),
            "urls": self.urls("predictions"),
        }

    def database_json(self, now: int, kind: str = "trainings") -> dict[str, object]:
        """What everything else shows: what is not known yet is null."""
        seen = self.at(now)
        output = None
        if seen.status == "succeeded":
            output = {"version": f"{self.destination}:{self.new_version}"}
            if seen.output is not None:
                output["weights"] = seen.output
        return {
            "completed_at": seen.completed and database_time(seen.completed),
            "created_at": database_time(self.created),
            "error": seen.error,
            "id": self.id,
            "input": self.input,
            "logs": seen.logs or None,
            "metrics": metrics(self, seen),
            "model": self.version.model,
            "output": output,
            "source": "api",
            "started_at": seen.started and database_time(seen.started),
            "status": seen.status,
            "urls": self.urls(kind),
            "version": self.version.id,
            "webhook_completed": None,
        }

    def made_version(self, sequence: int) -> MockVersion:
        """The version that it has made: it runs as the one that was trained."""
        base = self.version
        return MockVersion(
            id=self.new_version,
            model=self.destination,
            function=base.function,
            signature=base.signature,
            starting=base.starting,
            processing=base.processing,
            created=self.ends,
            sequence=sequence,
            files=base.files,
            pool=Pool(base.pool.most, base.pool.boot),
        )

    def urls(self, kind: str) -> dict[str, str]:
        """Its addresses; creates and cancels give those of a prediction, reads its own, as recorded."""
        address = f"{self.root}/{kind}/{self.id}"
        return {"cancel": f"{address}/cancel", "get": address}
