"""The mock service's predictions: starting, processing, and the ways to end."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, get

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


def test_a_prediction_starts_processes_and_succeeds(mock: MockTransport, client: httpx.Client) -> None:
    """What is not known yet is absent; times are the clock's, counted from 2025."""
    mock.clock.sleep(0.25)
    created = create(client, prompt="hi", times=2)
    assert list(created) == [
        *("id", "model", "version", "input", "logs", "data_removed", "error", "status", "created_at", "urls")
    ]
    id = created["id"]
    assert re.fullmatch("[a-z0-9]{26}", id)
    assert re.fullmatch("[0-9a-f]{64}", created["version"])
    assert created["model"] == "acme/echo"
    assert created["input"] == {"prompt": "hi", "times": 2}
    assert (created["status"], created["logs"], created["error"]) == ("starting", "", None)
    assert created["created_at"] == "2025-01-01T00:00:00.25Z"
    assert created["urls"] == {
        "cancel": f"{BASE}/predictions/{id}/cancel",
        "get": f"{BASE}/predictions/{id}",
        "web": f"https://replicate.com/p/{id}",
    }
    mock.clock.sleep(1.999)
    assert get(client, created)["status"] == "starting"
    mock.clock.sleep(0.001)
    processing = get(client, created)
    assert processing["status"] == "processing"
    assert processing["started_at"] == "2025-01-01T00:00:02.25Z"
    assert not processing.keys() & {"output", "completed_at", "metrics"}
    mock.clock.sleep(8)
    succeeded = get(client, created)
    assert succeeded["status"] == "succeeded"
    assert succeeded["output"] == ["hi", "hi"]
    assert succeeded["completed_at"] == "2025-01-01T00:00:10.25Z"
    assert succeeded["metrics"] == {"predict_time": 8.0, "total_time": 10.0}
    mock.clock.sleep(1000)
    assert get(client, created) == succeeded
    assert mock.predictions == [succeeded]


def test_times_are_decimal_numbers(mock: MockTransport, client: httpx.Client) -> None:
    """To the microsecond, though floats are binary."""
    mock.model("acme/exact", starting=0, processing=4.1)(lambda: "x")
    created = create(client, "acme/exact")
    mock.clock.sleep(4.1)
    assert get(client, created)["metrics"] == {"predict_time": 4.1, "total_time": 4.1}
    assert get(client, created)["completed_at"] == "2025-01-01T00:00:04.1Z"


def test_logs_grow_while_it_is_processing(mock: MockTransport, client: httpx.Client) -> None:
    """Line i of n comes at i / (n + 1) of the processing time; all are there at the end."""
    created = create(client, prompt="x")
    counts: list[int] = []
    for _ in range(11):
        counts.append(get(client, created)["logs"].count("\n"))
        mock.clock.sleep(1)
    assert counts == [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3]
    assert get(client, created)["logs"] == "one x\ntwo x\nthree x\n"


def test_logging_outside_a_model_is_an_error(mock: MockTransport) -> None:
    """The message says where it may be used; after a run it is outside again."""
    with pytest.raises(RuntimeError, match="only be called inside a model's function"):
        mock.log("hello")


def test_a_function_runs_once_when_its_prediction_has_started(mock: MockTransport, client: httpx.Client) -> None:
    """Not before, and not again however many look; what it changes or keeps is its own."""
    inputs: list[dict[str, Any]] = []

    @mock.model("acme/keeper")
    def keeper(**input: Any) -> dict[str, Any]:
        inputs.append(input)
        input["list"].append("changed")
        return input

    created = create(client, "acme/keeper", list=[1])
    get(client, created)
    assert inputs == []
    mock.clock.sleep(0.5)
    for _ in range(3):
        get(client, created)
        client.get("/predictions")
        mock.clock.sleep(0.5)
    assert len(inputs) == 1
    inputs[0]["list"].append("later")
    finished = get(client, created)
    assert finished["input"] == {"list": [1]}
    assert finished["output"] == {"list": [1, "changed"]}


@pytest.mark.parametrize(
    ("error", "text"), [(ValueError("no such colour"), "no such colour"), (KeyError(), "KeyError")]
)
def test_a_function_that_raises_fails_its_prediction(
    mock: MockTransport, client: httpx.Client, error: Exception, text: str
) -> None:
    """At the end of the processing time, with the error's text, and a traceback in the logs."""

    @mock.model("acme/broken", starting=0, processing=4)
    def broken() -> None:
        mock.log("trying")
        raise error

    created = create(client, "acme/broken")
    mock.clock.sleep(3)
    processing = get(client, created)
    assert (processing["status"], processing["error"]) == ("processing", None)
    assert processing["logs"] == "trying\n"
    mock.clock.sleep(1)
    failed = get(client, created)
    assert (failed["status"], failed["error"], failed["output"]) == ("failed", text, None)
    assert failed["logs"].startswith("trying\nTraceback (most recent call last):\n")
    assert "in broken" in failed["logs"]
    assert "mock/runs.py" not in failed["logs"]
    assert failed["metrics"] == {"predict_time": 4.0, "total_time": 4.0}


@pytest.mark.parametrize("output", [object(), float("nan"), {"x": {1, 2}}, 1j])
def test_an_output_that_is_not_json_fails_the_prediction(
    mock: MockTransport, client: httpx.Client, output: object
) -> None:
    """The error says so."""
    mock.model("acme/odd", starting=0, processing=0)(lambda: output)
    failed = create(client, "acme/odd")
    assert failed["status"] == "failed"
    assert failed["error"].startswith("the model's output is not JSON: ")


def test_a_null_output_is_an_output(mock: MockTransport, client: httpx.Client) -> None:
    """And a model that takes no time has finished when its prediction is created."""
    mock.model("acme/nothing", starting=0, processing=0)(lambda: None)
    created = create(client, "acme/nothing")
    assert (created["status"], created["output"]) == ("succeeded", None)


def test_a_function_may_look_at_its_own_prediction(mock: MockTransport, client: httpx.Client) -> None:
    """It is processing, as far as it can tell."""
    seen: list[str] = []

    @mock.model("acme/curious")
    def curious() -> str:
        seen.extend(prediction["status"] for prediction in body_of(client.get("/predictions"))["results"])
        return "done"

    created = create(client, "acme/curious")
    mock.clock.sleep(10)
    assert get(client, created)["output"] == "done"
    assert seen == ["processing"]


def cancel(client: httpx.Client, prediction: dict[str, Any]) -> dict[str, Any]:
    response = client.post(prediction["urls"]["cancel"])
    assert response.status_code == 200
    return body_of(response)


def test_canceling_while_starting_means_the_function_never_runs(mock: MockTransport, client: httpx.Client) -> None:
    """It ends at once; the service writes a start three microseconds before the end."""
    runs: list[int] = []
    mock.model("acme/counted", starting=2)(lambda: runs.append(1))
    created = create(client, "acme/counted")
    mock.clock.sleep(1)
    canceled = cancel(client, created)
    assert canceled["status"] == "canceled"
    assert canceled["completed_at"] == "2025-01-01T00:00:01Z"
    assert canceled["started_at"] == "2025-01-01T00:00:00.999997Z"
    assert canceled["metrics"] == {"predict_time": 3e-06, "total_time": 1.0}
    assert (canceled["output"], canceled["error"], canceled["logs"]) == (None, None, None)
    mock.clock.sleep(100)
    assert same(get(client, created), canceled)
    assert runs == []


def test_canceling_while_processing_keeps_the_logs_so_far(mock: MockTransport, client: httpx.Client) -> None:
    """And no output, however long one waits."""
    created = create(client, prompt="x")
    mock.clock.sleep(6)
    canceled = cancel(client, created)
    assert (canceled["status"], canceled["output"], canceled["error"]) == ("canceled", None, None)
    assert canceled["logs"] == "one x\ntwo x\n"
    assert canceled["metrics"] == {"predict_time": 4.0, "total_time": 6.0}
    mock.clock.sleep(100)
    assert same(get(client, created), canceled)
    assert cancel(client, created) == canceled


def same(edge: dict[str, Any], database: dict[str, Any]) -> bool:
    """Whether both serializers tell the same: the one leaves out what the other has as null or empty."""
    only = {"source", "webhook_completed"}
    times = {name for name in database if name.endswith("_at")}
    known = {name: value for name, value in database.items() if value is not None and name not in only}
    shown = {name: value for name, value in edge.items() if value not in (None, "")}
    assert {name: datetime.fromisoformat(shown.pop(name)) for name in times} == {
        name: datetime.fromisoformat(known.pop(name)) for name in times
    }
    return shown == known


@pytest.mark.parametrize("raises", [False, True])
def test_canceling_what_has_finished_changes_nothing(mock: MockTransport, client: httpx.Client, raises: bool) -> None:
    """The answer is 200 with the prediction as it ended."""
    mock.model("acme/divider")(lambda: 1 // (0 if raises else 1))
    created = create(client, "acme/divider")
    mock.clock.sleep(1.5)
    finished = cancel(client, created)
    assert finished["status"] == ("failed" if raises else "succeeded")
    assert same(get(client, created), finished)
