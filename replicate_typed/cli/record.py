"""`replicate-typed record`: a program, run while its traffic is recorded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from replicate_typed.cli import stop
from replicate_typed.errors import CassetteError
from replicate_typed.transports import RecordedTransport
from replicate_typed.transports.cassettes.shared import MODES, VARIABLE

if TYPE_CHECKING:
    from types import FrameType

    from replicate_typed.transports.cassettes.transport import Mode


def record(path: Path, command: Sequence[str], *, mode: str) -> None:
    """Run a program whose clients record, and end with its exit status."""
    before, file = _interactions(path, MODES[mode]), _identity(path)
    status = _status_of(command, {"REPLICATE_TRANSPORT": f"recorded:{path.absolute()}", VARIABLE: mode})
    if _identity(path) == file:
        told = "nothing was recorded: no client without a transport of its own had an answer"
        if mode == "once" and before:
            told = f"nothing was recorded, as {path} is there and was replayed; --mode all records anew"
    else:
        count = _interactions(path, "none") - before
        told = f"{count} {'interaction' if count == 1 else 'interactions'} recorded in {path}"
    print(f"replicate-typed: {told}", file=sys.stderr)  # noqa: T201
    sys.exit(status if status >= 0 else 128 - status)  # as shells tell of a signal


def _status_of(command: Sequence[str], variables: dict[str, str]) -> int:
    """The exit status of a program, or the negative number of the signal that ended it."""
    signal.signal(signal.SIGINT, _pass_over)  # Ctrl-C reaches the program by itself, which may go on
    try:
        process = subprocess.Popen(command, env={**os.environ, **variables})  # noqa: S603 -- the user's own program
    except OSError as error:
        status = 127 if isinstance(error, FileNotFoundError) else 126  # as shells have it
        stop(f"{command[0]} cannot be run: {error.strerror or error}", status)

    def hand_on(_signal: int, _frame: FrameType | None) -> None:
        process.terminate()

    signal.signal(signal.SIGTERM, hand_on)
    return process.wait()


def _pass_over(_signal: int, _frame: FrameType | None) -> None:
    pass


def _interactions(path: Path, mode: Mode) -> int:
    """How many the cassette has that the mode replays."""
    try:
        return len(RecordedTransport(path, mode).unused)
    except ValueError as error:
        stop(str(error), 2)
    except (CassetteError, ModuleNotFoundError) as error:
        stop(str(error), 1)


def _identity(path: Path) -> tuple[int, int] | None:
    """Another one after each time that the file was written; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
