"""The transport to a Cog model server, against a real one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from servers import unused_url

from replicate_typed import (
    APIConnectionError,
    AsyncClient,
    AsyncCogTransport,
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
def client(cog_url: str) -> AsyncClient:
    return AsyncClient(transport=AsyncCogTransport(cog_url, model="acme/reader"))


@pytest.fixture
def go(tmp_path: Path) -> Path:
    """A file that lets the model go on once it is there."""
    return tmp_path / "go"


def open_door(go: Path) -> None:
    go.touch()


async def test_a_run_gives_the_output(client: AsyncClient) -> None:
    """As on the service, by every name of the model, without a token."""
    assert await client.run("acme/reader", {"text": "fox"}) == "FOX"
    assert await client.run("acme/reader:5c7d5dc6", {"text": "owl"}) == "OWL"
    model = await client.models.get("acme/reader")
    assert await client.run(model, {"text": "bear"}) == "BEAR"
    assert model.latest_version is not None
    assert await client.run(model.latest_version, {"text": "elk"}) == "ELK"


async def test_a_server_without_a_name_answers_to_every_name(cog_url: str) -> None:
    """And to none at all; its predictions and its model have the name that was asked for."""
    transport = AsyncCogTransport(cog_url)
    assert repr(transport) == f"<{type(transport).__name__} any model at {cog_url}>"
    client = AsyncClient(transport=transport)
    run = await client.submit("acme/painter", {"text": "fox"})
    assert (run.prediction.model, await run.result()) == ("acme/painter", "FOX")
    model = await client.models.get("acme/poet")
    assert (model.owner, model.name) == ("acme", "poet")
    assert await client.run(model, {"text": "owl"}) == "OWL"
    nameless = await client.submit("5c7d" * 16, {"text": "elk"})
    assert (nameless.prediction.model, await nameless.result()) == (None, "ELK")
    with pytest.raises(NotSupportedError, match="it runs one model"):
        await client.hardware.list()


async def test_the_environment_puts_a_server_in_place_of_the_service(
    cog_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For clients that were given no transport; errors name the server, and no token is needed."""
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"cog:{cog_url}/")
    async with AsyncClient() as client:
        assert await client.run("acme/painter", {"text": "fox"}) == "FOX"
        with pytest.raises(NotSupportedError):
            await client.hardware.list()
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"cog:{(nowhere := unused_url())}")
    with pytest.raises(APIConnectionError, match=nowhere):
        await AsyncClient(retries=0).run("acme/painter", {"text": "fox"})
    monkeypatch.setenv("REPLICATE_TRANSPORT", "cog:localhost")
    with pytest.raises(ValueError, match="the Cog server in REPLICATE_TRANSPORT must start with https:// or http://"):
        AsyncClient()


async def test_logs_and_status_are_seen_as_they_change(client: AsyncClient, go: Path) -> None:
    """The model goes on only after its first line has been seen."""
    seen: list[tuple[str, str | None]] = []

    def watch(update: Update) -> None:
        seen.append((str(update.status), update.prediction.logs))
        if update.new_logs:
            go.touch()

    assert await client.run("acme/reader", {"text": "fox", "until": str(go)}, timeout=30, on_update=watch) == "FOX"
    assert next(status for status, logs in seen if logs) == "processing"
    status, logs = seen[-1]
    assert status == "succeeded"
    assert logs is not None
    assert logs.startswith("reading fox\nwaiting\n")


async def test_a_stream_gives_what_is_seen_as_it_is_seen(client: AsyncClient, go: Path) -> None:
    """The server has no streams, so the prediction is looked at; the model goes on after its first line."""
    seen: list[str] = []
    async with client.stream("acme/reader", {"text": "fox", "until": str(go)}, timeout=30) as events:
        async for event in events:
            seen.append(str(event.type))
            open_door(go)
    assert (seen[0], seen[-2:]) == ("logs", ["output", "done"])
    assert events.text == "FOX"
    assert events.prediction.status == "succeeded"


async def test_leaving_a_stream_cancels(client: AsyncClient, go: Path) -> None:
    """Here as on the service."""
    async with client.stream("acme/reader", {"text": "fox", "until": str(go)}, timeout=30) as events:
        async for _ in events:
            break
    assert (await client.wait(events.id, timeout=30)).status == "canceled"


async def test_the_prediction_is_described_as_by_the_service(client: AsyncClient) -> None:
    """Times, metrics, input and the version that was named."""
    run = await client.submit("acme/reader:5c7d5dc6", {"text": "fox"})
    prediction = await run.wait(timeout=30)
    assert (prediction.model, prediction.version, prediction.input) == ("acme/reader", "5c7d5dc6", {"text": "fox"})
    assert prediction.started_at is not None
    assert prediction.completed_at is not None
    assert prediction.created_at <= prediction.started_at <= prediction.completed_at
    assert prediction.metrics is not None
    assert prediction.metrics.predict_time is not None
    assert prediction.metrics.total_time is not None
    assert prediction.metrics.predict_time <= prediction.metrics.total_time
    again = await client.wait(run.id)
    assert again == prediction


async def test_a_failure_is_a_model_error_with_the_logs(client: AsyncClient) -> None:
    """In the model's own words."""
    with pytest.raises(PredictionFailedError, match=r"of acme/reader failed: ValueError: too dark\n") as caught:
        await client.run("acme/reader", {"text": "fox", "error": "too dark"}, timeout=30)
    assert caught.value.prediction.error == "ValueError: too dark"
    assert caught.value.prediction.logs == "reading fox\n"
    assert "reading fox" in str(caught.value)


async def test_cancel_ends_it_and_frees_the_server(client: AsyncClient, go: Path) -> None:
    """The next one runs, although the model would have gone on for ever."""
    run = await client.submit("acme/reader", {"text": "fox", "until": str(go)})
    prediction = await run.cancel()
    assert prediction.status == "canceled"
    assert prediction.completed_at is not None
    with pytest.raises(PredictionCanceledError):
        await run.result()
    assert (await client.predictions.cancel(run.id)).status == "canceled"
    assert await client.run("acme/reader", {"text": "owl"}, timeout=30) == "OWL"


async def test_a_deadline_cancels_it(client: AsyncClient, go: Path) -> None:
    """On the server too: the next one runs."""
    with pytest.raises(RunTimeoutError, match="it was canceled") as caught:
        await client.run("acme/reader", {"text": "fox", "until": str(go)}, timeout=0.5)
    assert caught.value.prediction is not None
    assert (caught.value.prediction.logs or "").startswith("reading fox\nwaiting\n")
    assert await client.run("acme/reader", {"text": "owl"}, timeout=30) == "OWL"


async def test_the_second_of_two_waits_in_line(client: AsyncClient, go: Path) -> None:
    """The server has room for one; on the service the others would be starting, too."""
    first = await client.submit("acme/reader", {"text": "fox", "until": str(go)})
    second = await client.submit("acme/reader", {"text": "owl"})
    third = await client.submit("acme/reader", {"text": "elk"})
    assert (await third.cancel()).status == "canceled"
    assert (await first.refresh()).status == "processing"
    assert (await second.refresh()).status == "starting"
    open_door(go)
    assert await second.result(timeout=30) == "OWL"
    assert await first.result(timeout=30) == "FOX"
    assert (await third.refresh()).started_at is None


async def test_those_in_line_keep_their_order(client: AsyncClient, go: Path) -> None:
    """First come, first served."""
    runs = [await client.submit("acme/reader", {"text": "fox", "until": str(go)})]
    for _ in range(4):
        runs.append(await client.submit("acme/reader", {"text": "owl"}))
    open_door(go)
    started = [(await run.wait(timeout=30)).started_at for run in runs]
    assert None not in started
    assert started == sorted(started, key=str)


async def test_a_server_killed_in_the_middle_fails_the_prediction(go: Path) -> None:
    """At once, with the logs so far and an error that says which server is gone."""
    with CogServer(COG_MODEL) as server:
        client = AsyncClient(transport=AsyncCogTransport(server.url, model="acme/reader"))

        def kill(update: Update) -> None:
            if update.new_logs:
                server.kill()

        with pytest.raises(PredictionFailedError, match=f"the Cog server at {server.url} went away while it ran"):
            await client.run("acme/reader", {"text": "fox", "until": str(go)}, timeout=30, on_update=kill)
        with pytest.raises(APIConnectionError, match=server.url):
            await client.with_options(retries=0).run("acme/reader", {"text": "fox"})


async def test_a_server_that_is_not_there_is_an_error_at_once() -> None:
    """Nothing was begun, so nothing is ambiguous."""
    url = unused_url()
    client = AsyncClient(transport=AsyncCogTransport(url, model="acme/reader"), retries=0)
    for call in (lambda: client.submit("acme/reader"), lambda: client.models.get("acme/reader")):
        with pytest.raises(APIConnectionError, match=f"at {url}: could not connect: "):
            await call()


async def test_an_input_that_does_not_fit_is_refused(client: AsyncClient) -> None:
    """By the create itself, as on the service; the server has a schema to check it with."""
    with pytest.raises(UnprocessableEntityError, match='5 is not of type "string"') as caught:
        await client.predictions.create("acme/reader", {"text": 5})
    assert [row["field"] for row in caught.value.invalid_fields] == ["input.text"]
    assert (await client.models.get("acme/reader")).run_count == 0


async def test_a_hold_waits_for_the_end(client: AsyncClient) -> None:
    """The first answer is the last."""
    prediction = await client.predictions.create("acme/reader", {"text": "fox"}, hold=30)
    assert (prediction.status, prediction.output) == ("succeeded", "FOX")


async def test_the_model_comes_with_the_schema_of_the_server(client: AsyncClient, cog_url: str) -> None:
    """And with the version of Cog."""
    model = await client.models.get("acme/reader")
    assert (model.owner, model.name, model.url) == ("acme", "reader", cog_url)
    assert model.latest_version is not None
    assert model.latest_version.cog_version == metadata.version("cog")
    schema: Any = model.latest_version.openapi_schema
    assert list(schema["components"]["schemas"]["Input"]["properties"]) == ["error", "text", "until"]


async def test_a_server_without_a_schema_takes_any_input(tmp_path: Path) -> None:
    """And the model has none."""
    (tmp_path / "predict.py").write_text((COG_MODEL / "predict.py").read_text())
    with CogServer(tmp_path) as server:
        client = AsyncClient(transport=AsyncCogTransport(server.url, model="acme/reader"))
        model = await client.models.get("acme/reader")
        assert model.latest_version is not None
        assert model.latest_version.openapi_schema is None
        with pytest.raises(PredictionFailedError, match="unexpected keyword argument 'colour'"):
            await client.run("acme/reader", {"text": "fox", "colour": "red"}, timeout=30)


async def test_what_a_server_lacks_is_not_supported(client: AsyncClient) -> None:
    """Said before anything is sent, with what there is instead."""
    calls: list[tuple[Callable[[], Awaitable[object]], str]] = [
        (lambda: client.predictions.list(), "GET /predictions: a Cog server has no such thing; it runs acme/reader"),
        (lambda: client.models.list(), "GET /models: "),
        (lambda: client.hardware.list(), "GET /hardware: "),
        (lambda: client.run("deployments/acme/prod", {}), "POST /deployments/acme/prod/predictions: "),
        (lambda: client.run("acme/writer", {}), "the Cog server runs acme/reader, not acme/writer"),
        (lambda: client.models.get("acme/writer"), "the Cog server runs acme/reader, not acme/writer"),
    ]
    for call, message in calls:
        with pytest.raises(NotSupportedError, match=message):
            await call()


async def test_an_unknown_prediction_is_not_found(client: AsyncClient) -> None:
    """As on the service."""
    with pytest.raises(NotFoundError, match="no prediction 4x"):
        await client.predictions.get("4x")
