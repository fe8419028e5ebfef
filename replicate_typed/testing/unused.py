"""What was recorded, and is not used by the tests of a run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Generator, Iterable
from pathlib import Path

import pytest

from replicate_typed.testing.cassettes import FOLDER, UNUSED


def unused_in_all(reports: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """By cassette, the interactions that none of its tests used."""
    unused: dict[str, Counter[str]] = {}
    for path, interactions in reports:
        counted = Counter(interactions)
        unused[path] = unused[path] & counted if path in unused else counted
    return {path: list(counted.elements()) for path, counted in sorted(unused.items()) if counted}


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
