"""Suites of somebody else's, run by pytest in a process of their own with our plugin."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from serving import environment_with

ROOT = Path(__file__).resolve().parents[1]


def empty_suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """For a fixture: a folder in which no plugin is found by itself, whether the package is installed here or not.

    What a test with it is the first to import is imported anew by later tests, so it should use no client itself.
    """
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "generated")]))
    return pytester


def run(suite: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Its run, in which a warning is an error."""
    return suite.runpytest_subprocess("-p", "replicate_typed.testing", "-W", "error", *arguments)


def check(suite: pytest.Pytester, *arguments: str, passed: int, failed: int = 0) -> pytest.RunResult:
    """Its run, in which so many tests pass, so many fail, and nothing else happens."""
    result = run(suite, *arguments)
    result.assert_outcomes(passed=passed, failed=failed)
    return result


def outcome_of(files: Mapping[str, str], folder: Path) -> str:
    """What pytest says of a suite made of these files, which passes; without plugins, ours among them."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = environment_with(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stdout
    return run.stdout
