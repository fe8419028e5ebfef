"""docs/webhooks.md: each block of Python is a file, and its tests pass with the real FastAPI."""

from __future__ import annotations

from pathlib import Path

from documents import broken_links, execute, files
from suites import ROOT, outcome_of

from replicate_typed import webhooks

PAGE = ROOT / "docs" / "webhooks.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILES = files(TEXT)


def test_the_tests_of_the_page_pass(tmp_path: Path) -> None:
    """In a process of their own, with the real framework: a recipe that works (pain 19)."""
    assert "3 passed" in outcome_of(FILES, tmp_path)


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
