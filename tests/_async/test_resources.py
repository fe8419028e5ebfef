"""The resources as a client has them: generated ones, and those with methods written by hand."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from replicate_typed import AsyncClient, MockTransport, ReplicateError, UnprocessableEntityError
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


async def test_the_latest_version_is_one_request() -> None:
    """Of the model as it is now, though the Model that is given was read before it had this version."""
    mock = MockTransport()
    mock.model("acme/echo")(lambda: None)
    async with AsyncClient(transport=mock) as client:
        old = await client.models.get("acme/echo")
        mock.model("acme/echo")(lambda: "newer")
        newest = await client.models.latest_version("acme/echo")
        assert old.latest_version is not None
        assert newest.id != old.latest_version.id
        assert await client.models.latest_version(old) == newest
    assert [request.operation for request in mock.requests] == ["models.get"] * 3


async def test_a_model_without_versions_has_no_latest_one() -> None:
    """The error names the model, and says what makes a version."""
    async with AsyncClient(transport=Service(MODEL)) as client:
        with pytest.raises(ReplicateError, match="the model acme/echo has no version: push one with Cog"):
            await client.models.latest_version("acme/echo")


async def test_deployments_are_scaled_and_nothing_else_of_them_changes() -> None:
    """Only what is given is sent, 0 included, which switches a deployment off: pain 25."""
    mock = MockTransport()
    mock.model("acme/echo")(lambda: None)
    mock.deployment("acme/prod", model="acme/echo", hardware="gpu-t4", min_instances=1, max_instances=2)
    async with AsyncClient(transport=mock) as client:
        before = await client.deployments.get("acme/prod")
        scaled = await client.deployments.scale(before, max_instances=20)
        off = await client.deployments.scale("acme/prod", min_instances=0, max_instances=0)
        with pytest.raises(UnprocessableEntityError, match="less than or equal to max_instances, 0"):
            await client.deployments.scale("acme/prod", min_instances=5)
    sent = [request.body for request in mock.requests if request.operation == "deployments.update"]
    assert sent == [{"max_instances": 20}, {"min_instances": 0, "max_instances": 0}, {"min_instances": 5}]
    releases = [deployment.current_release for deployment in (before, scaled, off)]
    assert all(releases)
    configurations = [release.configuration for release in releases if release and release.configuration]
    assert [(each.min_instances, each.max_instances, each.hardware) for each in configurations] == [
        (1, 2, "gpu-t4"),
        (1, 20, "gpu-t4"),
        (0, 0, "gpu-t4"),
    ]


@pytest.mark.parametrize(
    ("instances", "kind", "message"),
    [
        ({}, TypeError, "scale needs min_instances, max_instances or both"),
        ({"min_instances": 6}, ValueError, "min_instances must be at least 0 and at most 5, got 6"),
        ({"min_instances": -1}, ValueError, "min_instances must be at least 0 and at most 5, got -1"),
        ({"max_instances": 21}, ValueError, "max_instances must be at least 0 and at most 20, got 21"),
        ({"max_instances": True}, TypeError, "max_instances must be an integer, got True"),
        ({"max_instances": "3"}, TypeError, "max_instances must be an integer, got '3'"),
        ({"min_instances": 3, "max_instances": 2}, ValueError, "min_instances must not be above max_instances, got 3"),
    ],
)
async def test_impossible_numbers_of_instances_are_refused_before_any_request(
    instances: dict[str, Any], kind: type[Exception], message: str
) -> None:
    """The bounds are those of the spec, which is silent about a least that is above the most."""
    service = Service(None)
    with pytest.raises(kind, match=message):
        await AsyncClient(transport=service).deployments.scale("acme/prod", **instances)
    assert service.asked == []
