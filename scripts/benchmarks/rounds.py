"""Measuring in rounds, in which every client has its turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from .contestants import AGAIN, BASELINE, Entrant, Entrants, Field
from .measures import STARTS, Measure, Rounds
from .processes import Child, FailedError, clean_environment, run
from .progress import Progress

Take = Callable[[Entrant], Awaitable[Sequence[float]]]
SECONDS_TO_START = 0.4  # of a client, more or less
FEWEST = 5


@dataclass(frozen=True)
class Length:
    """How long to measure."""

    starts: int
    """Rounds in which each client is started once."""
    rounds: int
    """Rounds of any other measure."""
    turn: float
    """The seconds of a client's turn in one of these."""
    runs_kept: int
    """How many runs a MockTransport is given whose memory is measured."""

    def rounds_of(self, measure: Measure) -> int:
        return min(self.rounds, max(FEWEST, self.rounds * 2 // (1 + measure.stretch)))

    def turn_of(self, measure: Measure) -> float:
        return self.turn * measure.stretch


def turns(entrants: Sequence[Entrant], rounds: int) -> Iterator[Sequence[Entrant]]:
    """The order of each round: nobody is always first, or always comes after the same one."""
    for number in range(rounds):
        start = number // 2 % len(entrants)
        order = [*entrants[start:], *entrants[:start]]
        yield order if number % 2 == 0 else order[::-1]


async def measured(
    field: Entrants, rounds: int, measures: Sequence[Measure], take: Take, advance: Callable[[], None]
) -> list[Rounds]:
    """What `take` gives for each measure, again and again, after a first round that does not count."""
    results = [Rounds(measure, absent=dict(field.absent)) for measure in measures]
    failed: dict[str, str] = {}
    for number, order in enumerate(turns(field.entrants, rounds + 1)):
        for entrant in order:
            advance()
            if entrant.name in failed:
                continue
            try:
                values = await take(entrant)
            except FailedError as error:
                if entrant.name == measures[0].rival:
                    raise
                failed[entrant.name] = str(error)
                continue
            for result, value in zip(results, values, strict=True):
                if number > 0:
                    result.values.setdefault(entrant.name, []).append(value)
    for result in results:
        result.absent |= failed
        result.values = {name: values for name, values in result.values.items() if name not in failed}
    return results


def start_cost(field: Field, length: Length) -> float:
    """How many seconds that takes, more or less."""
    return (length.starts + 1) * len(field.entrants) * SECONDS_TO_START


async def measure_starts(field: Field, length: Length, progress: Progress) -> list[Rounds]:
    """Fresh processes that import a client, make one, and get an answer."""

    async def take(entrant: Entrant) -> Sequence[float]:
        imported, made, answered = await _start(entrant, field.url)
        if entrant.name in {BASELINE, AGAIN}:
            made = imported  # what ours is compared with is httpx's import alone
        return imported, made, answered

    progress.begin(f"import: {length.starts} rounds")
    return await measured(field, length.starts, STARTS, take, lambda: progress.advance(SECONDS_TO_START))


async def _start(entrant: Entrant, url: str) -> list[float]:
    """Milliseconds to the ends of the three statements of a client, in a new process."""
    lines = ["from time import perf_counter_ns as now", "times = [now()]"]
    for statement in entrant.contestant.start:
        lines += [statement.format(url=url), "times.append(now())"]
    lines.append("print(*((time - times[0]) / 1e6 for time in times[1:]))")
    output = await run([entrant.python, "-I", "-c", "\n".join(lines)], clean_environment())
    return [float(word) for word in output.split()]


def turn_cost(entrants: int, length: Length, measure: Measure) -> float:
    """How many seconds one measure by workers takes, more or less."""
    return (length.rounds_of(measure) + 1) * entrants * length.turn_of(measure)


async def measure_by_workers(field: Entrants, length: Length, measure: Measure, progress: Progress) -> list[Rounds]:
    """What workers tell, each of which lives for all rounds, as its connections do."""
    rounds, turn = length.rounds_of(measure), length.turn_of(measure)

    async def take(entrant: Entrant) -> Sequence[float]:
        return [measure.value(await entrant.worker.ask(**measure.request, seconds=turn))]

    progress.begin(f"{measure.name}: {rounds} rounds")
    return await measured(field, rounds, [measure], take, lambda: progress.advance(turn))


async def measure_alone(worker: Child, length: Length, measure: Measure, progress: Progress) -> list[float]:
    """What one worker tells in all rounds, which has nobody to be compared with."""
    rounds, turn = length.rounds_of(measure), length.turn_of(measure)
    progress.begin(f"{measure.name}: {rounds} rounds")
    await worker.ask(**measure.request, seconds=turn)  # does not count
    values: list[float] = []
    for _ in range(rounds):
        values.append(measure.value(await worker.ask(**measure.request, seconds=turn)))
        progress.advance(turn)
    return values
