"""Where the demo shows how a prediction goes: a terminal, or lines in a file."""

from __future__ import annotations

import os
import re
import sys
import time
from textwrap import indent

from replicate_typed import Prediction, Update

COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Screen:
    """Plain lines, for files and pipes."""

    def line(self, text: str = "") -> None:
        try:
            print(text, flush=True)
        except BrokenPipeError:  # nobody reads on: as good as Ctrl-C
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise KeyboardInterrupt from None

    def log(self, text: str) -> None:
        self.line(f"    {text}")

    def status(self, text: str, seconds: float) -> None:
        self.line(f"{seconds:5.1f} s  {text}")

    def code(self, text: str) -> None:
        self.line(indent(text, "    "))

    def close(self) -> None:
        """No more logs and statuses will come."""


class Terminal(Screen):
    """A terminal: the present status turns below the lines of the log."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._console = Console(highlight=False)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._task = self._progress.add_task("sending")
        self._progress.start()

    def line(self, text: str = "") -> None:
        self._console.print(text, markup=False, soft_wrap=True)

    def log(self, text: str) -> None:
        self._console.print(f"    {text}", style="dim", markup=False)

    def status(self, text: str, seconds: float) -> None:
        self._console.print(f"{seconds:5.1f} s  {text}", style="bold", markup=False)
        self._progress.update(self._task, description=text)

    def code(self, text: str) -> None:
        from rich.padding import Padding
        from rich.syntax import Syntax

        self._console.print(Padding(Syntax(text, "python", theme="ansi_dark", word_wrap=True), (0, 4)))

    def close(self) -> None:
        self._progress.stop()


class Watcher:
    """Tells a screen what is new about a prediction."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._start = time.monotonic()
        self._shown = ""
        self.prediction: Prediction | None = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def show(self, update: Update) -> None:
        prediction = update.prediction
        before, self.prediction = self.prediction, prediction
        has_ended = prediction.completed_at is not None
        if before is None:
            self._screen.line(f"prediction {prediction.id}")
        if has_ended:
            self._show_logs(prediction.logs or "")
        if before is None or before.status != prediction.status:
            self._screen.status(prediction.status, self.seconds)
        if not has_ended:
            logs = prediction.logs or ""
            self._show_logs(logs[: max(logs.rfind("\n"), logs.rfind("\r")) + 1])  # the last line may still grow

    def _show_logs(self, logs: str) -> None:
        for line in logs.removeprefix(self._shown).splitlines():
            if visible := "".join(filter(str.isprintable, COLOUR.sub("", line))).rstrip():
                self._screen.log(visible)
        self._shown = logs


def screen() -> Screen:
    """What fits the standard output."""
    is_terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return Terminal() if is_terminal else Screen()
