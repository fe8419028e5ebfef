"""Every operation of the API is a call that one would guess, and `MockTransport` answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from operator import attrgetter
from typing import Any

import httpx
import pytest
from described import operations
from mocking import BASE, body_of
from whole_service import whole_service

from replicate_api.types import BinaryResponse
from replicate_typed import AsyncClient
from replicate_typed.models import (
    Account,
    Collection,
    CollectionPage,
    Deployment,
    DeploymentPage,
    File,
    FilePage,
    Model,
    ModelPage,
    ModelVersion,
    ModelVersionPage,
    Prediction,
    PredictionPage,
    SearchResults,
    Training,
    TrainingPage,
    WebhookSecret,
)
from replicate_typed.transports.mock.files.uploads import signature_of

pytestmark = pytest.mark.anyio

HIDDEN = {"owner": "acme", "visibility": "private", "hardware": "cpu"}


class Things:
    """A service with all that can be asked for, and the names and ids of it."""

    def __init__(self) -> None:
        self.mock = whole_service()
        self.mock.model("acme/hidden", visibility="private")(lambda: None)
        self.mock.deployment("acme/spare", model="acme/echo")
        self.http = httpx.Client(transport=self.mock, base_url=BASE)
        self.version: str = self._read("/models/acme/echo")["latest_version"]["id"]
        self.hidden: str = self._read("/models/acme/hidden")["latest_version"]["id"]
        self._make("/models", HIDDEN | {"name": "mine"})
        self.http.patch("/models/acme/mine", json={"readme": "# Mine"}).raise_for_status()
        self.prediction: str = self._make("/models/acme/echo/predictions", {"input": {"prompt": "fox"}})["id"]
        body = {"destination": "acme/mine", "input": {"steps": 1}}
        self.training: str = self._make(f"/models/acme/echo/versions/{self.version}/trainings", body)["id"]
        self.file: str = body_of(self.http.post("/files", files={"content": b"hello"}))["id"]
        signature = signature_of(self.mock.file_signing_secret, "acme", self.file, 2**40)
        self.link: dict[str, Any] = {"owner": "acme", "expiry": 2**40, "signature": signature}

    def _read(self, path: str) -> dict[str, Any]:
        return body_of(self.http.get(path).raise_for_status())

    def _make(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return body_of(self.http.post(path, json=body).raise_for_status())


Call = Callable[[Any, Things], Awaitable[object]]
CALLS: dict[str, tuple[Call, type]] = {
    "account.get": (lambda client, _: client.account.get(), Account),
    "collections.list": (lambda client, _: client.collections.list(), CollectionPage),
    "collections.get": (lambda client, _: client.collections.get("speech"), Collection),
    "deployments.list": (lambda client, _: client.deployments.list(), DeploymentPage),
    "deployments.create": (
        lambda client, its: client.deployments.create(
            name="new", model="acme/echo", version=its.version, hardware="cpu", min_instances=0, max_instances=1
        ),
        Deployment,
    ),
    "deployments.get": (lambda client, _: client.deployments.get("acme/prod"), Deployment),
    "deployments.update": (lambda client, _: client.deployments.update("acme/prod", hardware="gpu-t4"), Deployment),
    "deployments.delete": (lambda client, _: client.deployments.delete("acme/spare"), type(None)),
    "deployments.predictions.create": (
        lambda client, _: client.deployments.predictions.create("acme/prod", {"prompt": "fox"}),
        Prediction,
    ),
    "files.list": (lambda client, _: client.files.list(), FilePage),
    "files.create": (lambda client, _: client.files.create(b"hello"), File),
    "files.get": (lambda client, its: client.files.get(its.file), File),
    "files.delete": (lambda client, its: client.files.delete(its.file), type(None)),
    "files.download": (lambda client, its: client.files.download(its.file, **its.link), BinaryResponse),
    "hardware.list": (lambda client, _: client.hardware.list(), list),
    "models.list": (lambda client, _: client.models.list(sort_by="model_created_at"), ModelPage),
    "models.search": (lambda client, _: client.models.search("echo"), ModelPage),
    "models.create": (lambda client, _: client.models.create(name="new", **HIDDEN), Model),
    "models.get": (lambda client, _: client.models.get("acme/echo"), Model),
    "models.update": (lambda client, _: client.models.update("acme/echo", description="Echoes"), Model),
    "models.delete": (lambda client, _: client.models.delete("acme/mine"), type(None)),
    "models.examples.list": (lambda client, _: client.models.examples.list("acme/echo"), PredictionPage),
    "models.predictions.create": (
        lambda client, _: client.models.predictions.create("acme/echo", {"prompt": "fox"}),
        Prediction,
    ),
    "models.readme.get": (lambda client, _: client.models.readme.get("acme/mine"), str),
    "models.versions.list": (lambda client, _: client.models.versions.list("acme/echo"), ModelVersionPage),
    "models.versions.get": (lambda client, its: client.models.versions.get("acme/echo", its.version), ModelVersion),
    "models.versions.delete": (
        lambda client, its: client.models.versions.delete("acme/hidden", its.hidden),
        type(None),
    ),
    "trainings.create": (
        lambda client, its: client.trainings.create(
            f"acme/echo:{its.version}", destination="acme/mine", input={"steps": 2}
        ),
        Training,
    ),
    "predictions.list": (lambda client, _: client.predictions.list(), PredictionPage),
    "predictions.create": (lambda client, its: client.predictions.create(its.version, {"prompt": "fox"}), Prediction),
    "predictions.get": (lambda client, its: client.predictions.get(its.prediction), Prediction),
    "predictions.cancel": (lambda client, its: client.predictions.cancel(its.prediction), Prediction),
    "search": (lambda client, _: client.search("echo", limit=5), SearchResults),
    "trainings.list": (lambda client, _: client.trainings.list(), TrainingPage),
    "trainings.get": (lambda client, its: client.trainings.get(its.training), Training),
    "trainings.cancel": (lambda client, its: client.trainings.cancel(its.training), Training),
    "webhooks.default.secret.get": (lambda client, _: client.webhooks.default.secret.get(), WebhookSecret),
}
every_operation = pytest.mark.parametrize("id", CALLS)


async def test_no_operation_is_without_a_call() -> None:
    """All 37: those of openapi.yaml, and the one whose method OpenAPI 3.1 cannot tell."""
    assert CALLS.keys() == {described.id for described in operations()} | {"models.search"}
    assert len(CALLS) == 37


@every_operation
async def test_an_operation_is_one_request_and_a_typed_answer(id: str) -> None:
    """No more is asked than what was called."""
    its = Things()
    call, kind = CALLS[id]
    before = len(its.mock.requests)
    found = await call(AsyncClient(transport=its.mock), its)
    assert isinstance(found, kind)
    assert [request.operation for request in its.mock.requests[before:]] == [id]


@every_operation
async def test_an_operation_is_called_as_it_is_named(id: str) -> None:
    """`models.versions.get` is `client.models.versions.get`, and says what it does."""
    method = attrgetter(id)(AsyncClient(transport=whole_service()))
    assert callable(method)
    assert id in str(method.__doc__)


async def test_the_secret_of_webhooks_has_a_short_name_as_well() -> None:
    """It is text."""
    its = Things()
    assert (await AsyncClient(transport=its.mock).webhooks.secret()).startswith("whsec_")
    assert its.mock.requests[-1].operation == "webhooks.default.secret.get"
