"""docs/webhooks.md: each block of Python is a file, and its tests pass with the real FastAPI."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from documents import broken_links, execute, files
from serving import environment_with
from suites import ROOT

from replicate_typed import webhooks

PAGE = ROOT / "docs" / "webhooks.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILES = files(TEXT)


def test_the_tests_of_the_page_pass(tmp_path: Path) -> None:
    """In a process of their own, with the real framework: a recipe that works (pain 19)."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = environment_with(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stdout
    assert "3 passed" in run.stdout


def test_the_first_example_tells_the_news() -> None:
    """Of a webhook that is genuine."""
    news = execute([FILES["receiving.py"]], "docs/webhooks.md")["news"]
    body = (
        '{"id": "p1", "version": "hidden", "input": {}, "status": "failed", "created_at": "2026-01-01T00:00:00Z", '
        '"urls": {"get": "https://x", "cancel": "https://x"}}'
    )
    assert news(body.encode(), webhooks.sign(body, secret="whsec_AAAA"), "whsec_AAAA") == "p1: failed"


def test_the_links_of_the_page_lead_to_what_is_there() -> None:
    """From where it is."""
    assert broken_links(TEXT, PAGE.parent) == []
