"""What is being measured at present: a bar on a terminal, else a line for each measure; both on standard error."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress as Bar, TextColumn, TimeRemainingColumn


class Progress:
    """Plain lines."""

    def begin(self, text: str) -> None:
        """Something else is measured from now on."""
        print(text, file=sys.stderr, flush=True)

    def advance(self, seconds: float) -> None:
        """So much of the expected time has passed."""

    def close(self) -> None:
        """There is no more to say."""


class Live(Progress):
    """A bar of all the time that measuring takes, in which the text changes."""

    def __init__(self, console: Console, seconds: float) -> None:
        columns = (BarColumn(30), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
        self._bar = Bar(*columns, console=console, transient=True)
        self._task = self._bar.add_task("starting", total=seconds)
        self._bar.start()

    def begin(self, text: str) -> None:
        self._bar.update(self._task, description=text)

    def advance(self, seconds: float) -> None:
        self._bar.advance(self._task, seconds)

    def close(self) -> None:
        self._bar.stop()


def progress(seconds: float) -> Progress:
    """What suits standard error; `seconds` is how long it will take, more or less."""
    console = Console(stderr=True)
    return Live(console, seconds) if console.is_terminal and not console.is_dumb_terminal else Progress()
