"""The types that transports and stand-ins must have, for mypy and pyright to check; never run."""

from __future__ import annotations

from typing import assert_type

import httpx

from replicate_api.api.account.resource import AccountProtocol, AsyncAccountProtocol
from replicate_api.api.collections.resource import AsyncCollectionsProtocol, CollectionsProtocol
from replicate_api.api.deployments.resource import AsyncDeploymentsProtocol, DeploymentsProtocol
from replicate_api.api.deployments_predictions.resource import (
    AsyncDeploymentsPredictionsProtocol,
    DeploymentsPredictionsProtocol,
)
from replicate_api.api.files.resource import AsyncFilesProtocol, FilesProtocol
from replicate_api.api.hardware.resource import AsyncHardwareProtocol, HardwareProtocol
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
from replicate_api.types import AsyncSender, Sender
from replicate_typed import (
    AsyncClient,
    AsyncCogTransport,
    AsyncHTTPTransport,
    AsyncTransport,
    Client,
    Clock,
    CogTransport,
    ConcatenateIterator,
    HTTPTransport,
    Input,
    MockTransport,
    RecordedTransport,
    SystemClock,
    Transport,
    VirtualClock,
)


def answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, request=request)


def transports_of_both_colours(real: httpx.Client, async_real: httpx.AsyncClient) -> None:
    Client(transport=real)
    AsyncClient(transport=async_real)
    mock = MockTransport(clock=VirtualClock())
    cog, async_cog = CogTransport("http://a.b", model="acme/a"), AsyncCogTransport("http://a.b", model="acme/a")
    recorded = RecordedTransport("a.yaml", inner=HTTPTransport())
    every: list[Transport] = [mock, cog, recorded, HTTPTransport(), httpx.HTTPTransport(), httpx.MockTransport(answer)]
    async_every: list[AsyncTransport] = [mock, async_cog, recorded, AsyncHTTPTransport(), httpx.AsyncHTTPTransport()]
    clocks: list[Clock] = [SystemClock(), VirtualClock()]
    print(every, async_every, clocks)


def models_of_the_service_in_memory(mock: MockTransport) -> None:
    @mock.model("acme/poet", processing=5)
    def poet(subject: str, words: int = Input(5, ge=1)) -> ConcatenateIterator[str]:
        yield from [subject] * words

    assert_type(poet("a fox", words=2), ConcatenateIterator[str])


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
