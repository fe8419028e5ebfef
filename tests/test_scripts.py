"""The scripts: what is checked, here and elsewhere."""

from __future__ import annotations

import os
import re

from generating import ROOT


def test_ci_runs_what_people_run() -> None:
    """`.ci/run` is `./scripts/test` and no more."""
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert 'exec "$(dirname -- "${BASH_SOURCE[0]}")/../scripts/test"' in run.read_text()


def test_the_tests_check_everything() -> None:
    """Each tool of the list has its step, in the order of how fast it answers."""
    steps = re.findall(r"^step (.*)$", (ROOT / "scripts" / "test").read_text(), re.MULTILINE)
    assert steps == [
        "ruff check",
        "ruff format --check",
        "scripts/regenerate --check",
        "python scripts/unasync.py --check",
        "lint-imports --no-logo --no-cache",
        "mypy",
        "pyright",
        "python -m pytest -n auto --dist loadfile",
    ]
