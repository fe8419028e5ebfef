"""scripts/bench: the speed of this client beside the other clients of Replicate, and beside hand-written httpx."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Collection, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, cast

from rich.console import Console

from .cassettes import cassettes_cost, measure_cassettes
from .contestants import BASELINE, CONTESTANTS, HERE, PLAYERS, SERVED, Contestant, Pythons, environments, field
from .environments import FOLDER
from .measures import BY_WORKERS, NAMES, OF_CLIENTS
from .mock import measure_mock, mock_cost
from .processes import FailedError
from .progress import progress
from .results import Results, as_json
from .rounds import Length, measure_by_workers, measure_starts, start_cost, turn_cost
from .runs import Kind, cost, measure_runs
from .tables import WIDTH, tables
from .typed import measure_typed, typed_cost

FULL = Length(starts=25, rounds=60, turn=0.08, runs_kept=100_000)
QUICK = Length(starts=5, rounds=10, turn=0.05, runs_kept=10_000)
RUNS = (Kind(0.3, 40), Kind(2, 20), Kind(10, 5, lanes=2), Kind(60, 1, lanes=8))
QUICK_RUNS = (Kind(0.3, 10), Kind(2, 2, lanes=3))
EPILOG = """\
examples:
  scripts/bench --quick
  scripts/bench --only import,page --json -

Each other client is installed once, from the package index, into an environment of its own in .bench; so is vcrpy. What
is measured is in scripts/benchmarks; a figure that misses its target is no failure.
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see --help\n")


def names(text: str) -> list[str]:
    wanted = text.split(",")
    for name in wanted:
        if name not in NAMES:
            raise argparse.ArgumentTypeError(f"no measure is called {name!r}, only {', '.join(NAMES)}")
    return wanted


def target_file(text: str) -> str:
    if text != "-" and (Path(text).is_dir() or not Path(text).absolute().parent.is_dir()):
        raise argparse.ArgumentTypeError(f"{text} cannot be written")
    return text


def arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        prog="scripts/bench", description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a glance: fewer rounds, no runs of 10 and 60 s")
    parser.add_argument(
        "--only", type=names, default=NAMES, metavar="NAME,…", help=f"measure only these: {', '.join(NAMES)}"
    )
    parser.add_argument(
        "--json",
        type=target_file,
        metavar="FILE",
        help="where the results go as JSON; by default .bench/results.json; with - there is no other output",
    )
    return parser.parse_args(given)


async def measure(
    contestants: Sequence[Contestant],
    pythons: Pythons,
    only: Collection[str],
    length: Length,
    kinds: Sequence[Kind],
    *,
    is_quick: bool = False,
) -> Results:
    """Everything that is wanted, of everybody who is there."""
    results = Results(is_quick, {}, {})
    if set(only) & set(OF_CLIENTS):
        await measure_clients(results, contestants, pythons, only, length, kinds)
    for name, cost_of, measure_it in (
        ("cassettes", cassettes_cost, measure_cassettes),
        ("types", typed_cost, measure_typed),
        ("mock", mock_cost, measure_mock),
    ):
        if name in only:
            shown = progress(cost_of(length))
            try:
                await measure_it(results, pythons, length, shown)
            finally:
                shown.close()
    return results


async def measure_clients(
    results: Results,
    contestants: Sequence[Contestant],
    pythons: Pythons,
    only: Collection[str],
    length: Length,
    kinds: Sequence[Kind],
) -> None:
    """What is measured of all clients."""
    async with field(contestants, pythons, Path(sys.executable)) as ready:
        if BASELINE in ready.absent:
            raise FailedError(f"nothing to compare with: {BASELINE}: {ready.absent[BASELINE]}")
        by_workers = [one for name, all in BY_WORKERS.items() if name in only for one in all]
        seconds = sum(turn_cost(len(ready.entrants), length, one) for one in by_workers)
        seconds += start_cost(ready, length) if "import" in only else 0
        seconds += cost(kinds) if "run" in only else 0
        shown = progress(seconds)
        results.packages |= {entrant.name: entrant.versions for entrant in ready.entrants}
        results.absent |= ready.absent
        try:
            if "import" in only:
                results.rounds += await measure_starts(ready, length, shown)
            for one in by_workers:
                results.rounds += await measure_by_workers(ready, length, one, shown)
            if "run" in only:
                results.runs = await measure_runs(ready, kinds, shown)
        finally:
            shown.close()


async def bench(options: argparse.Namespace) -> Results:
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    only = set(options.only)
    wanted = [one.environment for one in CONTESTANTS if only & set(OF_CLIENTS)]
    wanted += [one.environment for one in PLAYERS if "cassettes" in only]
    wanted += [HERE, SERVED] if only & {"types", "mock"} else []
    pythons = await environments(wanted, lambda text: print(text, file=sys.stderr, flush=True))
    length, kinds = (QUICK, QUICK_RUNS) if options.quick else (FULL, RUNS)
    return await measure(CONTESTANTS, pythons, options.only, length, kinds, is_quick=options.quick)


def show(results: Results, file: str | None) -> None:
    text = json.dumps(as_json(results), indent=1) + "\n"
    if file == "-":
        print(text, end="")
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    for table in tables(results):
        console.print(table)
    path = Path(file) if file else FOLDER / "results.json"
    path.write_text(text, encoding="utf-8")
    print(f"results: {os.path.relpath(path)}", file=sys.stderr)


def stop(message: str, status: int) -> NoReturn:
    print(f"scripts/bench: {message}", file=sys.stderr)
    sys.exit(status)


def main(given: Sequence[str]) -> None:
    options = arguments(given)
    try:
        show(asyncio.run(bench(options)), options.json)
    except FailedError as error:
        stop(str(error), 1)
    except KeyboardInterrupt:
        stop("interrupted", 130)
    except asyncio.CancelledError:
        stop("terminated", 143)
    except BrokenPipeError:  # nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    cast("TextIOWrapper", sys.stdout).reconfigure(errors="backslashreplace")  # where ✓ cannot be shown
    main(sys.argv[1:])
