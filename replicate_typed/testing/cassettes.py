"""The cassettes of a suite: where that of a test is, and whether it is replayed or recorded."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from replicate_typed import refusal
from replicate_typed.testing import CASSETTE, STARTED
from replicate_typed.transports.cassettes import RecordedTransport
from replicate_typed.transports.cassettes.connections import PassingConnections
from replicate_typed.transports.cassettes.shared import MODES

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.transport import Mode

FOLDER = "cassettes"
RECORD = "--replicate-record"
UNUSED = pytest.StashKey[tuple[str, list[str]]]()
LONGEST_NAME = 200  # bytes; file systems take 255, and a draft of the file has a longer name


@contextmanager
def cassette_of(item: pytest.Item) -> Generator[RecordedTransport]:
    """The cassette of a test, which is written at the end of the block."""
    choice: str | None = item.config.getoption(RECORD)
    path = _path_of(item)
    chosen = mode_of(choice, os.environ, network_is_refused=refusal.is_in_force)
    mode = mode_now(chosen, written=_written(path), started=item.config.stash[STARTED])
    with ExitStack() as stack:
        if mode != "none":  # whoever asks for a recording asks for the network
            stack.enter_context(refusal.network_allowed())
        transport = RecordedTransport(path, mode, inner=PassingConnections())
        transport.how_to_record = f"run pytest {RECORD}=new, which adds to the file, or {RECORD}=all, which replaces it"
        stack.callback(transport.close)
        yield transport
        item.stash[UNUSED] = (os.fspath(path), transport.unused)


def mode_of(choice: str | None, environment: Mapping[str, str], *, network_is_refused: bool) -> Mode:
    """What was chosen; else to record what has no file yet, but not on a server of CI, or without a network."""
    if choice is not None:
        return MODES[choice]
    return "none" if environment.get("CI") or network_is_refused else "once"  # as pytest understands CI


def mode_now(mode: Mode, *, written: float | None, started: float) -> Mode:
    """The mode for one test: what other tests of this run have recorded in the same file is kept.

    Args:
        mode: The mode of the run.
        written: When the file was written, in seconds since 1970; None if there is none.
        started: When the run began.
    """
    return "new_episodes" if mode != "none" and (written is None or written >= started) else mode


def file_name(test: str) -> str:
    """The name of the file of a test, which no other test of its module has."""
    name = re.sub(r"[^\w.\[\]-]+", "-", test)
    if name == test and len(f"{name}.yaml".encode()) <= LONGEST_NAME:
        return f"{name}.yaml"
    digest = hashlib.sha256(test.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{name.encode()[: LONGEST_NAME - 20].decode(errors='ignore')}-{digest}.yaml"


def _written(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _path_of(item: pytest.Item) -> Path:
    mark = item.get_closest_marker(CASSETTE)
    arguments: Sequence[object] = (*mark.args, *mark.kwargs.values()) if mark is not None else ()
    match arguments:
        case []:
            pass
        case [str() | Path() as path]:
            return item.path.parent / path
        case _:
            raise pytest.UsageError(f"{item.nodeid}: the mark {CASSETTE} takes one argument, the path of the cassette")
    classes = [each.name for each in item.listchain() if isinstance(each, pytest.Class)]
    return item.path.parent / FOLDER / item.path.stem / file_name(".".join([*classes, item.name]))
