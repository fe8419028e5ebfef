"""The service in memory: how fast it is, how much memory it takes, and how fast it is when it is served.

There is nothing to compare it with: the figures are of the machine that it runs on.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

from .contestants import HERE, OURS, SERVED, Pythons, python_of
from .measures import MOCK_MEMORY, MOCK_RUN, MOCK_SERVED, Rounds
from .processes import FailedError, child, clean_environment, last_line, started
from .progress import Progress
from .results import Results
from .rounds import Length, measure_alone, turn_cost

MODELS = Path(__file__).with_name("served_models.py")
SERVE = ("-P", "-m", "replicate_typed.cli", "serve", "--port", "0", "--json", "--models")
KEPT = 100_000
RUNS_A_SECOND = 2000  # more or less
MEGABYTE = 1e6
PATIENCE = 30.0


def mock_cost(length: Length) -> float:
    """How many seconds that takes, more or less."""
    by_turns = sum(turn_cost(1, length, one) for one in (MOCK_RUN, MOCK_SERVED))
    return by_turns + length.runs_kept / RUNS_A_SECOND


async def measure_mock(results: Results, pythons: Pythons, length: Length, progress: Progress) -> None:
    """Add the three figures to the results."""
    with suppress(FailedError):  # which each figure tells
        async with child(python_of(pythons, HERE), "mock_worker") as worker:
            results.packages.setdefault(OURS, await worker.ask(do="versions"))
    for measure, fill in ((MOCK_RUN, _fill_runs), (MOCK_MEMORY, _fill_memory), (MOCK_SERVED, _fill_served)):
        rounds = Rounds(measure)
        try:
            await fill(rounds, pythons, length, progress)
        except FailedError as error:
            rounds = Rounds(measure, absent={OURS: str(error)})
        results.rounds.append(rounds)


async def _fill_runs(rounds: Rounds, pythons: Pythons, length: Length, progress: Progress) -> None:
    async with child(python_of(pythons, HERE), "mock_worker") as worker:
        rounds.values[OURS] = await measure_alone(worker, length, rounds.measure, progress)


async def _fill_memory(rounds: Rounds, pythons: Pythons, length: Length, progress: Progress) -> None:
    progress.begin(f"{rounds.measure.name}: {length.runs_kept} runs")
    async with child(python_of(pythons, HERE), "mock_worker") as worker:
        first, last = await worker.ask(do="memory", runs=length.runs_kept)
    each = (last - first) / length.runs_kept
    rounds.values[OURS] = [(first + each * KEPT) / MEGABYTE]
    rounds.remark = f"{first / MEGABYTE:.0f} MB with one run; {each:.0f} bytes for each, with the record of its request"
    if length.runs_kept != KEPT:
        rounds.remark += f", as {length.runs_kept:,} tell"
    progress.advance(length.runs_kept / RUNS_A_SECOND)


async def _fill_served(rounds: Rounds, pythons: Pythons, length: Length, progress: Progress) -> None:
    measure = rounds.measure
    turn, count = length.turn_of(measure), length.rounds_of(measure)
    progress.begin(f"{measure.name}: {count} rounds")
    async with _served(python_of(pythons, SERVED)) as (url, server), child(sys.executable, "load", url) as load:
        await load.ask(do="get", seconds=turn)  # does not count
        start, work, asking = time.perf_counter(), work_of(server), 0.0
        for _ in range(count):
            seconds, share = await load.ask(do="get", seconds=turn)
            rounds.values.setdefault(OURS, []).append(measure.value(seconds))
            asking += share / count
            progress.advance(turn)
        serving = (work_of(server) - work) / (time.perf_counter() - start)
    rounds.remark = f"who asks was at work for {asking:.0%} of the time"
    if serving:  # less than all of it: the machine had other work
        rounds.remark += f", the server for {serving:.0%}"


def work_of(process: int) -> float:
    """The seconds that a process has been at work; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/stat")
    if not status.exists():
        return 0.0
    fields = status.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def _served(python: Path) -> AsyncGenerator[tuple[str, int]]:
    """The address of a server, and its process. Its log goes into a file: who measures has no time to read it."""
    with tempfile.TemporaryFile("w+") as log, tempfile.TemporaryFile("w+", errors="replace") as errors:
        streams = {"stdin": asyncio.subprocess.DEVNULL, "stdout": log.fileno()}
        async with started([python, *SERVE, MODELS], clean_environment(), **streams, stderr=errors) as process:
            end = asyncio.get_running_loop().time() + PATIENCE
            while not (first := _first_line(log)):
                if process.returncode is not None or asyncio.get_running_loop().time() > end:
                    errors.seek(0)
                    raise FailedError(last_line(errors.read()))
                await asyncio.sleep(0.02)
            yield json.loads(first)["url"], process.pid


def _first_line(file: IO[str]) -> str:
    """The first line of what another program writes, once it is whole."""
    line, ends, _ = os.pread(file.fileno(), 4096, 0).decode().partition("\n")
    return line if ends else ""
