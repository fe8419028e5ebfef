"""How late a run returns, by a real clock, and how much it asks of the service.

The runs of all clients go side by side, as they mostly sleep. Each run is a little longer than the one before, so that
ending just before or just after somebody looks is not the rule.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from .contestants import AGAIN, OURS, Entrant, Field
from .processes import FailedError
from .progress import Progress

HELD = f"{OURS}, hold=60"
SPREAD = 0.2  # of a run's length is between the shortest and the longest …
LARGEST_SPREAD = 3.0  # … but not more seconds than the longest pause between two looks
STAGGER = 0.03
PATIENCE = 2.2  # times all the runs one after another; then nobody is waited for any more
TICK = 0.5


@dataclass(frozen=True)
class Kind:
    """Runs of about one length: so many after one another, and this so many times side by side."""

    seconds: float
    repeats: int
    lanes: int = 1

    @property
    def lengths(self) -> list[float]:
        """The seconds of each, evenly spread."""
        count = self.repeats * self.lanes
        width = min(self.seconds * SPREAD, LARGEST_SPREAD)
        return [self.seconds + width * ((number + 0.5) / count - 0.5) for number in range(count)]


@dataclass
class Late:
    """The runs of one length by one client."""

    seconds: list[float] = field(default_factory=list[float])
    """From the end of the first prediction that a run created, to its return."""
    requests: list[int] = field(default_factory=list[int])
    created: list[int] = field(default_factory=list[int])
    """Predictions, each of which is paid for."""
    errors: list[str] = field(default_factory=list[str])

    @property
    def count(self) -> int:
        return len(self.seconds) + len(self.errors)

    @property
    def median(self) -> float | None:
        return median(self.seconds) if self.seconds else None

    @property
    def most(self) -> float | None:
        return max(self.seconds, default=None)


@dataclass
class Runs:
    """By length, and then by client; and why one has none."""

    late: dict[float, dict[str, Late]]
    absent: dict[str, str]


@dataclass(frozen=True)
class Way:
    """How a client runs a model."""

    name: str
    hold: bool
    number: int

    def run_name(self, kind: Kind, place: int) -> str:
        return f"way-{self.number}-{kind.seconds:g}-{place}"

    def lanes(self, kinds: Sequence[Kind]) -> Iterator[dict[str, Any]]:
        """What a worker is asked, for each thread of it."""
        for kind in kinds:
            runs = [
                {"name": self.run_name(kind, place), "seconds": length} for place, length in enumerate(kind.lengths)
            ]
            for lane in range(kind.lanes):
                pause = STAGGER * (self.number + 0.3 * lane)  # not all in the same instant
                yield {"hold": self.hold, "pause": pause, "runs": runs[lane :: kind.lanes]}

    def late(self, kind: Kind, returned: Mapping[str, Any], asked: Mapping[str, Any]) -> Late:
        """What came of the runs of one length."""
        late = Late()
        for place in range(len(kind.lengths)):
            name = self.run_name(kind, place)
            if name not in returned:
                late.errors.append("did not return in time")
                continue
            if returned[name]["error"]:
                late.errors.append(returned[name]["error"])
            else:
                late.seconds.append(returned[name]["returned"] - asked[name]["ends"][0])
            if name in asked:
                late.requests.append(asked[name]["requests"])
                late.created.append(len(asked[name]["ends"]))
        return late


def ways_of(entrants: Sequence[Entrant]) -> list[list[Way]]:
    """Each client's own, with the name that is shown; ours may have the answer held, as others do by default."""
    ways: list[list[Way]] = []
    for number, entrant in enumerate(entrants):
        ways.append([Way(entrant.name, False, number)])
        if entrant.name == OURS:
            ways[-1].append(Way(HELD, True, len(entrants)))
    return ways


def cost(kinds: Sequence[Kind]) -> float:
    """How many seconds the runs take, more or less."""
    return max(kind.repeats * kind.seconds * 1.1 for kind in kinds)


async def measure_runs(field: Field, kinds: Sequence[Kind], progress: Progress) -> Runs:
    progress.begin(f"run: models that take {', '.join(f'{kind.seconds:g}' for kind in kinds)} s")
    entrants = [entrant for entrant in field.entrants if entrant.name != AGAIN]
    ways = ways_of(entrants)
    patience = max(kind.repeats * kind.seconds for kind in kinds) * PATIENCE + 5
    runs = Runs({kind.seconds: {} for kind in kinds}, dict(field.absent))

    async def go(entrant: Entrant, ways: Sequence[Way]) -> dict[str, Any]:
        lanes = [lane for way in ways for lane in way.lanes(kinds)]
        try:
            done = await entrant.worker.ask(do="run", lanes=lanes, patience=patience)
        except FailedError as error:
            runs.absent |= dict.fromkeys((way.name for way in ways), str(error))
            return {}
        return {run["name"]: run for run in done}

    ticking = asyncio.create_task(_tick(progress))
    try:
        returned = await asyncio.gather(*map(go, entrants, ways))
    finally:
        ticking.cancel()
    asked = await field.asked()
    for own, done in zip(ways, returned, strict=True):
        for way in own:
            if way.name not in runs.absent:
                for kind in kinds:
                    runs.late[kind.seconds][way.name] = way.late(kind, done, asked)
    return runs


async def _tick(progress: Progress) -> None:
    while True:
        await asyncio.sleep(TICK)
        progress.advance(TICK)
