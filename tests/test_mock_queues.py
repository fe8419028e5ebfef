"""How the mock service's predictions wait for an instance: in line, while it boots, and in whose place."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st
from mocking import BASE, body_of, client_of, create, echo_service, get

from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.lifecycle import MockRun, Work
from replicate_typed.transports.mock.pools import Pool
from replicate_typed.transports.mock.runs import Outcome

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


def statuses(client: httpx.Client, predictions: list[dict[str, Any]]) -> str:
    """The first letter of each: starting, processing, Succeeded, canceled, aborted."""
    found = [get(client, prediction)["status"] for prediction in predictions]
    return "".join("S" if status == "succeeded" else status[0] for status in found)


def cancel(client: httpx.Client, prediction: dict[str, Any]) -> dict[str, Any]:
    return body_of(client.post(prediction["urls"]["cancel"]).raise_for_status())


def test_without_a_number_of_instances_nobody_waits(mock: MockTransport, client: httpx.Client) -> None:
    """All run at the same time."""
    line = [create(client, prompt="x") for _ in range(50)]
    mock.clock.sleep(2)
    assert statuses(client, line) == "p" * 50


def test_one_instance_serves_one_after_the_other(mock: MockTransport, client: httpx.Client) -> None:
    """In the order of their creation; the time in line is in the total time."""
    mock.model("acme/one", starting=1, processing=10, instances=1)(lambda: "x")
    line = [create(client, "acme/one") for _ in range(3)]
    seen: list[str] = []
    for _ in range(7):
        seen.append(statuses(client, line))
        mock.clock.sleep(5)
    assert seen == ["sss", "pss", "pss", "Sps", "Sps", "SSp", "SSp"]
    assert [get(client, each)["metrics"] for each in line] == [
        {"predict_time": 10.0, "total_time": 11.0},
        {"predict_time": 10.0, "total_time": 21.0},
        {"predict_time": 10.0, "total_time": 31.0},
    ]


def test_who_is_canceled_leaves_its_place(mock: MockTransport, client: httpx.Client) -> None:
    """In the line, or on the instance; the others move up at once."""
    mock.model("acme/one", starting=0, processing=10, instances=1)(lambda: "x")
    line = [create(client, "acme/one") for _ in range(4)]
    mock.clock.sleep(3)
    assert cancel(client, line[1])["metrics"]["predict_time"] == 0.000003
    assert statuses(client, line) == "pcss"
    mock.clock.sleep(2)
    cancel(client, line[0])
    assert statuses(client, line) == "ccps"
    mock.clock.sleep(10)
    assert statuses(client, line) == "ccSp"
    assert get(client, line[2])["metrics"] == {"predict_time": 10.0, "total_time": 15.0}


def test_who_gives_up_waiting_holds_up_nobody(mock: MockTransport, client: httpx.Client) -> None:
    """Its deadline comes before its turn."""
    mock.model("acme/one", starting=0, processing=10, instances=1)(lambda: "x")
    line = [create(client, "acme/one")]
    response = client.post("/models/acme/one/predictions", json={"input": {}}, headers={"cancel-after": "5s"})
    line += [body_of(response), create(client, "acme/one")]
    mock.clock.sleep(9)
    assert statuses(client, line) == "pas"
    mock.clock.sleep(1)
    assert statuses(client, line) == "Sap"


def test_an_instance_boots_before_its_first_prediction(mock: MockTransport, client: httpx.Client) -> None:
    """It stays up for five minutes with nothing to do; then the next one waits again."""
    mock.model("acme/cold", starting=1, processing=4, boot=30)(lambda: "x")
    line = [create(client, "acme/cold")]
    mock.clock.sleep(35 + 300)
    line.append(create(client, "acme/cold"))
    mock.clock.sleep(5 + 300.000001)
    line.append(create(client, "acme/cold"))
    mock.clock.sleep(35)
    assert [get(client, each)["metrics"]["total_time"] for each in line] == [35, 5, 35]


def test_two_at_a_time_need_two_instances(mock: MockTransport, client: httpx.Client) -> None:
    """Each boots for itself, unless one that is up has done before."""
    mock.model("acme/cold", starting=0, processing=10, boot=30)(lambda: "x")
    first = create(client, "acme/cold")
    mock.clock.sleep(25)
    second = create(client, "acme/cold")
    mock.clock.sleep(15)
    assert statuses(client, [first, second]) == "Sp"  # the first's instance, 10 s after it was up
    third = create(client, "acme/cold")
    mock.clock.sleep(10)
    assert statuses(client, [second, third]) == "Sp"


def test_an_instance_that_is_not_needed_goes(mock: MockTransport, client: httpx.Client) -> None:
    """What comes now and then is done by the one that did the last, so that the others stand idle."""
    mock.model("acme/cold", starting=0, processing=40, boot=30)(lambda: "x")
    for _ in range(2):
        create(client, "acme/cold")
    for _ in range(3):
        mock.clock.sleep(150)
        create(client, "acme/cold")
    mock.clock.sleep(40)
    line = [create(client, "acme/cold") for _ in range(2)]
    mock.clock.sleep(29)
    assert statuses(client, line) == "ps"


def test_a_cancellation_does_not_start_a_boot_again(mock: MockTransport, client: httpx.Client) -> None:
    """The instance is up when it would have been; who is next in line takes it."""
    mock.model("acme/cold", starting=0, processing=10, boot=30, instances=1)(lambda: "x")
    line = [create(client, "acme/cold") for _ in range(2)]
    mock.clock.sleep(20)
    cancel(client, line[0])
    mock.clock.sleep(9.999)
    assert statuses(client, line) == "cs"
    mock.clock.sleep(0.001)
    assert statuses(client, line) == "cp"


def test_every_version_has_instances_of_its_own(mock: MockTransport, client: httpx.Client) -> None:
    """And every deployment."""
    for version in ("e" * 64, "f" * 64):
        mock.model("acme/one", version=version, starting=0, instances=1)(lambda: "x")
    mock.deployment("acme/prod", model="acme/one", max_instances=1)
    for _ in range(2):
        for version in ("e" * 64, "f" * 64):
            client.post("/predictions", json={"version": version, "input": {}}).raise_for_status()
        client.post("/deployments/acme/prod/predictions", json={"input": {}}).raise_for_status()
    assert [prediction["status"] for prediction in mock.predictions] == ["processing"] * 3 + ["starting"] * 3


def test_numbers_are_checked(mock: MockTransport) -> None:
    """At once."""
    with pytest.raises(ValueError, match="at least one instance, not 0"):
        mock.model("acme/x", instances=0)
    with pytest.raises(ValueError, match="a duration is a finite number"):
        mock.model("acme/x", boot=-1)


SECONDS = st.integers(0, 12)


@given(
    st.lists(st.tuples(SECONDS, st.integers(1, 15), st.none() | SECONDS, st.none() | SECONDS), min_size=1, max_size=8),
    st.integers(1, 3),
    st.integers(0, 6),
)
def test_a_line_is_fair(arrivals: list[tuple[int, int, int | None, int | None]], most: int, boot: int) -> None:
    """Whoever comes, gives up or is canceled: never too many at once, nobody overtakes, and no place stays empty."""
    pool = Pool(most, boot)
    runs: dict[int, MockRun] = {}
    coming = [(at, "comes", index) for index, (at, *_) in enumerate(arrivals)]
    going = [(at + after, "goes", index) for index, (at, _, _, after) in enumerate(arrivals) if after is not None]
    for now, what, index in sorted([*coming, *going]):
        if what == "goes":
            runs[index].cancel(now)
            pool.plan_again(now)
            continue
        _, processing, patience, _ = arrivals[index]
        work = Work(lambda _: Outcome("done"), 0, processing, is_iterator=False)
        deadline = None if patience is None else now + patience
        runs[index] = MockRun(str(index), work, {}, now, index, BASE, now, deadline=deadline)
        pool.admit(runs[index])
    begun = [run for run in runs.values() if run.starts <= run.ends]
    for run in begun:
        assert run.starts >= run.created
        at_once = [other for other in begun if other.starts <= run.starts < other.ends]
        assert len(at_once) <= most
    starts = [run.starts for run in begun]
    assert starts == sorted(starts)
    for run in begun:
        if run.starts > run.created + boot:  # it waited for a place: all were taken up to then
            assert len([other for other in begun if other.starts < run.starts <= other.ends]) >= most
