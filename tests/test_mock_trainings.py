"""The mock service's trainings, and the versions that come of them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, get, problem_of

from replicate_typed.transports.mock import MockTransport

client = pytest.fixture(client_of)
HIDDEN = {"owner": "acme", "name": "mine", "visibility": "private", "hardware": "cpu"}


@pytest.fixture
def mock(monkeypatch: pytest.MonkeyPatch) -> MockTransport:
    """The model acme/echo can be trained, and acme/mine is where the results go."""
    mock = echo_service(monkeypatch)

    @mock.training("acme/echo", starting=1, processing=60)
    def train(data: str, steps: int = 10) -> str | None:
        mock.log(f"training with {data}")
        return f"https://weights/{100 // steps}" if data else None

    httpx.Client(transport=mock, base_url=BASE).post("/models", json=HIDDEN).raise_for_status()
    return mock


def same(prompt: str) -> str:
    return prompt


def without_weights(data: str) -> None: ...


def with_a_file(data: str) -> bytes:
    return data.encode()


def path_of(client: httpx.Client) -> str:
    version = body_of(client.get("/models/acme/echo"))["latest_version"]["id"]
    return f"/models/acme/echo/versions/{version}/trainings"


def train(client: httpx.Client, data: str = "cats", **input: Any) -> dict[str, Any]:
    body = {"destination": "acme/mine", "input": {"data": data, **input}}
    response = client.post(path_of(client), json=body)
    assert response.status_code == 201, response.text
    return body_of(response)


def read(client: httpx.Client, training: dict[str, Any]) -> dict[str, Any]:
    return body_of(client.get(f"/trainings/{training['id']}").raise_for_status())


def versions(client: httpx.Client) -> list[str]:
    return [version["id"] for version in body_of(client.get("/models/acme/mine/versions"))["results"]]


def test_a_training_makes_a_version(mock: MockTransport, client: httpx.Client) -> None:
    """Of the destination, when it has succeeded: it runs as the one that was trained."""
    created = train(client)
    mock.clock.sleep(61)
    succeeded = read(client, created)
    assert succeeded["status"] == "succeeded"
    assert succeeded["metrics"] == {"predict_time": 60.0, "total_time": 61.0}
    latest = body_of(client.get("/models/acme/mine"))["latest_version"]
    assert succeeded["output"] == {"version": f"acme/mine:{latest['id']}", "weights": "https://weights/10"}
    assert latest["created_at"] == succeeded["completed_at"] == "2025-01-01T00:01:01Z"
    body = {"version": succeeded["output"]["version"], "input": {"prompt": "x"}}
    prediction = body_of(client.post("/predictions", json=body))
    mock.clock.sleep(10)
    assert get(client, prediction)["output"] == ["x"]
    assert prediction["model"] == "acme/mine"


def test_what_was_trained_has_as_many_instances(mock: MockTransport, client: httpx.Client) -> None:
    """Of its own: with one, the second prediction waits for the first."""
    mock.model("acme/echo", starting=1, processing=10, instances=1)(same)
    mock.training("acme/echo", starting=0, processing=1)(without_weights)
    trained = train(client)
    mock.clock.sleep(1)
    body = {"version": read(client, trained)["output"]["version"], "input": {"prompt": "x"}}
    first, second = (body_of(client.post("/predictions", json=body)) for _ in range(2))
    mock.clock.sleep(1)
    assert [get(client, each)["status"] for each in (first, second)] == ["processing", "starting"]


def test_there_is_no_version_before_the_end(mock: MockTransport, client: httpx.Client) -> None:
    """Whoever looks, and at whatever."""
    train(client)
    mock.clock.sleep(60.999999)
    assert versions(client) == []
    mock.clock.sleep(0.000001)
    assert len(versions(client)) == 1


def test_versions_come_in_the_order_of_the_ends(mock: MockTransport, client: httpx.Client) -> None:
    """Not of the beginnings, also if nobody looked meanwhile."""
    slow = train(client)
    mock.training("acme/echo", starting=0, processing=5)(without_weights)
    quick = train(client)
    mock.clock.sleep(1000)
    expected = [read(client, training)["output"]["version"].partition(":")[2] for training in (slow, quick)]
    assert versions(client) == expected


def test_its_addresses_change(mock: MockTransport, client: httpx.Client) -> None:
    """Created or canceled, it has those of a prediction, as recorded; they lead to it all the same."""
    created = train(client)
    assert list(created) == [
        *("id", "model", "version", "input", "logs", "error", "status", "created_at", "urls"),
    ]
    address = f"{BASE}/predictions/{created['id']}"
    assert created["urls"] == {"cancel": f"{address}/cancel", "get": address}
    own = f"{BASE}/trainings/{created['id']}"
    assert read(client, created)["urls"] == {"cancel": f"{own}/cancel", "get": own}
    assert get(client, created) == read(client, created)
    canceled = body_of(client.post(f"/trainings/{created['id']}/cancel"))
    assert canceled["urls"] == created["urls"]
    other = train(client)
    assert body_of(client.post(other["urls"]["cancel"]))["status"] == read(client, other)["status"] == "canceled"
    assert body_of(client.get("/predictions"))["results"] == []


def test_what_is_not_known_yet_is_null(mock: MockTransport, client: httpx.Client) -> None:
    """In every answer but the first."""
    created = train(client)
    starting = read(client, created)
    unknown = ("completed_at", "started_at", "logs", "output", "error")
    assert [starting[name] for name in unknown] == [None] * 5
    assert (starting["status"], starting["metrics"], starting["source"]) == ("starting", {}, "api")
    mock.clock.sleep(31)
    processing = read(client, created)
    assert (processing["status"], processing["logs"]) == ("processing", "training with cats\n")
    assert processing["started_at"] == "2025-01-01T00:00:01Z"
    assert processing["output"] is None


def test_a_canceled_training_makes_nothing(mock: MockTransport, client: httpx.Client) -> None:
    """However long one waits; what has ended cannot be canceled any more."""
    created = train(client)
    mock.clock.sleep(31)
    canceled = body_of(client.post(f"/trainings/{created['id']}/cancel"))
    assert (canceled["status"], canceled["output"], canceled["logs"]) == ("canceled", None, "training with cats\n")
    mock.clock.sleep(1000)
    assert read(client, created)["status"] == "canceled"
    assert versions(client) == []
    ended = train(client)
    mock.clock.sleep(61)
    assert body_of(client.post(f"/trainings/{ended['id']}/cancel"))["status"] == "succeeded"
    assert len(versions(client)) == 1


def test_a_failed_training_makes_nothing(mock: MockTransport, client: httpx.Client) -> None:
    """It tells why."""
    created = train(client, steps=0)
    mock.clock.sleep(61)
    failed = read(client, created)
    assert (failed["status"], failed["error"], failed["output"]) == (
        "failed",
        "integer division or modulo by zero",
        None,
    )
    assert versions(client) == []


def test_weights_are_told_if_there_are_any(mock: MockTransport, client: httpx.Client) -> None:
    """They may be a file, too."""
    nothing = train(client, "")
    mock.training("acme/echo")(with_a_file)
    file = train(client, "weights")
    mock.clock.sleep(61)
    assert list(read(client, nothing)["output"]) == ["version"]
    assert client.get(read(client, file)["output"]["weights"]).content == b"weights"


def test_trainings_keep_their_data(mock: MockTransport, client: httpx.Client) -> None:
    """What they have made is told for ever."""
    created = train(client)
    mock.clock.sleep(61)
    succeeded = read(client, created)
    mock.clock.sleep(1_000_000)
    assert read(client, created) == succeeded


def test_trainings_are_listed_newest_first(mock: MockTransport, client: httpx.Client) -> None:
    """A hundred on a page."""
    ids = [train(client)["id"] for _ in range(101)]
    page = body_of(client.get("/trainings"))
    assert [training["id"] for training in page["results"]] == ids[:0:-1]
    assert [training["id"] for training in body_of(client.get(page["next"]))["results"]] == ids[:1]


@pytest.mark.parametrize("destination", ["acme/nope", "other/model", "nope", ""])
def test_the_destination_is_a_model_of_ones_own(mock: MockTransport, client: httpx.Client, destination: str) -> None:
    """Else there is none, in the words of the service."""
    mock.model("other/model")(lambda: None)
    response = client.post(path_of(client), json={"destination": destination, "input": {"data": "x"}})
    assert problem_of(response, 404) == {"detail": "The specified training destination does not exist", "status": 404}
    assert body_of(client.get("/trainings"))["results"] == []


def test_the_input_must_fit_the_trainer(mock: MockTransport, client: httpx.Client) -> None:
    """Not the model; and there must be a trainer."""
    for input, row in (
        ({}, ("required", "input", "data is required")),
        (
            {"data": "x", "prompt": "y"},
            ("additional_property_not_allowed", "input", "Additional property prompt is not allowed"),
        ),
    ):
        response = client.post(path_of(client), json={"destination": "acme/mine", "input": input})
        assert [tuple(found.values()) for found in problem_of(response, 422)["invalid_fields"]] == [row]
    mock.model("acme/echo")(lambda: None)
    response = client.post(path_of(client), json={"destination": "acme/mine", "input": {}})
    assert "cannot be trained" in problem_of(response, 422)["detail"]


def test_a_destination_that_is_deleted_gets_no_version(mock: MockTransport, client: httpx.Client) -> None:
    """The training succeeds all the same."""
    created = train(client)
    client.delete("/models/acme/mine").raise_for_status()
    mock.clock.sleep(61)
    assert read(client, created)["status"] == "succeeded"
    problem_of(client.get("/models/acme/mine"), 404)


def test_what_is_trained_is_registered_first(mock: MockTransport) -> None:
    """A model that there is none of cannot be trained."""
    with pytest.raises(ValueError, match="no model acme/ecko; register it first; did you mean acme/echo"):
        mock.training("acme/ecko")(lambda: None)
    with pytest.raises(ValueError, match="acme/mine has no version"):
        mock.training("acme/mine")(lambda: None)


def test_no_prediction_runs_for_a_training(mock: MockTransport, client: httpx.Client) -> None:
    """The trainer is called once, when somebody looks after its start."""
    calls: list[str] = []

    @mock.training("acme/echo", starting=1)
    def called(data: str) -> None:
        calls.append(data)

    created = train(client)
    read(client, created)
    assert calls == []
    mock.clock.sleep(100)
    for _ in range(3):
        read(client, created)
    assert calls == ["cats"]
    assert create(client, prompt="x")["status"] == "starting"
