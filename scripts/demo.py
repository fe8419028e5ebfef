"""scripts/demo: run a model on the embedded mock and watch it; with --live, run a real one."""
# pyright: reportUnusedFunction=false

from __future__ import annotations

import argparse
import inspect
import json
import os
import re
import sys
import time
from collections.abc import Callable
from io import TextIOWrapper
from textwrap import indent
from typing import Any, NoReturn, cast

from replicate_typed import Client, MissingTokenError, MockTransport, Prediction, ReplicateError, SystemClock

EPILOG = """\
examples:
  scripts/demo
  scripts/demo --live black-forest-labs/flux-schnell prompt="an astronaut on a horse" num_outputs=2

A value that is JSON is sent as what it says: 2 as a number, true as a boolean, '"2"' as a string; any other is
sent as a string. --live needs an API token in REPLICATE_API_TOKEN, and a real run costs money.
"""
COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


Show = Callable[[Prediction], None]


def client_on_mock() -> Client:
    mock = MockTransport(clock=SystemClock())  # the whole service in memory; its usual clock would not wait

    @mock.model("acme/painter", starting=0.6, processing=2.6)
    def painter(prompt: str, steps: int = 8) -> list[str]:
        mock.log(f"painting {prompt}")
        for step in range(1, steps + 1):
            mock.log(f"{step / steps:4.0%}|{'#' * step:{steps}}| {step}/{steps}")
        return [f"https://acme.example/{prompt.replace(' ', '-')}.png"]

    return Client(transport=mock)


def run_on_mock(client: Client, show: Show) -> Any:
    return client.run("acme/painter", {"prompt": "an astronaut on a horse"}, on_update=show)


def live_client() -> Client:
    return Client()  # the token is in REPLICATE_API_TOKEN


def run_live(client: Client, show: Show, reference: str, input: dict[str, Any]) -> Any:
    return client.run(reference, input, on_update=show)


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

    def show(self, prediction: Prediction) -> None:
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


def perform(
    screen: Screen,
    make_client: Callable[[], Client],
    run: Callable[..., Any],
    *arguments: Any,
) -> None:
    """Run a model, show how it goes and what it gives, and then the source of the two functions that did it."""
    watcher = Watcher(screen)
    with make_client() as client:
        try:
            output = run(client, watcher.show, *arguments)
        except KeyboardInterrupt:
            screen.close()
            stop(f"interrupted; {fate_of(client, watcher.prediction)}", 130)
        finally:
            screen.close()
    screen.line()
    screen.line(f"output, after {watcher.seconds:.1f} s:")
    screen.line(indent(json.dumps(output, indent=2, ensure_ascii=False), "    "))
    screen.line()
    screen.line("what did it:")
    screen.code(f"{inspect.getsource(make_client)}\n\n{inspect.getsource(run)}".rstrip())


def fate_of(client: Client, prediction: Prediction | None) -> str:
    """What became of a prediction that `run` tried to cancel when it was interrupted."""
    if prediction is None:
        return "no prediction is known to run, but one may: see https://replicate.com/predictions"
    try:
        status = str(client.with_options(timeout=5, retries=0).predictions.get(prediction).status)
    except (ReplicateError, KeyboardInterrupt):
        status = "of unknown status: see https://replicate.com/predictions"
    return f"prediction {prediction.id} is {status}"


def stop(message: str, status: int) -> NoReturn:
    print(f"scripts/demo: {message}", file=sys.stderr)
    sys.exit(status)


def one_line(error: Exception) -> str:
    """The message of an error and its notes, without the log lines that were shown before."""
    first = str(error).partition("\n")[0]
    return "; ".join([first, *cast("list[str]", getattr(error, "__notes__", []))])


def value_of(text: str) -> Any:
    """JSON if it is JSON, else the text itself."""
    try:
        return json.loads(text, parse_constant=refuse)
    except ValueError:
        return text


def refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def input_of(pairs: list[str]) -> dict[str, Any]:
    """The model's input; raises ValueError for what is not `key=value`, or comes twice."""
    input: dict[str, Any] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not key or not sign:
            raise ValueError(f"expected key=value, got {pair!r}")
        if key in input:
            raise ValueError(f"{key} is given twice")
        input[key] = value_of(value)
    return input


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/demo", description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--live", metavar="owner/name", help="run this model on the real service")
    parser.add_argument("input", nargs="*", metavar="key=value", help="the input of that model")
    options = parser.parse_intermixed_args()
    if options.input and options.live is None:
        parser.error("an input is for --live owner/name")
    is_terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    try:
        input = input_of(options.input)
        screen = Terminal() if is_terminal else Screen()
        try:
            if options.live is None:
                perform(screen, client_on_mock, run_on_mock)
            else:
                perform(screen, live_client, run_live, options.live, input)
        finally:
            screen.close()
    except MissingTokenError:
        stop("no API token: set REPLICATE_API_TOKEN; tokens are at https://replicate.com/account/api-tokens", 2)
    except ReplicateError as error:
        stop(one_line(error), 1)
    except ValueError as error:  # a reference, a setting or an input that cannot be
        parser.error(str(error))


if __name__ == "__main__":
    cast("TextIOWrapper", sys.stdout).reconfigure(errors="backslashreplace")  # whatever a model says can be shown
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted before anything was run", 130)
