"""The cassettes of a suite: where that of a test is, and whether it is replayed or recorded."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Container, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from replicate_typed import refusal
from replicate_typed.testing import STARTED
from replicate_typed.transports.cassettes import RecordedTransport
from replicate_typed.transports.cassettes.connections import PassingConnections
from replicate_typed.transports.cassettes.shared import MODES

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.transport import Mode

FOLDER = "cassettes"
MARK = "replicate_cassette"
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


def unused_in_all(reports: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """By cassette, the interactions that none of its tests used."""
    unused: dict[str, Counter[str]] = {}
    for path, interactions in reports:
        counted = Counter(interactions)
        unused[path] = unused[path] & counted if path in unused else counted
    return {path: list(counted.elements()) for path, counted in sorted(unused.items()) if counted}


def _written(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _path_of(item: pytest.Item) -> Path:
    mark = item.get_closest_marker(MARK)
    arguments: Sequence[object] = (*mark.args, *mark.kwargs.values()) if mark is not None else ()
    match arguments:
        case []:
            pass
        case [str() | Path() as path]:
            return item.path.parent / path
        case _:
            raise pytest.UsageError(f"{item.nodeid}: the mark {MARK} takes one argument, the path of the cassette")
    classes = [each.name for each in item.listchain() if isinstance(each, pytest.Class)]
    return item.path.parent / FOLDER / item.path.stem / file_name(".".join([*classes, item.name]))


def files_of_no_test(folders: Iterable[Path], used: Container[str]) -> list[str]:
    """The cassettes in some folders, and in those below them, that were not used."""
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix in {".yaml", ".yml", ".json"})
    return sorted(path for path in map(os.fspath, files) if path not in used)


class Unused:
    """A plugin that lists what was recorded, and is not used by the tests of a run."""

    def __init__(self) -> None:
        self._reports: list[tuple[str, list[str]]] = []
        self._modules: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Have the report say it, as reports come from parallel workers, too."""
        report = yield
        if call.when == "teardown" and UNUSED in item.stash:
            vars(report)["replicate_unused"] = item.stash[UNUSED]
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._modules.add(report.nodeid.partition("::")[0])
        if (unused := getattr(report, "replicate_unused", None)) is not None:
            path, interactions = unused
            self._reports.append((path, interactions))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        folders = {(config.rootpath / module).parent / FOLDER for module in self._modules}
        files = files_of_no_test(folders, {path for path, _ in self._reports})
        interactions = unused_in_all(self._reports)
        terminalreporter.section("recordings that were not used")
        for path in files:
            terminalreporter.line(f"{os.path.relpath(path)}: no test that ran has it")
        for path, unused in interactions.items():
            terminalreporter.line(f"{os.path.relpath(path)}:")
            for interaction in unused:
                terminalreporter.line(f"    {interaction}")
        if not (files or interactions):
            terminalreporter.line("none")
