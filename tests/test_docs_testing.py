"""docs/testing.md: each block of Python is a file, and together they are a suite that passes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents import blocks, broken_links, files
from serving import serving
from suites import ROOT, check, empty_suite

from replicate_typed import Client

PAGE = ROOT / "docs" / "testing.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILES = files(TEXT)

suite = pytest.fixture(empty_suite)


def write_files(folder: Path) -> None:
    """The files of the page, by the names that they begin with."""
    for name, text in FILES.items():
        assert re.fullmatch(r"\w+\.py", name)
        (folder / name).write_text(text, encoding="utf-8")


def test_the_tests_of_the_page_pass(suite: pytest.Pytester) -> None:
    """All of them, with the settings of the page and those of a path to the program."""
    write_files(suite.path)
    (settings,) = blocks(TEXT, "ini")
    suite.makeini(f"{settings}pythonpath = .\n")
    tests = {name: re.findall(r"^(?:async )?def test_", text, re.MULTILINE) for name, text in FILES.items()}
    assert all(tests[name] for name in tests if name.startswith("test_"))
    assert len(FILES) == len(blocks(TEXT))
    check(suite, "-p", "anyio.pytest_plugin", passed=sum(map(len, tests.values())))


def test_the_commands_of_the_page_run_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one types them."""
    write_files(tmp_path)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    commands = blocks(TEXT, "sh")[0]
    run = subprocess.run(["sh", "-ec", commands], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert run.stdout == "https://acme.example/Quito.png\n"


def test_the_service_of_the_page_is_served(tmp_path: Path) -> None:
    """By the page's command, but for the port: a client with the printed address starts its model."""
    write_files(tmp_path)
    words = blocks(TEXT, "sh")[1].split()
    assert (words[:3], words[4:]) == (["replicate-typed", "serve", "--models"], ["--port", "8000"])
    with serving(tmp_path / words[3]) as served, Client(base_url=served.url, token="any", timeout=30) as client:
        prediction = client.predictions.create("acme/painter", {"prompt": "Quito"})
    assert (prediction.model, prediction.status) == ("acme/painter", "starting")


def test_the_links_of_the_page_lead_to_what_is_there() -> None:
    """From where it is."""
    assert broken_links(TEXT, PAGE.parent) == []
