"""The types of pages, resources and operations, for mypy and pyright to check; never run."""

from __future__ import annotations

import io
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import assert_type

from replicate_api.api.hardware.hardware_list import hardware_list
from replicate_api.api.models.models_get import models_get
from replicate_api.types import BinaryResponse, Operation, Page
from replicate_typed import AsyncClient, AsyncPaginator, Client, Model, ModelVersion, Paginator, Prediction, RawResponse
from replicate_typed.models import (
    Account,
    Collection,
    CollectionItem,
    CollectionPage,
    Deployment,
    DeploymentPage,
    File,
    FilePage,
    Hardware,
    ModelPage,
    ModelVersionPage,
    PredictionPage,
    Training,
    TrainingPage,
    WebhookSecret,
)


def pages(client: Client, paginator: Paginator[Model]) -> None:
    assert_type(paginator.pages(), Iterator[Page[Model]])
    assert_type(client.paginate(client.models.list), Paginator[Model])
    assert_type(client.paginate(client.models.list, sort_by="model_created_at"), Paginator[Model])
    assert_type(client.paginate(client.models.versions.list, "acme/echo"), Paginator[ModelVersion])
    assert_type(client.paginate(client.predictions.list), Paginator[Prediction])
    assert_type(client.paginate(client.deployments.list), Paginator[Deployment])
    assert_type(client.paginate(client.collections.list), Paginator[CollectionItem])
    assert_type(client.paginate(client.trainings.list), Paginator[Training])
    assert_type(client.paginate(client.files.list), Paginator[File])
    assert_type(client.paginate(client.models.search, "fox"), Paginator[Model])
    assert_type(client.paginate(client.models.examples.list, "acme/echo"), Paginator[Prediction])
    client.paginate(client.hardware.list)  # type: ignore[arg-type]  # a list is no page
    client.paginate(client.search, "fox")  # type: ignore[arg-type]  # nor is what a search finds
    items: Iterator[Model] = client.paginate(client.models.list)
    for model in items:
        assert_type(model, Model)
    for page in client.paginate(client.models.list).pages():
        assert_type(page, Page[Model])
        assert_type(page.next, str | None)


async def async_pages(client: AsyncClient, paginator: AsyncPaginator[Model]) -> None:
    assert_type(paginator.pages(), AsyncIterator[Page[Model]])
    assert_type(client.paginate(client.models.list), AsyncPaginator[Model])
    assert_type(client.paginate(client.models.versions.list, "acme/echo"), AsyncPaginator[ModelVersion])
    assert_type(client.paginate(client.predictions.list), AsyncPaginator[Prediction])
    assert_type(client.paginate(client.models.search, "fox"), AsyncPaginator[Model])
    items: AsyncIterator[Model] = client.paginate(client.models.list)
    async for model in items:
        assert_type(model, Model)
    async for page in client.paginate(client.models.list).pages():
        assert_type(page, Page[Model])


def resources(
    client: Client, prediction: Prediction, model: Model, spooled: tempfile.SpooledTemporaryFile[bytes]
) -> None:
    assert_type(client.account.get(), Account)
    assert_type(client.collections.list(), CollectionPage)
    assert_type(client.deployments.get("acme/prod"), Deployment)
    assert_type(client.deployments.scale("acme/prod", min_instances=0), Deployment)
    assert_type(client.deployments.predictions.create("acme/prod", {}), Prediction)
    assert_type(client.files.create(Path("cat.png"), metadata={"a": 1}), File)
    assert_type(client.files.create(b"bytes", filename="cat.png", type="image/png"), File)
    assert_type(client.files.create(io.BytesIO()), File)
    assert_type(client.files.create(spooled), File)
    client.files.create("cat.png")  # type: ignore[arg-type]  # a str is no path
    assert_type(client.files.download("id", owner="acme", expiry=5, signature="s"), BinaryResponse)
    assert_type(client.hardware.list(), list[Hardware])
    assert_type(client.models.get("acme/echo"), Model)
    assert_type(client.models.get(model), Model)
    assert_type(client.models.list(), ModelPage)
    assert_type(client.models.search("fox"), ModelPage)
    assert_type(client.models.latest_version(model), ModelVersion)
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
    assert_type(client.collections.get("style-transfer"), Collection)
    assert_type(
        client.deployments.create(
            name="prod", model="acme/echo", version="id", hardware="cpu", min_instances=0, max_instances=1
        ),
        Deployment,
    )
    assert_type(client.deployments.update("acme/prod", version="id"), Deployment)
    assert_type(client.deployments.delete("acme/prod"), None)
    assert_type(client.files.get("id"), File)
    assert_type(client.files.delete("id"), None)
    assert_type(client.models.create(owner="acme", name="new", visibility="private", hardware="cpu"), Model)
    assert_type(client.models.update("acme/echo", description="It says it again."), Model)
    assert_type(client.models.versions.delete("acme/echo", "id"), None)
    assert_type(client.trainings.get("id"), Training)
    assert_type(client.trainings.cancel("id"), Training)
    assert_type(client.close(), None)


async def async_resources(client: AsyncClient) -> None:
    assert_type(await client.account.get(), Account)
    assert_type(await client.deployments.predictions.create("acme/prod", {}), Prediction)
    assert_type(await client.files.create(Path("cat.png")), File)
    assert_type(await client.files.download("id", owner="acme", expiry=5, signature="s"), BinaryResponse)
    assert_type(await client.hardware.list(), list[Hardware])
    assert_type(await client.models.get("acme/echo"), Model)
    assert_type(await client.models.list(), ModelPage)
    assert_type(await client.models.search("fox"), ModelPage)
    assert_type(await client.models.latest_version("acme/echo"), ModelVersion)
    assert_type(await client.deployments.scale("acme/prod", max_instances=3), Deployment)
    assert_type(await client.models.predictions.create("acme/echo", {}), Prediction)
    assert_type(await client.models.versions.get("acme/echo", "id"), ModelVersion)
    assert_type(await client.predictions.create("acme/echo", {}), Prediction)
    assert_type(await client.predictions.get("id"), Prediction)
    assert_type(await client.predictions.wait("id"), Prediction)
    assert_type(await client.trainings.create("acme/echo:id", destination="acme/other", input={}), Training)
    assert_type(await client.webhooks.default.secret.get(), WebhookSecret)
    assert_type(await client.collections.get("style-transfer"), Collection)
    assert_type(
        await client.deployments.create(
            name="prod", model="acme/echo", version="id", hardware="cpu", min_instances=0, max_instances=1
        ),
        Deployment,
    )
    assert_type(await client.deployments.update("acme/prod", version="id"), Deployment)
    assert_type(await client.deployments.delete("acme/prod"), None)
    assert_type(await client.files.get("id"), File)
    assert_type(await client.files.delete("id"), None)
    assert_type(await client.models.create(owner="acme", name="new", visibility="private", hardware="cpu"), Model)
    assert_type(await client.models.update("acme/echo", description="It says it again."), Model)
    assert_type(await client.models.versions.delete("acme/echo", "id"), None)
    assert_type(await client.trainings.get("id"), Training)
    assert_type(await client.trainings.cancel("id"), Training)
    assert_type(await client.models.readme.get("acme/echo"), str)
    assert_type(await client.models.delete("acme/echo"), None)
    assert_type(await client.predictions.cancel("id"), Prediction)
    assert_type(await client.collections.list(), CollectionPage)
    assert_type(await client.deployments.get("acme/prod"), Deployment)
    assert_type(await client.models.versions.list("acme/echo"), ModelVersionPage)
    assert_type(await client.predictions.list(), PredictionPage)
    assert_type(await client.deployments.list(), DeploymentPage)
    assert_type(await client.files.list(), FilePage)
    assert_type(await client.models.examples.list("acme/echo"), PredictionPage)
    assert_type(await client.trainings.list(), TrainingPage)
    assert_type(await client.close(), None)


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
