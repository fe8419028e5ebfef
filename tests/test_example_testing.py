"""The project of examples/testing: its tests pass, and notice when it breaks."""

from __future__ import annotations

import shutil

import pytest
from suites import ROOT, check, empty_suite, run

ANYIO = ("-p", "anyio.pytest_plugin")
ONE_BY_ONE = "[await self._client.run(PAINTER, input) for input in inputs]"

suite = pytest.fixture(empty_suite)


@pytest.fixture(autouse=True)
def _project(suite: pytest.Pytester) -> None:
    unwanted = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "examples" / "testing", suite.path, ignore=unwanted, dirs_exist_ok=True)


def test_its_tests_pass(suite: pytest.Pytester) -> None:
    """With our plugin, and that of anyio."""
    check(suite, *ANYIO, passed=8)


@pytest.mark.parametrize(
    ("was", "becomes", "failed"),
    [
        ('"max_tokens": 40', '"max_tokens": "forty"', 3),  # the service would refuse it
        ("timeout=PATIENCE", "timeout=5 * PATIENCE", 1),
        ("except ModelError", "except ZeroDivisionError", 1),
        ("await asyncio.gather(*[self._client.run(PAINTER, input) for input in inputs])", ONE_BY_ONE, 1),
    ],
)
def test_its_tests_notice_what_is_broken(was: str, becomes: str, failed: int, suite: pytest.Pytester) -> None:
    """In the calls, in the time they are given, in what becomes of errors, and in what runs side by side."""
    program = suite.path / "postcards.py"
    text = program.read_text(encoding="utf-8")
    assert was in text
    program.write_text(text.replace(was, becomes), encoding="utf-8")
    run(suite, *ANYIO).assert_outcomes(passed=8 - failed, failed=failed)
