"""The benchmark as its tests run it."""

from __future__ import annotations

from rich.console import Console

from scripts.benchmarks.results import Results
from scripts.benchmarks.rounds import Length
from scripts.benchmarks.tables import tables

SHORT = Length(starts=1, rounds=1, turn=0.005, runs_kept=20)
"""As short as can be."""


def shown(results: Results) -> str:
    """What is printed, on a wide terminal."""
    console = Console(width=120)
    with console.capture() as capture:
        for table in tables(results):
            console.print(table)
    return capture.get()
