"""The benchmark: what is made of its rounds, and what it says of them."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise
from typing import Any, cast

import pytest
from rich.console import Console

from replicate_typed.events import EventDecoder
from scripts.benchmarks.__main__ import arguments
from scripts.benchmarks.bodies import EVENTS
from scripts.benchmarks.contestants import AGAIN, BASELINE, OURS, Entrant
from scripts.benchmarks.figures import Figures, Target, figures, interval
from scripts.benchmarks.measures import GET, MOCK_MEMORY, MOCK_RUN, MOCK_SERVED, NAMES, PAGES, Rounds
from scripts.benchmarks.processes import last_line
from scripts.benchmarks.results import Results, as_json
from scripts.benchmarks.rounds import turns
from scripts.benchmarks.runs import Kind, Late, Runs
from scripts.benchmarks.service import Service
from scripts.benchmarks.tables import amount, remark_on, tables

PEER = "replicate 1.0.7"
PACKAGES = {BASELINE: {"httpx": "0.28.1"}}


def shown(results: Results) -> str:
    console = Console(width=120, file=StringIO())
    for table in tables(results):
        console.print(table)
    return cast("StringIO", console.file).getvalue()


def line_of(name: str, text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{name}  "))


def test_a_client_is_compared_with_the_baseline_of_the_same_round() -> None:
    """A machine that slows down slows both."""
    found = figures([2.0, 20.0, 200.0], [1.0, 10.0, 100.0])
    assert found == Figures(median=20.0, ratio=2.0, low=2.0, high=2.0)
    assert figures([3.0], [2.0]).ratio == 1.5


@pytest.mark.parametrize(("count", "low", "high"), [(1, 0, 0), (5, 0, 4), (8, 1, 6), (25, 7, 17), (100, 40, 59)])
def test_the_interval_of_a_median_lies_between_two_of_the_values(count: int, low: int, high: int) -> None:
    """Closer to the middle, the more there are."""
    assert interval([float(number) for number in reversed(range(count))]) == (low, high)


def test_the_noise_is_how_far_the_same_code_may_be_from_itself() -> None:
    """To either side."""
    assert Figures(1.0, 1.0, low=0.9, high=1.05).farthest == pytest.approx(0.1)
    assert Figures(1.0, 1.0, low=0.95, high=1.2).farthest == pytest.approx(0.2)


def test_a_target_is_met_or_missed_and_noise_may_have_decided() -> None:
    """So much at most, or at least."""
    most, least = Target(2, is_most=True), Target(1.2, is_most=False)
    assert (str(most), str(least)) == ("≤ 2 x", "≥ 1.2 x")
    below, above = Figures(1, 1.9, 1.8, 2.1), Figures(1, 2.5, 2.4, 2.6)
    assert (most.is_met(below), most.is_near(below)) == (True, True)
    assert (most.is_met(above), most.is_near(above)) == (False, False)
    assert (least.is_met(below), least.is_near(below)) == (True, False)


def test_without_a_baseline_the_figure_itself_is_what_the_target_is_for() -> None:
    """With its unit."""
    target = Target(2000, is_most=False, unit="/s")
    assert str(target) == "≥ 2000 /s"
    assert target.is_met(figures([2100.0, 1900.0, 2000.0], None))
    assert not target.is_met(figures([1999.0], None))


def test_everybody_is_first_and_last_in_turn() -> None:
    """And comes after each of its neighbours."""
    entrants = cast("list[Entrant]", list("abcd"))
    orders = list(turns(entrants, 8))
    assert {"".join(sorted(map(str, order))) for order in orders} == {"abcd"}
    assert sorted(str(order[0]) for order in orders) == sorted(str(order[-1]) for order in orders) == list("aabbccdd")
    followers = [pair for order in orders for pair in pairwise(map(str, order))]
    assert followers.count(("a", "b")) == followers.count(("b", "a")) > 0


def rounds(**changes: Any) -> Rounds:
    values = {BASELINE: [100.0, 50.0], AGAIN: [101.0, 50.0], OURS: [150.0, 75.0]}
    return Rounds(GET, values | changes, {PEER: "not installed: no network"})


def test_a_table_shows_ratios_noise_the_target_and_who_is_missing() -> None:
    """In the order of the contestants."""
    text = shown(Results(False, PACKAGES, {}, [rounds()]))
    assert line_of(BASELINE, text).split()[3:6] == ["75.0", "/s", "1"]
    assert line_of(BASELINE, text).rstrip().endswith("httpx.Client().get() and json.loads")
    assert line_of(AGAIN, text).rstrip().endswith("noise ± 1.0%")
    assert "1.50    1.50 - 1.50  ≥ 1.2 x: 1.50 ✓" in line_of(OURS, text)
    assert "not installed: no network" in line_of(PEER, text)
    places = [text.index(f"\n{name}  ") for name in (BASELINE, AGAIN, OURS, PEER)]
    assert places == sorted(places)
    assert "1 of 1 targets met" in text


def test_a_missed_target_is_said_at_the_end() -> None:
    """With what it was; no exit status tells it."""
    slow, unmeasured = rounds(**{OURS: [80.0, 40.0]}), rounds()
    del unmeasured.values[OURS]
    unmeasured.measure = PAGES[0]
    text = shown(Results(True, PACKAGES, {}, [slow, unmeasured]))
    assert "≥ 1.2 x: 0.80 ✗" in line_of(OURS, text)
    assert "0 of 2 targets met; missed: get; page" in text
    assert "quick" in text


def test_what_our_client_alone_is_measured_in_is_shown_with_its_target() -> None:
    """And how it was measured; there are no ratios to explain."""
    fast = Rounds(MOCK_RUN, {OURS: [2500.0, 2400.0, 2600.0]}, remark="on one core")
    large = Rounds(MOCK_MEMORY, {OURS: [301.0]})
    missing = Rounds(MOCK_SERVED, absent={OURS: "not installed: no network"})
    text = shown(Results(False, {}, {}, [fast, large, missing]))
    assert "2500 /s" in line_of(OURS, text)
    assert "2400 - 2600  ≥ 2000 /s: 2500 /s ✓" in line_of(OURS, text)
    assert "≤ 300 MB: 301 MB ✗" in text
    assert "on one core" in text
    assert "not installed: no network" in text
    assert "1 of 3 targets met; missed: mock memory; mock served" in text
    assert "ratio" not in text
    measure = as_json(Results(False, {}, {}, [fast]))["measures"][0]
    assert measure["target"] == {"at_least": 2000, "is_met": True}
    assert measure["clients"][OURS] == {"median": 2500, "interval": [2400, 2600], "rounds": [2500, 2400, 2600]}
    assert (measure["baseline"], measure["remark"]) == (None, "on one core")


def test_runs_are_shown_with_what_they_asked_created_and_raised() -> None:
    """A client that failed all along has no figures."""
    late = Late(seconds=[0.1, 0.3], requests=[2, 6, 3], created=[1, 2, 2], errors=["APITimeoutError: timed out"])
    runs = Runs({2.0: {OURS: Late([0.05], [4], [1]), PEER: late}}, {"replicate 2.0.0b4": "did not start"})
    text = shown(Results(False, PACKAGES, {}, runs=runs))
    assert line_of(OURS, text).split() == [OURS, "50.0", "ms", "50.0", "ms", "4"]
    assert line_of(PEER, text).split()[2:7] == ["200", "ms", "300", "ms", "3"]
    assert remark_on(late) == "2 of 3 created 2 predictions; 1 of 3 failed: APITimeoutError: timed out"
    assert "did not start" in text
    assert "targets" not in text


def test_the_results_as_json_hold_every_round() -> None:
    """And the verdicts."""
    found = as_json(Results(False, PACKAGES, {PEER: "no"}, [rounds()], Runs({2.0: {OURS: Late([0.05], [4], [1])}}, {})))
    (measure,) = found["measures"]
    assert measure["target"] == {"at_least": 1.2, "is_met": True}
    assert measure["noise"] == pytest.approx(0.01)
    assert measure["clients"][OURS]["rounds"] == [150.0, 75.0]
    assert measure["absent"] == {PEER: "not installed: no network"}
    assert found["runs"]["lengths"][0]["clients"][OURS]["median_requests"] == 4
    assert found["machine"]["python"].startswith("CPython")


def test_amounts_have_three_digits() -> None:
    """Or all that are before the point."""
    texts = [amount(value, "ms") for value in (0.3812, 17.25, 203.4, 1042.0)]
    assert texts == ["0.38 ms", "17.2 ms", "203 ms", "1042 ms"]


def test_runs_of_one_length_are_spread_about_it() -> None:
    """Evenly, so that ending just before somebody looks is not the rule."""
    assert Kind(10, 2, lanes=2).lengths == [9.25, 9.75, 10.25, 10.75]
    assert max(Kind(60, 3).lengths) - min(Kind(60, 3).lengths) == pytest.approx(2)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ERROR: no network\n[notice] a new release\n", "no network"),
        ("Traceback:\n  File\nValueError: bad\n\n", "ValueError: bad"),
        ("", "it said nothing"),
    ],
)
def test_why_a_program_failed_is_its_last_error(text: str, line: str) -> None:
    """Or its last line."""
    assert last_line(text) == line


def test_the_service_ends_a_prediction_when_its_time_is_over() -> None:
    """And counts what it was asked of each run."""
    service = Service()
    started = service.create("one", {"seconds": 2}, now=10.0)
    assert b'"status":"processing"' in service.get(started.id, 11.9)
    assert b'"status":"succeeded"' in service.get(started.id, 12.0)
    assert b"404 Not Found" in service.get("nothing", 12.0)
    assert (service.runs["one"].requests, service.runs["one"].ends) == (3, [12.0])


@pytest.mark.parametrize("kind", ["whole", "chunked"])
def test_the_service_tells_the_same_stream_in_either_form(kind: str) -> None:
    """A thousand events, which a prediction of its own names the address of."""
    service = Service()
    service.tell("http://127.0.0.1:8000")
    created = service.fixed[f"/v1/models/acme/{kind}/predictions".encode()]
    assert f'"stream":"http://127.0.0.1:8000/v1/streams/{kind}"'.encode() in created
    head, _, body = service.fixed[f"/v1/streams/{kind}".encode()].partition(b"\r\n\r\n")
    assert b"Content-Type: text/event-stream" in head
    if kind == "chunked":
        sizes, body = body.split(b"\r\n")[::2], b"".join(body.split(b"\r\n")[1::2])
        assert [int(size, 16) for size in sizes if size] == [*map(len, EVENTS), 0]
    events = EventDecoder().feed(body)
    assert (len(events), len({event.id for event in events})) == (1000, 1000)
    assert (str(events[0]), events[-1].type) == (" giraffes", "done")


@pytest.mark.parametrize(
    "given",
    [["--only", "get,nothing"], ["--only", ""], ["--nothing"], ["get"], ["--json", "/nowhere/results"], ["--json"]],
)
def test_wrong_arguments_are_answered_in_one_line(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With the status that programs have for this."""
    with pytest.raises(SystemExit) as stopped:
        arguments(given)
    errors = capsys.readouterr().err
    assert stopped.value.code == 2
    assert errors.startswith("scripts/bench: ")
    assert errors.count("\n") == 1


def test_everything_is_measured_unless_less_is_wanted() -> None:
    """By the names that --help lists."""
    assert arguments([]).only == NAMES
    assert arguments(["--only", "get,run"]).only == ["get", "run"]
