"""Typed models: how long it takes to write their modules, to import one, and to check an input."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from .contestants import HERE, OURS, SERVED, Pythons, python_of
from .measures import TYPED_CHECK, TYPED_IMPORT, TYPED_IMPORT_BARE, TYPES_ADD, Rounds
from .processes import FailedError, child, clean_environment, run
from .progress import Progress
from .results import Results
from .rounds import Length, measure_alone, turn_cost

SERVICE = Path(__file__).with_name("typed_service.py")
ADD = ("-P", "-m", "replicate_typed.cli", "types", "add")
MODELS = [f"acme/{kind}-{number}" for number in range(5) for kind in ("picture", "quick", "words", "voice", "caption")]
MODULE = "picture_0"
MOST_ADDED = 5  # times, as each takes long
SECONDS_TO_ADD, SECONDS_TO_START = 0.8, 0.3  # more or less
BARE = "import replicate_typed"
WITH_CLIENT = "from replicate_typed import Client; client = Client(token='r8_not_a_real_one')"


def typed_cost(length: Length) -> float:
    """How many seconds that takes, more or less."""
    adds, starts = (times_added(length) + 1) * SECONDS_TO_ADD, (length.starts + 1) * 3 * SECONDS_TO_START
    return adds + starts + turn_cost(1, length, TYPED_CHECK)


def times_added(length: Length) -> int:
    return min(length.starts, MOST_ADDED)


async def measure_typed(results: Results, pythons: Pythons, length: Length, progress: Progress) -> None:
    """Add the figures to the results, or why there are none."""
    wanted = [TYPES_ADD, TYPED_IMPORT, TYPED_IMPORT_BARE, TYPED_CHECK]
    with tempfile.TemporaryDirectory() as folder:
        try:
            results.rounds += [await added(python_of(pythons, SERVED), folder, length, progress)]
            results.rounds += await imported(python_of(pythons, HERE), folder, length, progress)
            results.rounds += [await checked(results, python_of(pythons, HERE), folder, length, progress)]
        except FailedError as error:
            measured = {rounds.measure.name for rounds in results.rounds}
            results.rounds += [Rounds(one, absent={OURS: str(error)}) for one in wanted if one.name not in measured]


async def added(python: Path, folder: str, length: Length, progress: Progress) -> Rounds:
    """The command, as often as that; the first time does not count."""
    progress.begin(f"{TYPES_ADD.name}: {times_added(length)} rounds")
    environment = clean_environment() | {"REPLICATE_TRANSPORT": f"mock:{SERVICE}"}
    values: list[float] = []
    models = Path(folder) / "models"
    for _ in range(times_added(length) + 1):
        shutil.rmtree(models, ignore_errors=True)
        start = time.perf_counter()
        await run([python, *ADD, *MODELS, "-o", models], environment)
        values.append(TYPES_ADD.value(time.perf_counter() - start))
        progress.advance(SECONDS_TO_ADD)
    return Rounds(TYPES_ADD, {OURS: values[1:]})


async def imported(python: Path, folder: str, length: Length, progress: Progress) -> list[Rounds]:
    """Fresh processes that import the module, with a client and without; what attrs alone takes is a remark."""
    progress.begin(f"{TYPED_IMPORT.name}: {length.starts} rounds")
    with_client, bare = Rounds(TYPED_IMPORT, {OURS: []}), Rounds(TYPED_IMPORT_BARE, {OURS: []})
    attrs: list[float] = []
    for number in range(length.starts + 1):
        for values, before, module in (
            (with_client.values[OURS], WITH_CLIENT, MODULE),
            (bare.values[OURS], BARE, MODULE),
            (attrs, BARE, "attrs"),
        ):
            seconds = await seconds_to_import(python, folder, before, module)
            if number > 0:
                values.append(TYPED_IMPORT.value(seconds))
            progress.advance(SECONDS_TO_START)
    bare.remark = f"import attrs alone takes {median(attrs):.1f} ms of it"
    return [with_client, bare]


async def seconds_to_import(python: Path, folder: str, before: str, module: str) -> float:
    """How long a new process takes over one import, after others."""
    lines = [
        f"import sys; sys.path.append({str(Path(folder) / 'models')!r})",
        before,
        "from time import perf_counter as now",
        f"start = now(); import {module}; print(now() - start)",
    ]
    return float(await run([python, "-I", "-c", "\n".join(lines)], clean_environment()))


async def checked(results: Results, python: Path, folder: str, length: Length, progress: Progress) -> Rounds:
    async with child(python, "typed_worker", str(Path(folder) / "models")) as worker:
        results.packages.setdefault(OURS, await worker.ask(do="versions"))
        return Rounds(TYPED_CHECK, {OURS: await measure_alone(worker, length, TYPED_CHECK, progress)})
