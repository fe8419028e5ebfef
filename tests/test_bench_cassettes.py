"""The benchmark of cassettes: what is in them, who plays them, and what is said of that."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from benching import SHORT, shown

from replicate_typed.transports.cassettes.files import load
from scripts.benchmarks.__main__ import measure
from scripts.benchmarks.contestants import OURS, PLAYERS, RECORDED, VCRPY, VCRPY_AGAIN, Pythons
from scripts.benchmarks.measures import CASSETTES, Rounds
from scripts.benchmarks.player import Ours, Player, Vcrpy
from scripts.benchmarks.processes import FailedError
from scripts.benchmarks.results import Results, as_json
from scripts.benchmarks.traffic import exchanges
from scripts.benchmarks.worker import WrongAnswerError

PEER = PLAYERS[0].environment.name
HERE = Path(sys.executable)


def measured(**pythons: Path | FailedError) -> Results:
    """All measures of cassettes, as short as they can be."""
    found: Pythons = {PEER: pythons.get("peer", HERE), RECORDED.name: pythons.get("ours", HERE)}
    return asyncio.run(measure([], found, ["cassettes"], SHORT, []))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the cassettes that vcrpy writes."""
    folder = tmp_path_factory.mktemp("cassettes")
    Vcrpy(str(folder)).write()
    return folder


def test_both_are_measured_in_everything() -> None:
    """Whatever comes out."""
    found = as_json(measured())["measures"]
    assert [each["name"] for each in found] == [one.name for one in CASSETTES]
    for each in found:
        assert (each["absent"], set(each["clients"])) == ({}, {VCRPY, VCRPY_AGAIN, OURS})
        assert all(value > 0 for client in each["clients"].values() for value in client["rounds"])
        assert each["clients"][VCRPY]["ratio"] == 1
        assert each["noise"] is not None


@pytest.mark.parametrize(
    ("pythons", "absent"),
    [
        ({"peer": FailedError("not installed: no network")}, {VCRPY: "not installed: no network"}),
        ({"peer": Path("/bin/false")}, {VCRPY: "does not start: it said nothing"}),
        ({"ours": Path("/bin/false")}, {OURS: "does not start: it said nothing"}),
    ],
)
def test_who_does_not_play_is_named_with_the_reason(pythons: dict[str, Any], absent: dict[str, str]) -> None:
    """And a target that could not be looked at is none that was met."""
    found = measured(**pythons)
    assert len(found.rounds) == len(CASSETTES)
    for rounds in found.rounds:
        assert absent.items() <= rounds.absent.items()
    text = shown(found)
    assert next(iter(absent.values())) in text
    assert "0 of 3 targets met" in text


def test_a_missed_target_is_said() -> None:
    """Of a replay that is not three times as fast, and of a loading that is slower."""
    by_name = {one.name: one for one in CASSETTES}
    slow = {VCRPY: [100.0, 50.0], VCRPY_AGAIN: [100.0, 50.0], OURS: [290.0, 145.0]}
    late = {VCRPY: [10.0], VCRPY_AGAIN: [10.0], OURS: [10.2]}
    rounds = [Rounds(by_name["cassette replay"], slow), Rounds(by_name["cassette of one page"], late)]
    text = shown(Results(False, {}, {}, rounds))
    assert "≥ 3 x: 2.90 ✗" in text
    assert "≤ 1 x: 1.02 ✗" in text
    assert "0 of 2 targets met; missed: cassette replay; cassette of one page" in text
    assert text.index(f"\n{VCRPY}  ") < text.index(f"\n{VCRPY_AGAIN}  ") < text.index(f"\n{OURS}  ")


def test_the_cassettes_are_what_the_measures_say(folder: Path) -> None:
    """Of so many interactions, and so large; each of them as vcrpy writes it, with nothing referred to."""
    traffic, page = folder / "traffic.yaml", folder / "page.yaml"
    assert len(load(str(traffic)) or []) == len(exchanges()) == 137
    (answer,) = load(str(page)) or []
    assert len(json.loads(answer.response.body)["results"]) == 25
    sizes = [round(path.stat().st_size / 1e6, 1) for path in (traffic, page)]
    assert sizes == [0.8, 2.4]
    assert "&id" not in traffic.read_text(encoding="utf-8")


@pytest.mark.parametrize("player", [Vcrpy, Ours])
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        (("uri: https://api.replicate.com/v1/models/acme/model-11", "uri: https://api.replicate.com/v1/x"), Exception),
        (('\\"name\\":\\"model-11\\"', '\\"name\\":\\"model-12\\"'), WrongAnswerError),
    ],
    ids=["lacking", "wrong"],
)
def test_a_player_asks_for_all_that_is_in_the_cassette(
    player: type[Player], changed: tuple[str, str], error: type[Exception], folder: Path, tmp_path: Path
) -> None:
    """What cannot be played, or is another answer, is not measured."""
    assert player(str(folder)).replay(0.001) > 0
    text = (folder / "traffic.yaml").read_text(encoding="utf-8")
    assert text.count(changed[0]) == 1
    (tmp_path / "traffic.yaml").write_text(text.replace(*changed), encoding="utf-8")
    with pytest.raises(error, match="model-11" if error is Exception else "something else"):
        player(str(tmp_path)).replay(0.001)
