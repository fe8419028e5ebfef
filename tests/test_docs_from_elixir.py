"""docs/from-elixir.md: its examples run in order, and the calls and settings of its tables are there."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from clocks import forbid_real_sleep
from documents import blocks, broken_links, execute
from suites import ROOT

from replicate_typed import Client, MockTransport, settings

PAGE = ROOT / "docs" / "from-elixir.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = blocks(TEXT)
ROWS = [
    [re.findall("`([^`]+)`", cell) for cell in row.split(" | ")]
    for row in re.findall(r"^\| `.*\|$", TEXT, re.MULTILINE)
]
CALLS = [call for row in ROWS if len(row) == 2 for call in row[1]]
SETTINGS = [row for row in ROWS if len(row) == 3]
FUNCTIONS = [
    "Replicate.run", "Replicate.paginate", "Predictions.get", "Predictions.get!", "Predictions.cancel",
    "Predictions.create", "Predictions.wait", "Predictions.list", "Models.get", "Models.get!", "Models.get_version!",
    "Models.get_latest_version!", "Models.list_versions", "Models.list", "Models.create", "Deployments.get",
    "Deployments.create_prediction", "Hardware.list", "Client.request", "Client.wait", "Replicate.MockClient",
]  # fmt: skip
"""The public functions of the Elixir client."""


def test_the_examples_run_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each may use what those before it have made; each asserts what it shows, or asks what can be asked."""
    forbid_real_sleep(monkeypatch)
    monkeypatch.chdir(tmp_path)  # one of them writes files
    made = execute(BLOCKS, "docs/from-elixir.md")
    assert len(BLOCKS) == 15
    assert made["deployment"].name == "prod"
    assert TEXT.count("```elixir") == 5


@pytest.mark.parametrize("call", CALLS)
def test_a_call_of_the_table_is_one(call: str) -> None:
    """With the names that stand above the table."""
    names: dict[str, Any] = execute(BLOCKS[:2], "docs/from-elixir.md")
    assert eval(call, names) is not None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_the_elixir_client_is_in_the_table(name: str) -> None:
    """By its name there."""
    there = [call for row in ROWS if len(row) == 2 for call in row[0]]
    assert any(re.search(rf"(?:^|&){re.escape(name)}(?![\w!])", call) for call in there)


def test_the_settings_of_the_table_are_those_of_a_client() -> None:
    """Each argument is one, with the value that stands there, and each variable is read."""
    variables = set(re.findall(r'"(REPLICATE_[A-Z_]+)"', inspect.getsource(settings)))
    assert len(SETTINGS) == 5
    for (_,), (argument,), (variable,) in SETTINGS:
        assert isinstance(eval(f"Client({argument})", {"Client": Client, "MockTransport": MockTransport}), Client)
        assert variable in variables


def test_the_links_of_the_page_lead_to_what_is_there() -> None:
    """From where it is."""
    assert broken_links(TEXT, PAGE.parent) == []
