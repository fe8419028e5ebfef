"""The types of the public API, for mypy and pyright to check; never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from typing import Any, assert_type

import httpx

import replicate_typed
from replicate_api.api.account.resource import AccountProtocol, AsyncAccountProtocol
from replicate_api.api.collections.resource import AsyncCollectionsProtocol, CollectionsProtocol
from replicate_api.api.deployments.resource import AsyncDeploymentsProtocol, DeploymentsProtocol
from replicate_api.api.deployments_predictions.resource import (
    AsyncDeploymentsPredictionsProtocol,
    DeploymentsPredictionsProtocol,
)
from replicate_api.api.files.resource import AsyncFilesProtocol, FilesProtocol
from replicate_api.api.hardware.hardware_list import hardware_list
from replicate_api.api.hardware.resource import AsyncHardwareProtocol, HardwareProtocol
from replicate_api.api.models.models_get import models_get
from replicate_api.api.models.resource import AsyncModelsProtocol, ModelsProtocol
from replicate_api.api.models_examples.resource import AsyncModelsExamplesProtocol, ModelsExamplesProtocol
from replicate_api.api.models_predictions.resource import AsyncModelsPredictionsProtocol, ModelsPredictionsProtocol
from replicate_api.api.models_readme.resource import AsyncModelsReadmeProtocol, ModelsReadmeProtocol
from replicate_api.api.models_versions.resource import AsyncModelsVersionsProtocol, ModelsVersionsProtocol
from replicate_api.api.predictions.resource import AsyncPredictionsProtocol, PredictionsProtocol
from replicate_api.api.trainings.resource import AsyncTrainingsProtocol, TrainingsProtocol
from replicate_api.api.webhooks.resource import AsyncWebhooksProtocol, WebhooksProtocol
from replicate_api.api.webhooks_default.resource import AsyncWebhooksDefaultProtocol, WebhooksDefaultProtocol
from replicate_api.api.webhooks_default_secret.resource import (
    AsyncWebhooksDefaultSecretProtocol,
    WebhooksDefaultSecretProtocol,
)
from replicate_api.types import AsyncSender, BinaryResponse, Operation, Page, Sender
from replicate_typed import (
    APIStatusError,
    AsyncClient,
    AsyncHTTPTransport,
    AsyncPaginator,
    AsyncRun,
    AsyncTransport,
    Client,
    Clock,
    HTTPTransport,
    MockTransport,
    Model,
    ModelError,
    ModelVersion,
    Paginator,
    Prediction,
    PredictionStatus,
    RateLimitError,
    RawResponse,
    Reference,
    Run,
    RunTimeoutError,
    SystemClock,
    Transport,
    VirtualClock,
)
from replicate_typed.models import (
    Account,
    CollectionItem,
    CollectionPage,
    Deployment,
    File,
    Hardware,
    ModelPage,
    ModelVersionPage,
    PredictionPage,
    PredictionUrls,
    SearchResults,
    Training,
    WebhookEvent,
    WebhookSecret,
)


def see(prediction: Prediction) -> None:
    """What `on_update` is called with."""


def verbs(client: Client, prediction: Prediction, model: Model, version: ModelVersion, deployment: Deployment) -> None:
    assert_type(client.run("acme/echo"), Any)
    assert_type(client.run("acme/echo", {"text": "a"}, timeout=5, on_update=see, hold=5, cancel_on_exit=False), Any)
    for reference in (model, version, deployment, Reference("model", "acme", "echo")):
        assert_type(client.submit(reference, {}, webhook="https://acme.example"), Run)
    assert_type(client.submit("acme/echo", {}, webhook_events_filter=["start", WebhookEvent.COMPLETED]), Run)
    assert_type(client.wait(prediction, timeout=5), Prediction)
    assert_type(client.wait("id", on_update=see), Prediction)
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
    assert_type(await client.wait("id", on_update=see), Prediction)
    assert_type(await client.request("GET", "/hardware"), Any)
    assert_type(await client.search("text", limit=5), SearchResults)
    assert_type(client.with_options(timeout=5), AsyncClient)
    async with client as same:
        assert_type(same, AsyncClient)


def module_level_verbs(client: Client, prediction: Prediction) -> None:
    assert_type(replicate_typed.run("acme/echo", {}), Any)
    assert_type(replicate_typed.submit("acme/echo", {}), Run)
    assert_type(replicate_typed.wait(prediction), Prediction)
    assert_type(replicate_typed.paginate(client.models.list), Paginator[Model])


def handles(run: Run) -> None:
    assert_type(run.id, str)
    assert_type(run.prediction, Prediction)
    assert_type(run.refresh(), Prediction)
    assert_type(run.cancel(), Prediction)
    assert_type(run.wait(timeout=5), Prediction)
    assert_type(run.result(timeout=5), Any)


async def async_handles(run: AsyncRun) -> None:
    assert_type(run.id, str)
    assert_type(run.prediction, Prediction)
    assert_type(await run.refresh(), Prediction)
    assert_type(await run.cancel(), Prediction)
    assert_type(await run.wait(timeout=5), Prediction)
    assert_type(await run.result(timeout=5), Any)


def pages(client: Client) -> None:
    assert_type(client.paginate(client.models.list), Paginator[Model])
    assert_type(client.paginate(client.models.list, sort_by="model_created_at"), Paginator[Model])
    assert_type(client.paginate(client.models.versions.list, "acme/echo"), Paginator[ModelVersion])
    assert_type(client.paginate(client.predictions.list), Paginator[Prediction])
    assert_type(client.paginate(client.deployments.list), Paginator[Deployment])
    assert_type(client.paginate(client.collections.list), Paginator[CollectionItem])
    assert_type(client.paginate(client.trainings.list), Paginator[Training])
    assert_type(client.paginate(client.files.list), Paginator[File])
    items: Iterator[Model] = client.paginate(client.models.list)
    for model in items:
        assert_type(model, Model)
    for page in client.paginate(client.models.list).pages():
        assert_type(page, Page[Model])
        assert_type(page.next, str | None)


async def async_pages(client: AsyncClient) -> None:
    assert_type(client.paginate(client.models.list), AsyncPaginator[Model])
    assert_type(client.paginate(client.models.versions.list, "acme/echo"), AsyncPaginator[ModelVersion])
    assert_type(client.paginate(client.predictions.list), AsyncPaginator[Prediction])
    items: AsyncIterator[Model] = client.paginate(client.models.list)
    async for model in items:
        assert_type(model, Model)
    async for page in client.paginate(client.models.list).pages():
        assert_type(page, Page[Model])


def resources(client: Client, prediction: Prediction, model: Model) -> None:
    assert_type(client.account.get(), Account)
    assert_type(client.collections.list(), CollectionPage)
    assert_type(client.deployments.get("acme/prod"), Deployment)
    assert_type(client.deployments.predictions.create("acme/prod", {}), Prediction)
    assert_type(client.files.download("id", owner="acme", expiry=5, signature="s"), BinaryResponse)
    assert_type(client.hardware.list(), list[Hardware])
    assert_type(client.models.get("acme/echo"), Model)
    assert_type(client.models.get(model), Model)
    assert_type(client.models.list(), ModelPage)
    assert_type(client.models.delete("acme/echo"), None)
    assert_type(client.models.predictions.create("acme/echo", {}), Prediction)
    assert_type(client.models.readme.get("acme/echo"), str)
    assert_type(client.models.versions.get("acme/echo", "id"), ModelVersion)
    assert_type(client.models.versions.list("acme/echo"), ModelVersionPage)
    assert_type(client.predictions.create("acme/echo", {}), Prediction)
    assert_type(client.predictions.get("id"), Prediction)
    assert_type(client.predictions.get(prediction), Prediction)
    assert_type(client.predictions.cancel("id"), Prediction)
    assert_type(client.predictions.list(created_after=datetime(2025, 1, 1)), PredictionPage)
    assert_type(client.predictions.wait("id"), Prediction)
    assert_type(client.trainings.create("acme/echo:id", destination="acme/other", input={}), Training)
    assert_type(client.webhooks.default.secret.get(), WebhookSecret)


async def async_resources(client: AsyncClient) -> None:
    assert_type(await client.account.get(), Account)
    assert_type(await client.deployments.predictions.create("acme/prod", {}), Prediction)
    assert_type(await client.files.download("id", owner="acme", expiry=5, signature="s"), BinaryResponse)
    assert_type(await client.hardware.list(), list[Hardware])
    assert_type(await client.models.get("acme/echo"), Model)
    assert_type(await client.models.list(), ModelPage)
    assert_type(await client.models.predictions.create("acme/echo", {}), Prediction)
    assert_type(await client.models.versions.get("acme/echo", "id"), ModelVersion)
    assert_type(await client.predictions.create("acme/echo", {}), Prediction)
    assert_type(await client.predictions.get("id"), Prediction)
    assert_type(await client.predictions.wait("id"), Prediction)
    assert_type(await client.trainings.create("acme/echo:id", destination="acme/other", input={}), Training)
    assert_type(await client.webhooks.default.secret.get(), WebhookSecret)


def operations(client: Client) -> None:
    assert_type(models_get("acme/echo"), Operation[Model])
    assert_type(client.send(models_get("acme/echo")), Model)
    assert_type(client.send(hardware_list()), list[Hardware])
    assert_type(client.send_raw(models_get("acme/echo")), RawResponse[Model])
    assert_type(client.send_raw(models_get("acme/echo")).parse(), Model)
    assert_type(client.send_raw(models_get("acme/echo")).headers, Mapping[str, str])


async def async_operations(client: AsyncClient) -> None:
    assert_type(await client.send(models_get("acme/echo")), Model)
    assert_type(await client.send(hardware_list()), list[Hardware])
    assert_type(await client.send_raw(models_get("acme/echo")), RawResponse[Model])


def models(prediction: Prediction, page: PredictionPage, model: Model, statuses: list[PredictionStatus]) -> None:
    assert_type(prediction.id, str)
    assert_type(prediction.status, PredictionStatus)
    assert_type(prediction.created_at, datetime)
    assert_type(prediction.started_at, datetime | None)
    assert_type(prediction.input, dict[str, Any])
    assert_type(prediction.logs, str | None)
    assert_type(prediction.urls, PredictionUrls)
    assert_type(Prediction.from_dict({}), Prediction)
    assert_type(prediction.to_dict(), dict[str, Any])
    assert_type(page.results, list[Prediction])
    assert_type(page.next, str | None)
    assert_type(model.latest_version, ModelVersion | None)
    statuses.append(PredictionStatus("paused"))
    assert_type(statuses[0].is_known, bool)


def errors(error: ModelError, expired: RunTimeoutError, refused: APIStatusError, limited: RateLimitError) -> None:
    assert_type(error.prediction, Prediction)
    assert_type(expired.prediction, Prediction | None)
    assert_type(refused.status_code, int)
    assert_type(refused.invalid_fields, list[Mapping[str, Any]])
    assert_type(limited.retry_after, float | None)


def answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, request=request)


def transports_of_both_colours(real: httpx.Client, async_real: httpx.AsyncClient) -> None:
    Client(transport=real)
    AsyncClient(transport=async_real)
    mock = MockTransport(clock=VirtualClock())
    every: list[Transport] = [mock, HTTPTransport(), httpx.HTTPTransport(), httpx.MockTransport(answer)]
    async_every: list[AsyncTransport] = [mock, AsyncHTTPTransport(), httpx.AsyncHTTPTransport()]
    clocks: list[Clock] = [SystemClock(), VirtualClock()]
    print(every, async_every, clocks)


def what_stand_ins_are_checked_against(client: Client) -> None:
    sender: Sender = client
    account: AccountProtocol = client.account
    collections: CollectionsProtocol = client.collections
    deployments: DeploymentsProtocol = client.deployments
    deployments_predictions: DeploymentsPredictionsProtocol = client.deployments.predictions
    files: FilesProtocol = client.files
    hardware: HardwareProtocol = client.hardware
    models: ModelsProtocol = client.models
    models_examples: ModelsExamplesProtocol = client.models.examples
    models_predictions: ModelsPredictionsProtocol = client.models.predictions
    models_readme: ModelsReadmeProtocol = client.models.readme
    models_versions: ModelsVersionsProtocol = client.models.versions
    predictions: PredictionsProtocol = client.predictions
    trainings: TrainingsProtocol = client.trainings
    webhooks: WebhooksProtocol = client.webhooks
    webhooks_default: WebhooksDefaultProtocol = client.webhooks.default
    webhooks_default_secret: WebhooksDefaultSecretProtocol = client.webhooks.default.secret
    print(sender)
    print(
        account,
        collections,
        deployments,
        deployments_predictions,
        files,
        hardware,
        models,
        models_examples,
        models_predictions,
        models_readme,
        models_versions,
        predictions,
        trainings,
        webhooks,
        webhooks_default,
        webhooks_default_secret,
    )


def what_async_stand_ins_are_checked_against(client: AsyncClient) -> None:
    sender: AsyncSender = client
    account: AsyncAccountProtocol = client.account
    collections: AsyncCollectionsProtocol = client.collections
    deployments: AsyncDeploymentsProtocol = client.deployments
    deployments_predictions: AsyncDeploymentsPredictionsProtocol = client.deployments.predictions
    files: AsyncFilesProtocol = client.files
    hardware: AsyncHardwareProtocol = client.hardware
    models: AsyncModelsProtocol = client.models
    models_examples: AsyncModelsExamplesProtocol = client.models.examples
    models_predictions: AsyncModelsPredictionsProtocol = client.models.predictions
    models_readme: AsyncModelsReadmeProtocol = client.models.readme
    models_versions: AsyncModelsVersionsProtocol = client.models.versions
    predictions: AsyncPredictionsProtocol = client.predictions
    trainings: AsyncTrainingsProtocol = client.trainings
    webhooks: AsyncWebhooksProtocol = client.webhooks
    webhooks_default: AsyncWebhooksDefaultProtocol = client.webhooks.default
    webhooks_default_secret: AsyncWebhooksDefaultSecretProtocol = client.webhooks.default.secret
    print(sender)
    print(
        account,
        collections,
        deployments,
        deployments_predictions,
        files,
        hardware,
        models,
        models_examples,
        models_predictions,
        models_readme,
        models_versions,
        predictions,
        trainings,
        webhooks,
        webhooks_default,
        webhooks_default_secret,
    )
