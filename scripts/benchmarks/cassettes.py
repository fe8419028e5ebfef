"""Cassettes, as our transport and as vcrpy load and replay them: the same files, which vcrpy has written."""

from __future__ import annotations

import tempfile
from contextlib import AsyncExitStack

from .contestants import PLAYERS, VCRPY, Entrants, Pythons, enter
from .measures import CASSETTES, Rounds
from .processes import FailedError
from .progress import Progress
from .results import Results
from .rounds import Length, measure_by_workers, turn_cost


def cassettes_cost(length: Length) -> float:
    """How many seconds that takes, more or less."""
    return sum(turn_cost(len(PLAYERS), length, one) for one in CASSETTES)


async def measure_cassettes(results: Results, pythons: Pythons, length: Length, progress: Progress) -> None:
    """Add the figures to the results; why there are none, if vcrpy does not work."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        ready = await enter(stack, PLAYERS, pythons, "player", folder)
        try:
            await write(ready)
            for one in CASSETTES:
                results.rounds += await measure_by_workers(ready, length, one, progress)
        except FailedError as error:
            absent = {**ready.absent, VCRPY: str(error)}
            measured = {rounds.measure.name for rounds in results.rounds}
            results.rounds += [Rounds(one, absent=absent) for one in CASSETTES if one.name not in measured]
        results.packages |= {f"{entrant.name} at cassettes": entrant.versions for entrant in ready.entrants}


async def write(ready: Entrants) -> None:
    """Have vcrpy write the cassettes."""
    for entrant in ready.entrants:
        if entrant.name == VCRPY:
            await entrant.worker.ask(do="write")
            return
    raise FailedError(ready.absent[VCRPY])
