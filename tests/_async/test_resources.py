"""The resources as a client has them: generated ones, and those with methods written by hand."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from replicate_typed import AsyncClient
from replicate_typed.models import Model, WebhookEvent

pytestmark = pytest.mark.anyio

VERSION = "5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa"
PREDICTION = {
    "id": "p1",
    "version": VERSION,
    "input": {},
    "status": "starting",
    "created_at": "2025-01-01T00:00:00Z",
    "urls": {"get": "https://x/get", "cancel": "https://x/cancel"},
}
MODEL = {"url": "https://x", "owner": "acme", "name": "echo", "visibility": "public", "run_count": 1}


class Service(httpx.MockTransport):
    """Answers everything with one body, and remembers what it was asked."""

    def __init__(self, body: Any, status: int = 200) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.body = body
        self.status = status
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        sent = json.loads(request.content) if request.content else None
        self.asked.append((f"{request.method} {request.url.raw_path.decode().removeprefix('/v1')}", sent))
        if self.body is None:
            return httpx.Response(self.status)
        return httpx.Response(self.status, json=self.body)


async def test_predictions_are_created_on_whatever_is_named() -> None:
    """One method for all; the official endpoint and the deployment's have their own; the filter has its name (V20)."""
    service = Service(PREDICTION, 201)
    client = AsyncClient(transport=service)
    model = Model.from_dict(MODEL)
    hook: dict[str, Any] = {
        "webhook": "https://me.example/hook",
        "webhook_events_filter": ["start", WebhookEvent.COMPLETED],
    }
    await client.predictions.create("acme/echo", {"a": 1}, **hook)
    await client.models.predictions.create(model, {"a": 1})
    await client.deployments.predictions.create("acme/prod")
    assert service.asked == [
        (
            "POST /models/acme/echo/predictions",
            {
                "input": {"a": 1},
                "webhook": "https://me.example/hook",
                "webhook_events_filter": ["start", "completed"],
            },
        ),
        ("POST /models/acme/echo/predictions", {"input": {"a": 1}}),
        ("POST /deployments/acme/prod/predictions", {"input": {}}),
    ]


async def test_trainings_are_created_from_a_version() -> None:
    """Named as `owner/name:version`, since the path needs all three."""
    service = Service(PREDICTION, 201)
    client = AsyncClient(transport=service)
    made = await client.trainings.create(f"acme/echo:{VERSION}", destination="acme/mine", input={"data": "https://x"})
    assert made.id == "p1"
    assert service.asked == [
        (
            f"POST /models/acme/echo/versions/{VERSION}/trainings",
            {"destination": "acme/mine", "input": {"data": "https://x"}},
        )
    ]
    for wrong in ("acme/echo", VERSION, "deployments/acme/prod"):
        with pytest.raises(ValueError, match="version must be"):
            await client.trainings.create(wrong, destination="acme/mine", input={})
    assert len(service.asked) == 1


async def test_events_that_do_not_exist_are_refused_before_any_request() -> None:
    """The error lists those that do."""
    service = Service(PREDICTION)
    wrong: Any = ["end"]
    with pytest.raises(ValueError, match="must be one of 'start', 'output', 'logs', 'completed', got 'end'"):
        await AsyncClient(transport=service).predictions.create("acme/echo", webhook_events_filter=wrong)
    assert service.asked == []


async def test_objects_stand_for_their_names_and_ids() -> None:
    """What one call gave, another takes."""
    service = Service(MODEL)
    client = AsyncClient(transport=service)
    model = await client.models.get("acme/echo")
    service.body = PREDICTION
    prediction = await client.predictions.get("p1")
    await client.predictions.cancel(prediction)
    service.body, service.status = None, 202
    await client.models.versions.delete(model, VERSION)
    assert [asked for asked, _ in service.asked] == [
        "GET /models/acme/echo",
        "GET /predictions/p1",
        "POST /predictions/p1/cancel",
        f"DELETE /models/acme/echo/versions/{VERSION}",
    ]


async def test_operations_without_a_dot_are_methods_of_the_client() -> None:
    """`search` is one."""
    service = Service({"query": "cats", "models": [], "collections": [], "pages": []})
    found = await AsyncClient(transport=service).search("cats", limit=5)
    assert found.query == "cats"
    assert service.asked == [("GET /search?query=cats&limit=5", None)]


async def test_nested_resources_are_reached_by_their_dotted_names() -> None:
    """`webhooks.default.secret.get`, through resources that have no operations of their own."""
    service = Service({"key": "whsec_x"})
    secret = await AsyncClient(transport=service).webhooks.default.secret.get()
    assert secret.key == "whsec_x"
    assert service.asked == [("GET /webhooks/default/secret", None)]


async def test_a_resource_is_made_once() -> None:
    """So that a loop over calls does no work twice."""
    client = AsyncClient(transport=Service(MODEL))
    assert client.models is client.models
    assert client.models.predictions is client.models.predictions
    assert client.webhooks.default is client.webhooks.default
