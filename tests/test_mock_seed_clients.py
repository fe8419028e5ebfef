"""The preset with the answers of the Elixir client's mock, asked by our clients, as its own examples ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from elixir import CURSOR, HARDWARE, NEXT, OUT, S27, V2, WOMBAT, S, prediction
from mocking import seeded_service

from replicate_typed import (
    AsyncClient,
    Client,
    InternalServerError,
    NotFoundError,
    UndecodableResponseError,
    UnprocessableEntityError,
)
from replicate_typed.models import ModelVersion

if TYPE_CHECKING:
    from collections.abc import Generator

    from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(seeded_service)


@pytest.fixture
def ours(mock: MockTransport) -> Generator[Client]:
    with Client(transport=mock) as client:
        yield client


@pytest.mark.parametrize("version", [S, S27])
def test_run(ours: Client, mock: MockTransport, version: str) -> None:
    """The Elixir client's first example, which looks at the prediction once."""
    assert ours.run(f"stability-ai/stable-diffusion:{version}", {"prompt": WOMBAT}) == OUT
    assert [request.path for request in mock.requests] == ["/predictions", "/predictions/1234"]


def test_a_prediction_is_created_and_waited_for(ours: Client) -> None:
    """It is of another version than was asked for, and has an output when it starts."""
    model = ours.models.get("stability-ai/stable-diffusion")
    version = ours.models.versions.get(model, S)
    created = ours.predictions.create(version, {"prompt": WOMBAT}, webhook="https://example.com/webhook")
    assert (created.id, created.status, created.version, created.input) == ("1234", "starting", S27, {"prompt": WOMBAT})
    assert created.urls.get == "https://api.replicate.com/v1/predictions/1234"
    assert created.urls.cancel == "https://api.replicate.com/v1/predictions/1234/cancel"
    done = ours.predictions.wait(created)
    assert (done.status, done.output) == ("succeeded", OUT)
    assert ours.wait("1234").output == OUT


@pytest.mark.parametrize("reference", ["stability-ai/stable-diffusion-3", "deployments/test/model"])
def test_official_models_and_deployments(ours: Client, reference: str) -> None:
    """Any of them is there."""
    assert ours.predictions.create(reference, {"prompt": WOMBAT}).status == "starting"
    assert ours.run(reference, {"prompt": WOMBAT}) == OUT


def test_deployments_own_predictions(ours: Client) -> None:
    """As the Elixir client's `Deployments.create_prediction`."""
    assert ours.deployments.predictions.create("test/model", {"prompt": WOMBAT}).status == "starting"


def test_predictions_are_got_canceled_and_listed(ours: Client) -> None:
    """By id and as objects; there are two."""
    assert (ours.predictions.get("1234").id, ours.predictions.get("1234").status) == ("1234", "succeeded")
    assert ours.predictions.cancel("1234").status == "canceled"
    page = ours.predictions.list()
    assert [listed.to_dict() for listed in page.results] == [
        prediction("starting"),
        prediction("starting", "1235"),
    ]
    assert (page.next, page.previous) == (None, None)
    assert ours.predictions.cancel(page.results[1]).status == "canceled"
    assert [one.id for one in ours.paginate(ours.predictions.list)] == ["1234", "1235"]


def test_models_and_versions(ours: Client) -> None:
    """Both names give one model; a version is read through its model."""
    model = ours.models.get("replicate/hello-world")
    assert model == ours.models.get("stability-ai/stable-diffusion")
    assert (model.owner, model.name, model.run_count, model.default_example) == (
        "replicate",
        "hello-world",
        12345,
        None,
    )
    assert model.latest_version == ModelVersion.from_dict(V2) == ours.models.versions.get(model, "v2")
    assert [(version.id, version.cog_version) for version in ours.models.versions.list(model).results] == [
        ("v1", "0.3.0"),
        ("v2", "0.3.0"),
    ]


def test_a_model_is_made(ours: Client) -> None:
    """Of the owner and name that were sent."""
    made = ours.models.create(owner="replicate", name="babadook", visibility="public", hardware="gpu-a40-large")
    assert (made.owner, made.name, made.visibility, made.latest_version) == ("replicate", "babadook", "public", None)


def test_hardware(ours: Client) -> None:
    """The four kinds, in order."""
    assert [hardware.to_dict() for hardware in ours.hardware.list()] == HARDWARE


def test_the_list_of_models(ours: Client) -> None:
    """One page, whose next one is of trainings."""
    page = ours.models.list()
    assert (len(page.results), page.results[0].name, page.next, page.previous) == (25, "hello-world", NEXT, None)
    first = next(iter(ours.paginate(ours.models.list).pages()))
    assert (len(first.results), first.results[0].name) == (25, "hello-world")


def test_full_pagination_of_the_models_ends_with_an_error(ours: Client, mock: MockTransport) -> None:
    """All of the first page comes, then the second one is refused: it is of trainings, and nobody can read it."""
    models = ours.paginate(ours.models.list)
    assert [next(models).name for _ in range(25)] == ["hello-world"] * 25
    with pytest.raises(UndecodableResponseError, match="of another list"):
        next(models)
    assert [request.path for request in mock.requests] == ["/models"]
    with pytest.raises(NotFoundError) as raised:
        ours.request("GET", f"/trainings?cursor={CURSOR}")
    assert raised.value.detail == f"Unexpected path in the mock client: /v1/trainings?cursor={CURSOR}"


def test_errors_have_the_words_of_the_elixir_client(ours: Client, mock: MockTransport) -> None:
    """Each is asked for once: none of them is worth asking again."""
    with pytest.raises(NotFoundError) as missing:
        ours.predictions.get("not_a_real_id")
    with pytest.raises(NotFoundError) as no_model:
        ours.models.get("cbh123/babadook-diffusion")
    with pytest.raises(UnprocessableEntityError) as no_version:
        ours.request("POST", "/predictions", {"input": {"prompt": WOMBAT}})
    with pytest.raises(InternalServerError) as failed:
        ours.request("FAIL", "/predictions", {})
    raised = [missing, no_model, no_version, failed]
    assert [one.value.detail for one in raised] == ["Not found", "Not found", "Version is required", "Failed"]
    assert len(mock.requests) == 4


@pytest.mark.anyio
async def test_both_colours(mock: MockTransport) -> None:
    """One preset serves both clients."""
    async with AsyncClient(transport=mock) as client:
        assert await client.run(f"stability-ai/stable-diffusion:{S}", {"prompt": WOMBAT}) == OUT
        with pytest.raises(NotFoundError, match="Not found"):
            await client.predictions.get("not_a_real_id")
        models = client.paginate(client.models.list)
        first = [await anext(models) for _ in range(25)]
        assert {model.name for model in first} == {"hello-world"}
        with pytest.raises(UndecodableResponseError, match="another list"):
            await anext(models)
