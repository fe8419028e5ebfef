"""The project of examples/typed: its modules are what the command writes, it runs, and its mistakes are found."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import environment_with, run_command
from suites import ROOT

PROJECT = ROOT / "examples" / "typed"
SERVICE = f"mock:{PROJECT / 'service.py'}"
Errors = dict[int, set[str]]
"""By line: the rules that it breaks."""


def test_its_modules_are_those_that_its_service_publishes(tmp_path: Path) -> None:
    """The command of service.py writes them again, byte for byte, and its lock file."""
    (command,) = re.findall(r"^    replicate-typed (types add .*)$", (PROJECT / "service.py").read_text(), re.MULTILINE)
    done = run_command(*command.split()[:-1], tmp_path / "models", REPLICATE_TRANSPORT=SERVICE)
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in (tmp_path / "models").iterdir())
    assert names == sorted(path.name for path in (PROJECT / "models").iterdir() if path.is_file())
    for name in names:
        assert (tmp_path / "models" / name).read_bytes() == (PROJECT / "models" / name).read_bytes()


def test_its_program_runs_in_both_colours() -> None:
    """By the command that stands in it: a line for each poster, with its poem and its two pictures."""
    environment = environment_with(REPLICATE_TRANSPORT="mock:service.py")
    command = [sys.executable, "posters.py", "foxes", "owls", "bears"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=environment)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) == 3
    for line, subject in zip(lines, ("foxes", "owls", "bears"), strict=True):
        picture = r"https://replicate\.delivery/\S+/picture-%d\.svg"
        assert re.fullmatch(f"An ode to {subject}  {picture % 0} {picture % 1}", line)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it, without the settings of this repository."""
    folder = tmp_path_factory.mktemp("typed") / "project"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return folder


def expected() -> Iterator[tuple[int, set[str], set[str]]]:
    """The lines with mistakes, and the rules that mypy and pyright name."""
    for number, line in enumerate((PROJECT / "mistakes.py").read_text(encoding="utf-8").splitlines(), start=1):
        if found := re.search(r"  # ([\w, -]+) \| ([\w, ]+)$", line):
            yield number, set(found[1].split(", ")), set(found[2].split(", "))


def test_mypy_finds_every_mistake(project: Path) -> None:
    """In its line and under its rule, and nothing else in the whole project."""
    command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={project.parent / 'cache'}", "."]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=project)
    found: Errors = {}
    for file, line, rule in re.findall(r"^(\S+):(\d+): error: .*  \[([\w-]+)\]$", run.stdout, re.MULTILINE):
        assert file == "mistakes.py", run.stdout
        found.setdefault(int(line), set()).add(rule)
    assert found == {line: rules for line, rules, _ in expected()}


def test_pyright_finds_every_mistake(project: Path) -> None:
    """In its line and under its rule, and nothing else in the whole project; with the settings that it has itself."""
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson", "-p", "."]
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=project, env=environment)
    found: Errors = {}
    for each in json.loads(run.stdout)["generalDiagnostics"]:
        assert Path(each["file"]).name == "mistakes.py", run.stdout
        found.setdefault(each["range"]["start"]["line"] + 1, set()).add(each["rule"])
    assert found == {line: rules for line, _, rules in expected()}


def test_every_kind_of_mistake_is_there() -> None:
    """The tests above would find nothing in an empty file."""
    assert len(list(expected())) == 25
    names = {"call-arg", "arg-type", "call-overload", "attr-defined", "assignment", "unused-coroutine", "union-attr"}
    assert set().union(*(rules for _, rules, _ in expected())) == names
