"""The commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, Parameter, validators
from rich.console import Console

import replicate_typed
from replicate_typed.cli import stop_without
from replicate_typed.cli.types import types

_EPILOGUE = """\
An example of a FILE:

    from replicate_typed import MockTransport

    mock = MockTransport()

    @mock.model("acme/echo", starting=0.5, processing=2)
    def echo(prompt: str) -> str:
        return prompt
"""

_RECORD_EPILOGUE = """\
An example:

    replicate-typed record cassettes/poem.yaml -- python poem.py
    REPLICATE_TRANSPORT=recorded:cassettes/poem.yaml python poem.py
"""

app: App = App(
    name="replicate-typed",
    help="Tools for programs that use Replicate's HTTP API.",
    version=f"replicate-typed {replicate_typed.__version__}",
    help_format="plaintext",
)
app.command(types)


def run() -> int:
    """Do what this program's arguments say; the exit status."""
    try:
        app(exit_on_error=False, result_action="return_value", error_console=Console(stderr=True))
    except CycloptsError:  # it has been printed
        return 2
    return 0


@app.command(help_epilogue=_EPILOGUE)
def serve(
    *,
    models: Annotated[Path, Parameter(metavar="FILE", validator=validators.Path(exists=True, dir_okay=False))],
    host: str = "127.0.0.1",
    port: Annotated[int, Parameter(validator=validators.Number(gte=0, lte=65535))] = 8000,
    token: str | None = None,
    json: Annotated[bool, Parameter(negative="", show_default=False)] = False,
) -> None:
    """Serve the service in memory over HTTP, for clients in any language.

    Time is real, state is kept until the end, webhooks go to their own addresses unless FILE says otherwise, and no
    token is needed on this machine. Ctrl-C stops it.

    Parameters
    ----------
    models
        Python that defines `mock = MockTransport()` and its models.
    host
        The address to bind. Another one than this machine's own needs --token.
    port
        The port to bind; 0 is any free one.
    token
        The API token that callers must send. Without, they may send any, or none.
    json
        Print one JSON object a line.
    """
    try:
        from replicate_typed.cli.serve import serve
    except ModuleNotFoundError as error:
        stop_without(error, extra="serve")
    serve(models, host=host, port=port, token=token, as_json=json)


@app.command(help_epilogue=_RECORD_EPILOGUE)
def record(
    path: Path,
    /,
    *command: Annotated[str, Parameter(required=True)],
    mode: Literal["all", "new", "once"] = "all",
) -> None:
    """Run a program, and record the traffic of its clients.

    The exit status is the program's. Tokens and other secrets are not recorded.

    Parameters
    ----------
    path
        The cassette: YAML, or JSON if its name ends in .json.
    command
        The program and its arguments, after --.
    mode
        all: replace the file. new: replay what it has, and add the rest. once: record if there is no file.
    """
    from replicate_typed.cli.record import record

    record(path, command, mode=mode)
