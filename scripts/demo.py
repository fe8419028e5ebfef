"""scripts/demo: run a model on the embedded mock and watch it; with --cog or --live, a real one."""
# pyright: reportUnusedFunction=false

from __future__ import annotations

import argparse
import inspect
import json
import sys
from base64 import b64decode
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from textwrap import indent
from typing import Any, NoReturn, cast

from replicate_typed import (
    Client,
    CogTransport,
    MissingTokenError,
    MockTransport,
    Prediction,
    ReplicateError,
    SystemClock,
    Update,
)
from scripts.cog_server import CogServer, CogServerError
from scripts.screen import Screen, Watcher, screen

EPILOG = """\
examples:
  scripts/demo
  scripts/demo --cog words=100
  scripts/demo --live black-forest-labs/flux-schnell prompt="an astronaut on a horse" num_outputs=2

A value that is JSON is sent as what it says: 2 as a number, true as a boolean, '"2"' as a string; any other is
sent as a string. --cog draws the word cloud of this project's README, or of text=..., into wordcloud.png.
--live needs an API token in REPLICATE_API_TOKEN, and a real run costs money.
"""
ROOT = Path(__file__).resolve().parents[1]


Show = Callable[[Update], None]


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


def client_on_cog(url: str) -> Client:
    return Client(transport=CogTransport(url, model="acme/wordcloud"))


def run_on_cog(client: Client, show: Show, input: dict[str, Any]) -> Any:
    picture = client.run("acme/wordcloud", input, on_update=show)  # a data URL
    Path("wordcloud.png").write_bytes(b64decode(picture.partition(",")[2]))
    return "wordcloud.png"


def live_client() -> Client:
    return Client()  # the token is in REPLICATE_API_TOKEN


def run_live(client: Client, show: Show, reference: str, input: dict[str, Any]) -> Any:
    return client.run(reference, input, on_update=show)


def perform(
    screen: Screen, client: Client, run: Callable[..., Any], *arguments: Any, made_by: Callable[..., Client]
) -> None:
    """Run a model, show how it goes and what it gives, and then the source of the two functions that did it."""
    watcher = Watcher(screen)
    with client:
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
    screen.code(f"{inspect.getsource(made_by)}\n\n{inspect.getsource(run)}".rstrip())


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


def perform_on_cog(screen: Screen, input: dict[str, Any]) -> None:
    """Run a model on a real Cog server, which is started for it and stopped after it."""
    screen.line("starting a Cog server of examples/wordcloud ...")
    try:
        with CogServer(ROOT / "examples" / "wordcloud") as server:
            screen.line(f"it is at {server.url}")
            text = (ROOT / "README.md").read_text(encoding="utf-8")
            perform(screen, client_on_cog(server.url), run_on_cog, {"text": text, **input}, made_by=client_on_cog)
    except CogServerError as error:
        stop(str(error), 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/demo", description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--cog", action="store_true", help="run examples/wordcloud on a Cog server on this machine")
    where.add_argument("--live", metavar="owner/name", help="run this model on the real service")
    parser.add_argument("input", nargs="*", metavar="key=value", help="the input of that model")
    options = parser.parse_intermixed_args()
    if options.input and not options.cog and options.live is None:
        parser.error("an input is for --cog or --live owner/name")
    try:
        input = input_of(options.input)
        shown = screen()
        try:
            if options.cog:
                perform_on_cog(shown, input)
            elif options.live is None:
                perform(shown, client_on_mock(), run_on_mock, made_by=client_on_mock)
            else:
                perform(shown, live_client(), run_live, options.live, input, made_by=live_client)
        finally:
            shown.close()
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
