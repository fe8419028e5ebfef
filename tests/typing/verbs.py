"""The types of running, waiting and asking, for mypy and pyright to check; never run."""

from __future__ import annotations

from typing import Any, assert_type

import replicate_typed
from replicate_typed import (
    AsyncClient,
    AsyncEventStream,
    AsyncRun,
    Client,
    Event,
    EventStream,
    EventType,
    Model,
    ModelVersion,
    Paginator,
    Prediction,
    PredictionStatus,
    Progress,
    Reference,
    Run,
    TrainingUpdate,
    Update,
)
from replicate_typed.models import Deployment, SearchResults, Training, WebhookEvent


def see(update: Update) -> None:
    """What `on_update` is called with."""
    assert_type(update.prediction, Prediction)
    assert_type(update.status, PredictionStatus)
    assert_type((update.progress, update.new_logs), tuple[Progress | None, str])


async def asee(update: Update) -> None:
    """An async client awaits it."""


def see_training(update: TrainingUpdate) -> None:
    """What `on_update` of a training is called with."""
    assert_type(update.training, Training)
    assert_type((update.status, update.progress, update.new_logs), tuple[PredictionStatus, Progress | None, str])


def verbs(client: Client, prediction: Prediction, model: Model, version: ModelVersion, deployment: Deployment) -> None:
    assert_type(client.run("acme/echo"), Any)
    assert_type(client.run("acme/echo", {"text": "a"}, timeout=5, on_update=see, hold=5, cancel_on_exit=False), Any)
    for reference in (model, version, deployment, Reference("model", "acme", "echo")):
        assert_type(client.submit(reference, {}, webhook="https://acme.example"), Run)
    assert_type(client.submit("acme/echo", {}, webhook_events_filter=["start", WebhookEvent.COMPLETED]), Run)
    assert_type(client.wait(prediction, timeout=5), Prediction)
    assert_type(client.wait("id", on_update=see), Prediction)
    assert_type(client.attach("id").wait(on_update=see), Prediction)
    assert_type(client.attach(prediction), Run)
    assert_type(client.trainings.wait("id", on_update=see_training, timeout=5), Training)
    with client.stream("acme/echo", {"text": "a"}, timeout=5, cancel_on_exit=False) as events:
        assert_type(events, EventStream)
        assert_type(events.prediction, Prediction)
        assert_type(events.text, str)
        for event in events:
            assert_type(event, Event)
            assert_type((event.type, event.data, event.id), tuple[EventType, str, str | None])
    assert_type([str(event) for event in client.stream("acme/echo")], list[str])
    assert_type(client.request("GET", "/hardware"), Any)
    assert_type(client.search("text", limit=5), SearchResults)
    assert_type(client.with_options(timeout=5), Client)
    with client as same:
        assert_type(same, Client)


async def async_verbs(client: AsyncClient, prediction: Prediction, model: Model) -> None:
    assert_type(await client.run("acme/echo"), Any)
    assert_type(await client.run(model, {"text": "a"}, timeout=5, on_update=see, hold=5, cancel_on_exit=False), Any)
    assert_type(await client.submit("acme/echo", {}, webhook="https://acme.example"), AsyncRun)
    assert_type(await client.wait(prediction, timeout=5), Prediction)
    assert_type(await client.wait("id", on_update=asee), Prediction)
    assert_type(await client.attach("id"), AsyncRun)
    assert_type(await client.trainings.wait("id", on_update=see_training), Training)
    async with client.stream(model, webhook="https://acme.example", cancel_after=5) as events:
        assert_type(events, AsyncEventStream)
        async for event in events:
            assert_type(event, Event)
    assert_type([event async for event in client.stream("acme/echo")], list[Event])
    assert_type(await client.request("GET", "/hardware"), Any)
    assert_type(await client.search("text", limit=5), SearchResults)
    assert_type(client.with_options(timeout=5), AsyncClient)
    async with client as same:
        assert_type(same, AsyncClient)


def module_level_verbs(client: Client, prediction: Prediction) -> None:
    assert_type(replicate_typed.run("acme/echo", {}), Any)
    assert_type(replicate_typed.submit("acme/echo", {}), Run)
    assert_type(replicate_typed.wait(prediction), Prediction)
    assert_type(replicate_typed.attach("id"), Run)
    assert_type(replicate_typed.__version__, str)
    assert_type(replicate_typed.stream("acme/echo"), EventStream)
    assert_type(replicate_typed.paginate(client.models.list), Paginator[Model])


def streams(stream: EventStream, event: Event) -> None:
    assert_type((stream.id, stream.prediction, stream.text), tuple[str, Prediction, str])
    assert_type(stream.result(), Any)
    assert_type(stream.close(), None)
    assert_type((event.type, event.data, event.id), tuple[EventType, str, str | None])


async def async_streams(stream: AsyncEventStream) -> None:
    assert_type((stream.id, stream.prediction, stream.text), tuple[str, Prediction, str])
    assert_type(await stream.result(), Any)
    assert_type(await stream.close(), None)


def handles(run: Run) -> None:
    assert_type(run.id, str)
    assert_type((run.prediction, run.status, run.logs), tuple[Prediction, PredictionStatus, str])
    assert_type(run.refresh(), Prediction)
    assert_type(run.cancel(), Prediction)
    assert_type(run.wait(timeout=5), Prediction)
    assert_type(run.result(timeout=5), Any)
    assert_type(run.stream(timeout=5, cancel_on_exit=True), EventStream)


async def async_handles(run: AsyncRun) -> None:
    assert_type(run.id, str)
    assert_type((run.prediction, run.status, run.logs), tuple[Prediction, PredictionStatus, str])
    assert_type(await run.refresh(), Prediction)
    assert_type(await run.cancel(), Prediction)
    assert_type(await run.wait(timeout=5), Prediction)
    assert_type(await run.result(timeout=5), Any)
    assert_type(run.stream(), AsyncEventStream)
