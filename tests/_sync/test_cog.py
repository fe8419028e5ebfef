# Made by scripts/unasync.py from tests/_async/test_cog.py; do not edit.
"""The transport to a Cog model server, against a real one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from servers import unused_url

from replicate_typed import (
    APIConnectionError,
    Client,
    CogTransport,
    NotFoundError,
    NotSupportedError,
    PredictionCanceledError,
    PredictionFailedError,
    RunTimeoutError,
    UnprocessableEntityError,
    Update,
)
from scripts.cog_server import CogServer

pytestmark = pytest.mark.anyio

COG_MODEL = Path(__file__).parents[1] / "cog_model"


@pytest.fixture
def client(cog_url: str) -> Client:
    return Client(transport=CogTransport(cog_url, model="acme/reader"))


@pytest.fixture
def go(tmp_path: Path) -> Path:
    """A file that lets the model go on once it is there."""
    return tmp_path / "go"


def open_door(go: Path) -> None:
    go.touch()


def test_a_run_gives_the_output(client: Client) -> None:
    """As on the service, by every name of the model, without a token."""
    assert client.run("acme/reader", {"text": "fox"}) == "FOX"
    assert client.run("acme/reader:5c7d5dc6", {"text": "owl"}) == "OWL"
    model = client.models.get("acme/reader")
    assert client.run(model, {"text": "bear"}) == "BEAR"
    assert model.latest_version is not None
    assert client.run(model.latest_version, {"text": "elk"}) == "ELK"


def test_a_server_without_a_name_answers_to_every_name(cog_url: str) -> None:
    """And to none at all; its predictions and its model have the name that was asked for."""
    transport = CogTransport(cog_url)
    assert repr(transport) == f"<{type(transport).__name__} any model at {cog_url}>"
    client = Client(transport=transport)
    run = client.submit("acme/painter", {"text": "fox"})
    assert (run.prediction.model, run.result()) == ("acme/painter", "FOX")
    model = client.models.get("acme/poet")
    assert (model.owner, model.name) == ("acme", "poet")
    assert client.run(model, {"text": "owl"}) == "OWL"
    nameless = client.submit("5c7d" * 16, {"text": "elk"})
    assert (nameless.prediction.model, nameless.result()) == (None, "ELK")
    with pytest.raises(NotSupportedError, match="it runs one model"):
        client.hardware.list()


def test_the_environment_puts_a_server_in_place_of_the_service(cog_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For clients that were given no transport; errors name the server, and no token is needed."""
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"cog:{cog_url}/")
    with Client() as client:
        assert client.run("acme/painter", {"text": "fox"}) == "FOX"
        with pytest.raises(NotSupportedError):
            client.hardware.list()
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"cog:{(nowhere := unused_url())}")
    with pytest.raises(APIConnectionError, match=nowhere):
        Client(retries=0).run("acme/painter", {"text": "fox"})
    monkeypatch.setenv("REPLICATE_TRANSPORT", "cog:localhost")
    with pytest.raises(ValueError, match="the Cog server in REPLICATE_TRANSPORT must start with https:// or http://"):
        Client()


def test_logs_and_status_are_seen_as_they_change(client: Client, go: Path) -> None:
    """The model goes on only after its first line has been seen."""
    seen: list[tuple[str, str | None]] = []

    def watch(update: Update) -> None:
        seen.append((str(update.status), update.prediction.logs))
        if update.new_logs:
            go.touch()

    assert client.run("acme/reader", {"text": "fox", "until": str(go)}, timeout=30, on_update=watch) == "FOX"
    assert next(status for status, logs in seen if logs) == "processing"
    status, logs = seen[-1]
    assert status == "succeeded"
    assert logs is not None
    assert logs.startswith("reading fox\nwaiting\n")


def test_a_stream_gives_what_is_seen_as_it_is_seen(client: Client, go: Path) -> None:
    """The server has no streams, so the prediction is looked at; the model goes on after its first line."""
    seen: list[str] = []
    with client.stream("acme/reader", {"text": "fox", "until": str(go)}, timeout=30) as events:
        for event in events:
            seen.append(str(event.type))
            open_door(go)
    assert (seen[0], seen[-2:]) == ("logs", ["output", "done"])
    assert events.text == "FOX"
    assert events.prediction.status == "succeeded"


def test_leaving_a_stream_cancels(client: Client, go: Path) -> None:
    """Here as on the service."""
    with client.stream("acme/reader", {"text": "fox", "until": str(go)}, timeout=30) as events:
        for _ in events:
            break
    assert (client.wait(events.id, timeout=30)).status == "canceled"


def test_the_prediction_is_described_as_by_the_service(client: Client) -> None:
    """Times, metrics, input and the version that was named."""
    run = client.submit("acme/reader:5c7d5dc6", {"text": "fox"})
    prediction = run.wait(timeout=30)
    assert (prediction.model, prediction.version, prediction.input) == ("acme/reader", "5c7d5dc6", {"text": "fox"})
    assert prediction.started_at is not None
    assert prediction.completed_at is not None
    assert prediction.created_at <= prediction.started_at <= prediction.completed_at
    assert prediction.metrics is not None
    assert prediction.metrics.predict_time is not None
    assert prediction.metrics.total_time is not None
    assert prediction.metrics.predict_time <= prediction.metrics.total_time
    again = client.wait(run.id)
    assert again == prediction


def test_a_failure_is_a_model_error_with_the_logs(client: Client) -> None:
    """In the model's own words."""
    with pytest.raises(PredictionFailedError, match=r"of acme/reader failed: ValueError: too dark\n") as caught:
        client.run("acme/reader", {"text": "fox", "error": "too dark"}, timeout=30)
    assert caught.value.prediction.error == "ValueError: too dark"
    assert caught.value.prediction.logs == "reading fox\n"
    assert "reading fox" in str(caught.value)


def test_cancel_ends_it_and_frees_the_server(client: Client, go: Path) -> None:
    """The next one runs, although the model would have gone on for ever."""
    run = client.submit("acme/reader", {"text": "fox", "until": str(go)})
    prediction = run.cancel()
    assert prediction.status == "canceled"
    assert prediction.completed_at is not None
    with pytest.raises(PredictionCanceledError):
        run.result()
    assert (client.predictions.cancel(run.id)).status == "canceled"
    assert client.run("acme/reader", {"text": "owl"}, timeout=30) == "OWL"


def test_a_deadline_cancels_it(client: Client, go: Path) -> None:
    """On the server too: the next one runs."""
    with pytest.raises(RunTimeoutError, match="it was canceled") as caught:
        client.run("acme/reader", {"text": "fox", "until": str(go)}, timeout=0.5)
    assert caught.value.prediction is not None
    assert (caught.value.prediction.logs or "").startswith("reading fox\nwaiting\n")
    assert client.run("acme/reader", {"text": "owl"}, timeout=30) == "OWL"


def test_the_second_of_two_waits_in_line(client: Client, go: Path) -> None:
    """The server has room for one; on the service the others would be starting, too."""
    first = client.submit("acme/reader", {"text": "fox", "until": str(go)})
    second = client.submit("acme/reader", {"text": "owl"})
    third = client.submit("acme/reader", {"text": "elk"})
    assert (third.cancel()).status == "canceled"
    assert (first.refresh()).status == "processing"
    assert (second.refresh()).status == "starting"
    open_door(go)
    assert second.result(timeout=30) == "OWL"
    assert first.result(timeout=30) == "FOX"
    assert (third.refresh()).started_at is None


def test_those_in_line_keep_their_order(client: Client, go: Path) -> None:
    """First come, first served."""
    runs = [client.submit("acme/reader", {"text": "fox", "until": str(go)})]
    for _ in range(4):
        runs.append(client.submit("acme/reader", {"text": "owl"}))
    open_door(go)
    started = [(run.wait(timeout=30)).started_at for run in runs]
    assert None not in started
    assert started == sorted(started, key=str)


def test_a_server_killed_in_the_middle_fails_the_prediction(go: Path) -> None:
    """At once, with the logs so far and an error that says which server is gone."""
    with CogServer(COG_MODEL) as server:
        client = Client(transport=CogTransport(server.url, model="acme/reader"))

        def kill(update: Update) -> None:
            if update.new_logs:
                server.kill()

        with pytest.raises(PredictionFailedError, match=f"the Cog server at {server.url} went away while it ran"):
            client.run("acme/reader", {"text": "fox", "until": str(go)}, timeout=30, on_update=kill)
        with pytest.raises(APIConnectionError, match=server.url):
            client.with_options(retries=0).run("acme/reader", {"text": "fox"})


def test_a_server_that_is_not_there_is_an_error_at_once() -> None:
    """Nothing was begun, so nothing is ambiguous."""
    url = unused_url()
    client = Client(transport=CogTransport(url, model="acme/reader"), retries=0)
    for call in (lambda: client.submit("acme/reader"), lambda: client.models.get("acme/reader")):
        with pytest.raises(APIConnectionError, match=f"at {url}: could not connect: "):
            call()


def test_an_input_that_does_not_fit_is_refused(client: Client) -> None:
    """By the create itself, as on the service; the server has a schema to check it with."""
    with pytest.raises(UnprocessableEntityError, match='5 is not of type "string"') as caught:
        client.predictions.create("acme/reader", {"text": 5})
    assert [row["field"] for row in caught.value.invalid_fields] == ["input.text"]
    assert (client.models.get("acme/reader")).run_count == 0


def test_a_hold_waits_for_the_end(client: Client) -> None:
    """The first answer is the last."""
    prediction = client.predictions.create("acme/reader", {"text": "fox"}, hold=30)
    assert (prediction.status, prediction.output) == ("succeeded", "FOX")


def test_the_model_comes_with_the_schema_of_the_server(client: Client, cog_url: str) -> None:
    """And with the version of Cog."""
    model = client.models.get("acme/reader")
    assert (model.owner, model.name, model.url) == ("acme", "reader", cog_url)
    assert model.latest_version is not None
    assert model.latest_version.cog_version == metadata.version("cog")
    schema: Any = model.latest_version.openapi_schema
    assert list(schema["components"]["schemas"]["Input"]["properties"]) == ["error", "text", "until"]


def test_a_server_without_a_schema_takes_any_input(tmp_path: Path) -> None:
    """And the model has none."""
    (tmp_path / "predict.py").write_text((COG_MODEL / "predict.py").read_text())
    with CogServer(tmp_path) as server:
        client = Client(transport=CogTransport(server.url, model="acme/reader"))
        model = client.models.get("acme/reader")
        assert model.latest_version is not None
        assert model.latest_version.openapi_schema is None
        with pytest.raises(PredictionFailedError, match="unexpected keyword argument 'colour'"):
            client.run("acme/reader", {"text": "fox", "colour": "red"}, timeout=30)


def test_what_a_server_lacks_is_not_supported(client: Client) -> None:
    """Said before anything is sent, with what there is instead."""
    calls: list[tuple[Callable[[], object], str]] = [
        (lambda: client.predictions.list(), "GET /predictions: a Cog server has no such thing; it runs acme/reader"),
        (lambda: client.models.list(), "GET /models: "),
        (lambda: client.hardware.list(), "GET /hardware: "),
        (lambda: client.run("deployments/acme/prod", {}), "POST /deployments/acme/prod/predictions: "),
        (lambda: client.run("acme/writer", {}), "the Cog server runs acme/reader, not acme/writer"),
        (lambda: client.models.get("acme/writer"), "the Cog server runs acme/reader, not acme/writer"),
    ]
    for call, message in calls:
        with pytest.raises(NotSupportedError, match=message):
            call()


def test_an_unknown_prediction_is_not_found(client: Client) -> None:
    """As on the service."""
    with pytest.raises(NotFoundError, match="no prediction 4x"):
        client.predictions.get("4x")
