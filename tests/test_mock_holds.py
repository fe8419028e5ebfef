"""The mock service's answers that are held back, and predictions that end by themselves."""

from __future__ import annotations

import threading
from typing import Any

import anyio
import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, get, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
ECHO = "/models/acme/echo/predictions"


def held(
    client: httpx.Client, prefer: str, path: str = ECHO, *, status: int = 201, cancel_after: str = "1h"
) -> dict[str, Any]:
    headers = {"prefer": prefer, "cancel-after": cancel_after}
    response = client.post(path, json={"input": {"prompt": "x"}}, headers=headers)
    assert (response.status_code, response.headers["preference-applied"]) == (status, prefer)
    return body_of(response)


def same(prompt: str) -> str:
    return prompt


def broken(prompt: str) -> float:
    return 1 // 0


def test_an_answer_is_held_until_there_is_output(mock: MockTransport, client: httpx.Client) -> None:
    """It shows the output, and calls it processing all the same: the rest comes later, as recorded."""
    created = held(client, "wait")
    assert mock.clock.now() == 10
    assert list(created) == [
        *("id", "model", "version", "input", "logs", "output", "data_removed", "error", "status"),
        *("created_at", "deadline", "urls"),
    ]
    assert (created["status"], created["output"], created["logs"]) == ("processing", ["x"], "")
    finished = get(client, created)
    assert (finished["status"], finished["completed_at"]) == ("succeeded", "2025-01-01T00:00:10Z")
    assert finished["logs"].count("\n") == 3


@pytest.mark.parametrize("seconds", [1, 5, 9])
def test_an_answer_is_held_no_longer_than_asked(mock: MockTransport, client: httpx.Client, seconds: int) -> None:
    """It then shows how the prediction began, which goes on."""
    created = held(client, f"wait={seconds}", status=202)
    assert mock.clock.now() == seconds
    assert created["status"] == "starting"
    assert not created.keys() & {"output", "started_at", "metrics"}
    mock.clock.sleep(10 - seconds)
    assert get(client, created)["status"] == "succeeded"


def test_an_answer_is_held_for_a_minute_at_most(mock: MockTransport, client: httpx.Client) -> None:
    """Whether that is asked for or not."""
    mock.model("acme/echo", processing=600)(same)
    held(client, "wait", status=202)
    assert mock.clock.now() == 60
    held(client, "wait=60", status=202)
    assert mock.clock.now() == 120


@pytest.mark.parametrize("prefer", ["", "wait=0", "wait=61", "wait=99", "wait=", "wait=1.5", "Wait", "respond-async"])
def test_a_preference_that_is_none_is_refused(mock: MockTransport, client: httpx.Client, prefer: str) -> None:
    """The header is named."""
    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"prefer": prefer})
    [row] = problem_of(response, 422)["invalid_fields"]
    assert (row["type"], row["field"]) == ("pattern", "Prefer")
    assert mock.predictions == []


def test_every_kind_of_create_can_be_held(mock: MockTransport, client: httpx.Client) -> None:
    """By version, by model, by deployment."""
    mock.deployment("acme/prod", model="acme/echo")
    held(client, "wait", "/deployments/acme/prod/predictions")
    body = {"version": "acme/echo", "input": {"prompt": "x"}}
    assert body_of(client.post("/predictions", json=body, headers={"prefer": "wait=20"}))["output"] == ["x"]
    assert mock.clock.now() == 20


def test_an_answer_is_not_held_beyond_a_failure(mock: MockTransport, client: httpx.Client) -> None:
    """It tells all there is."""
    mock.model("acme/echo", starting=1, processing=2)(broken)
    failed = held(client, "wait")
    assert (failed["status"], failed["error"]) == ("failed", "integer division or modulo by zero")
    assert failed["metrics"] == {"predict_time": 2.0, "total_time": 3.0}
    assert mock.clock.now() == 3


def test_what_ends_at_once_is_answered_at_once(mock: MockTransport, client: httpx.Client) -> None:
    """With its output."""
    mock.model("acme/echo", starting=0, processing=0)(same)
    assert held(client, "wait")["output"] == "x"
    assert mock.clock.now() == 0


@pytest.mark.anyio
async def test_a_held_answer_comes_when_another_task_cancels(mock: MockTransport) -> None:
    """At that moment; what others hold is not touched."""
    answers: dict[str, tuple[float, str]] = {}
    async with httpx.AsyncClient(transport=mock, base_url=BASE) as client:

        async def hold(name: str) -> None:
            with mock.clock.participant():
                response = await client.post(ECHO, json={"input": {"prompt": name}}, headers={"prefer": "wait"})
                answers[name] = (mock.clock.now(), body_of(response)["status"])

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(hold, "first")
            tasks.start_soon(hold, "second")
            await mock.clock.asleep(3)
            [first] = [each for each in mock.predictions if each["input"]["prompt"] == "first"]
            await client.post(first["urls"]["cancel"])
    assert answers == {"first": (3, "canceled"), "second": (10, "processing")}


def test_a_held_answer_comes_when_another_thread_cancels(mock: MockTransport, client: httpx.Client) -> None:
    """The same in the other colour."""
    answers: list[tuple[float, str]] = []

    def hold() -> None:
        with mock.clock.participant():
            status = held(client, "wait")["status"]
            answers.append((mock.clock.now(), status))

    thread = threading.Thread(target=hold, daemon=True)
    with mock.clock.participant():
        with mock.clock.expect(1):
            thread.start()
        mock.clock.sleep(3)
        client.post(mock.predictions[0]["urls"]["cancel"]).raise_for_status()
    thread.join(5)
    assert answers == [(3, "canceled")]


@pytest.mark.anyio
async def test_a_held_answer_comes_sooner_if_the_line_does(mock: MockTransport) -> None:
    """Who is next begins when the one before is canceled."""

    @mock.model("acme/one", starting=0, processing=20, instances=1)
    def one() -> str:
        return "x"

    url = "/models/acme/one/predictions"
    async with httpx.AsyncClient(transport=mock, base_url=BASE) as client:
        before = body_of(await client.post(url, json={"input": {}}))
        seen: list[tuple[float, Any]] = []

        async def hold() -> None:
            response = await client.post(url, json={"input": {}}, headers={"prefer": "wait"})
            seen.append((mock.clock.now(), body_of(response)["output"]))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(hold)
            await mock.clock.asleep(5)
            await client.post(before["urls"]["cancel"])
    assert seen == [(25, "x")]


@pytest.mark.anyio
async def test_whoever_stops_waiting_leaves_the_prediction_running(mock: MockTransport) -> None:
    """The connection ends, not the run."""
    async with httpx.AsyncClient(transport=mock, base_url=BASE) as client:
        async with anyio.create_task_group() as tasks:

            async def hold() -> None:
                await client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"prefer": "wait"})

            tasks.start_soon(hold)
            await mock.clock.asleep(3)
            tasks.cancel_scope.cancel()
        assert [prediction["status"] for prediction in mock.predictions] == ["processing"]
        await mock.clock.asleep(7)
        assert [prediction["status"] for prediction in mock.predictions] == ["succeeded"]


@pytest.mark.parametrize(
    ("cancel_after", "deadline"),
    [
        ("5", "00:00:05"),
        ("90", "00:01:30"),
        ("5s", "00:00:05"),
        ("15m", "00:15:00"),
        ("1h", "01:00:00"),
        ("1h30m45s", "01:30:45"),
        ("1h45s", "01:00:45"),
        ("0h0m5s", "00:00:05"),
    ],
)
def test_a_prediction_has_its_deadline(client: httpx.Client, cancel_after: str, deadline: str) -> None:
    """Counted from its creation; both serializers tell it."""
    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"cancel-after": cancel_after})
    assert body_of(response)["deadline"] == f"2025-01-01T{deadline}Z"
    assert body_of(client.get("/predictions"))["results"][0]["deadline"] == f"2025-01-01T{deadline}Z"
    assert "deadline" not in create(client, prompt="x")


@pytest.mark.parametrize("cancel_after", ["", "4", "0", "4s", "0h", "5d", "1m1h", "-5", "5.5", " ", "s", "\u0665"])
def test_a_deadline_that_is_none_is_refused(mock: MockTransport, client: httpx.Client, cancel_after: str) -> None:
    """Too soon, or not understood."""
    headers = [(b"cancel-after", cancel_after.encode())]
    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers=headers)
    [row] = problem_of(response, 422)["invalid_fields"]
    assert row["field"] == "Cancel-After"
    assert mock.predictions == []


@pytest.mark.parametrize("cancel_after", ["99999999999h", "9" * 5000])
def test_a_deadline_may_be_very_far_away(client: httpx.Client, cancel_after: str) -> None:
    """That is as good as none."""
    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"cancel-after": cancel_after})
    assert body_of(response)["deadline"] == "3000-01-01T00:00:00Z"


def test_at_the_deadline_it_is_canceled(mock: MockTransport, client: httpx.Client) -> None:
    """If it runs; what it has logged stays."""
    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"cancel-after": "7s"})
    mock.clock.sleep(6.999)
    assert get(client, body_of(response))["status"] == "processing"
    mock.clock.sleep(0.001)
    canceled = get(client, body_of(response))
    assert (canceled["status"], canceled["output"], canceled["error"]) == ("canceled", None, None)
    assert canceled["completed_at"] == "2025-01-01T00:00:07Z"
    assert canceled["logs"] == "one x\ntwo x\n"
    assert canceled["metrics"] == {"predict_time": 5.0, "total_time": 7.0}


def test_before_its_start_it_is_aborted(mock: MockTransport, client: httpx.Client) -> None:
    """And its function is never called."""
    calls: list[str] = []

    @mock.model("acme/echo", starting=10)
    def called(prompt: str) -> None:
        calls.append(prompt)

    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"cancel-after": "5s"})
    mock.clock.sleep(5)
    aborted = get(client, body_of(response))
    assert (aborted["status"], aborted["output"], aborted["error"]) == ("aborted", None, None)
    assert aborted["completed_at"] == "2025-01-01T00:00:05Z"
    mock.clock.sleep(100)
    assert get(client, aborted) == aborted
    assert calls == []


def test_at_the_instant_of_its_start_it_is_canceled(mock: MockTransport, client: httpx.Client) -> None:
    """For it has begun."""
    mock.model("acme/echo", starting=5)(same)
    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"cancel-after": "5s"})
    mock.clock.sleep(5)
    canceled = get(client, body_of(response))
    assert (canceled["status"], canceled["started_at"]) == ("canceled", canceled["completed_at"])


def test_a_deadline_after_the_end_changes_nothing(mock: MockTransport, client: httpx.Client) -> None:
    """It has succeeded before."""
    response = client.post(ECHO, json={"input": {"prompt": "x"}}, headers={"cancel-after": "10s"})
    mock.clock.sleep(10)
    assert get(client, body_of(response))["status"] == "succeeded"


def test_an_answer_is_not_held_beyond_the_deadline(mock: MockTransport, client: httpx.Client) -> None:
    """The two bound different things."""
    canceled = held(client, "wait", cancel_after="6s")
    assert (canceled["status"], mock.clock.now()) == ("canceled", 6)
