"""The benchmark of typed models: what is measured, and what is said of it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from benching import SHORT, shown

from replicate_typed import Client, MockTransport
from scripts.benchmarks import typed_service
from scripts.benchmarks.__main__ import measure
from scripts.benchmarks.contestants import HERE, OURS, SERVED, Pythons
from scripts.benchmarks.measures import TYPED_CHECK, TYPED_IMPORT, TYPES_ADD, Rounds
from scripts.benchmarks.processes import FailedError
from scripts.benchmarks.results import Results, as_json
from scripts.benchmarks.typed import MODELS

NAMES = ["types add", "typed import, with a client", "typed import, bare", "typed check"]


def measured(here: Path | FailedError, served: Path | FailedError) -> Results:
    """All measures of typed models, as short as they can be."""
    pythons: Pythons = {HERE.name: here, SERVED.name: served}
    return asyncio.run(measure([], pythons, ["types"], SHORT, []))


def test_everything_is_measured_with_the_real_command() -> None:
    """By processes that a user would start; a remark tells what of the import is of attrs."""
    results = measured(Path(sys.executable), Path(sys.executable))
    found = as_json(results)["measures"]
    assert [each["name"] for each in found] == NAMES
    for each in found:
        assert each["absent"] == {}
        assert all(value > 0 for value in each["clients"][OURS]["rounds"])
    assert found[2]["remark"].startswith("import attrs alone takes ")
    assert found[2]["target"] is None
    assert [each["unit"] for each in found] == ["s", "ms", "ms", "µs"]


def test_the_served_models_are_25_with_inputs_of_all_kinds() -> None:
    """Those that the command is asked for."""
    assert isinstance(typed_service.mock, MockTransport)
    client = Client(transport=typed_service.mock)
    versions = [client.models.get(name).latest_version for name in MODELS]
    schemas = [version.openapi_schema for version in versions if version and version.openapi_schema]
    counts = [len(schema["components"]["schemas"]["Input"]["properties"]) for schema in schemas]
    assert len(set(MODELS)) == len(counts) == 25
    assert sum(counts) / 25 > 9


@pytest.mark.parametrize(
    ("here", "served", "missing"),
    [
        (Path(sys.executable), FailedError("not installed: no network"), NAMES),
        (Path(sys.executable), Path("/bin/false"), NAMES),
        (FailedError("not installed: no network"), Path(sys.executable), NAMES[1:]),
    ],
)
def test_what_cannot_be_measured_is_named_with_the_reason(
    here: Path | FailedError, served: Path | FailedError, missing: list[str]
) -> None:
    """What was measured before stays."""
    results = measured(here, served)
    reason = "it said nothing" if served == Path("/bin/false") else "not installed: no network"
    assert [rounds.measure.name for rounds in results.rounds] == NAMES
    assert {rounds.measure.name: rounds.absent for rounds in results.rounds if rounds.absent} == {
        name: {OURS: reason} for name in missing
    }


def test_a_missed_target_is_said() -> None:
    """In the unit of the measure, with its digits."""
    rounds = [
        Rounds(TYPES_ADD, {OURS: [10.5, 10.2, 10.4]}),
        Rounds(TYPED_IMPORT, {OURS: [15.6]}),
        Rounds(TYPED_CHECK, {OURS: [4.056]}),
    ]
    text = shown(Results(False, {}, {}, rounds))
    assert "10.2 - 10.5  ≤ 10 s: 10.4 s ✗" in text
    assert "≤ 15 ms: 15.6 ms ✗" in text
    assert "≤ 50 µs: 4.06 µs ✓" in text
    assert "1 of 3 targets met; missed: types add; typed import, with a client" in text
