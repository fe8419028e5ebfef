"""What the Elixir client gets wrong, and its users would expect: the rows of its functions that are marked FIX.

Rows are those of its documentation, in that order; what is not named here is as it is there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from clocks import forbid_real_sleep
from elixir import HARDWARE, MODEL
from predictions import BODY, VERSION, Scripted, mock_service
from servers import unused_url

from replicate_typed import (
    APIConnectionError,
    AsyncClient,
    InternalServerError,
    MissingTokenError,
    MockTransport,
    ModelError,
    NotFoundError,
    RunTimeoutError,
    settings,
)
from replicate_typed.models import ModelVersion
from replicate_typed.references import Runnable

pytestmark = pytest.mark.anyio

FOX = {"text": "fox"}


@pytest.fixture
def mock(monkeypatch: pytest.MonkeyPatch) -> MockTransport:
    forbid_real_sleep(monkeypatch)
    return mock_service()


class Answers(httpx.MockTransport):
    """Answers everything with one body, and remembers what it was asked."""

    def __init__(self, body: Any, status: int = 200) -> None:
        self.requests: list[httpx.Request] = []
        self._arguments: dict[str, Any] = {"status_code": status} | ({} if body is None else {"json": body})
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(**self._arguments)


async def test_a_missing_token_is_an_error_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """2.1, `replicate_api_token`: it is read at each request, and there an empty one went out as `Token `."""
    monkeypatch.setenv("REPLICATE_API_TOKEN", "")
    async with AsyncClient(base_url=unused_url()) as client:
        with pytest.raises(MissingTokenError, match="set the environment variable REPLICATE_API_TOKEN"):
            await client.predictions.get("1234")
        monkeypatch.setenv("REPLICATE_API_TOKEN", "r8_new")
        with pytest.raises(APIConnectionError):
            await client.with_options(retries=0).predictions.get("1234")


async def test_each_client_has_a_transport_of_its_own(mock: MockTransport) -> None:
    """2.1, `replicate_client`: there it was compiled in, one for a whole program."""
    one, other = AsyncClient(transport=mock), AsyncClient(transport=MockTransport.seed())
    assert (await one.models.get("acme/echo")).name == "echo"
    assert (await other.predictions.get("1234")).status == "succeeded"


@pytest.mark.parametrize("url", ["https://proxy.example", "https://proxy.example/v1"])
async def test_the_base_url_is_a_setting_of_each_client(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """2.1, `replicate_base_url`: with `/v1` or without, as an argument or in the environment; there, when compiled."""
    arguments: list[dict[str, Any]] = [{"base_url": url}, {}]
    for given in arguments:
        monkeypatch.setenv("REPLICATE_BASE_URL", "https://api.example" if given else url)
        answers = Answers([])
        await AsyncClient(transport=answers, **given).hardware.list()
        assert str(answers.requests[0].url) == "https://proxy.example/v1/hardware"


async def test_the_pause_between_polls_is_a_setting_of_each_client(mock: MockTransport) -> None:
    """2.1, `replicate_poll_interval`: there 500 ms, when compiled; here as long, shorter or longer, or adaptive."""
    client = AsyncClient(transport=mock, polling=0.5)
    await client.run("acme/echo", FOX)
    looks = [request for request in mock.requests if request.operation == "predictions.get"]
    assert len(looks) == 20  # in ten seconds
    assert settings.read_settings().poll_interval is None


async def test_the_timeout_is_one_of_a_client_or_a_call(mock: MockTransport) -> None:
    """2.1, `replicate_timeout`, row 7: there 60 s for a connection and an answer, and none for a run; here for each."""
    client = AsyncClient(transport=mock)
    assert settings.read_settings().timeout == 60
    started = await client.predictions.create("acme/echo", FOX)
    with pytest.raises(RunTimeoutError, match="did not end within 5 s"):
        await client.wait(started, timeout=5)
    answers = Answers(BODY)
    for seconds in (7, 120):
        await AsyncClient(transport=answers).with_options(timeout=seconds).predictions.get("p1")
    assert [round(request.extensions["timeout"]["read"]) for request in answers.requests] == [7, 120]


async def test_all_that_can_be_run_is_run(mock: MockTransport) -> None:
    """Row 1: there `owner/name:version` only, at the price of four requests or more; anything else crashed."""
    client = AsyncClient(transport=mock)
    model = await client.models.get("acme/echo")
    things: list[Runnable] = ["acme/echo", f"acme/echo:{VERSION}", VERSION, "deployments/acme/prod"]
    things += [model, await client.models.latest_version(model)]
    assert [await client.run(thing, FOX) for thing in things] == ["fox"] * 6


async def test_a_run_that_fails_or_is_canceled_is_an_error(mock: MockTransport) -> None:
    """Row 1: there both looked like an output of nothing."""
    client = AsyncClient(transport=mock)
    with pytest.raises(ModelError, match="CUDA out of memory") as raised:
        await client.run("acme/broken")
    assert (raised.value.prediction.status, raised.value.prediction.output) == ("failed", None)
    run = await client.submit("acme/echo", FOX)
    await run.cancel()
    with pytest.raises(ModelError, match="canceled"):
        await run.result()


async def test_pagination_follows_the_links_to_their_end() -> None:
    """Row 2, V19: there the first page came for ever, or nothing did; and lists of predictions were no pages."""
    mock = MockTransport(page_size=2)
    for number in range(5):
        mock.model(f"acme/echo-{number}")(lambda: None)
    client = AsyncClient(transport=mock)
    for number in range(5):
        await client.predictions.create(f"acme/echo-{number}")
    assert [model.name async for model in client.paginate(client.models.list)] == [f"echo-{n}" for n in range(5)][::-1]
    assert [len(page.results) async for page in client.paginate(client.predictions.list).pages()] == [2, 2, 1]


async def test_the_filter_of_a_webhook_has_the_name_of_the_service(mock: MockTransport) -> None:
    """Rows 6 and 17, V20: there `webhook_event_filter`, which is ignored, and easily given where an address belongs."""
    client = AsyncClient(transport=mock)
    hook: dict[str, Any] = {"webhook": "https://example.com/webhook", "webhook_events_filter": ["completed"]}
    for reference in ("acme/echo", VERSION, "deployments/acme/prod"):
        await client.predictions.create(reference, FOX, **hook)
        assert {name: mock.requests[-1].body[name] for name in hook} == hook
    unchecked: Any = client
    with pytest.raises(TypeError, match="positional"):
        await unchecked.predictions.create("acme/echo", FOX, "https://example.com/webhook", ["completed"])
    mock.clock.sleep(60)
    assert [sent.event for sent in mock.webhooks] == ["completed"] * 3


async def test_waiting_ends_with_the_prediction_and_not_before(mock: MockTransport) -> None:
    """Row 7: by its id, too; there, whatever was neither starting nor processing had ended, and one failure was all."""
    client = AsyncClient(transport=mock)
    started = await client.predictions.create("acme/echo", FOX)
    mock.fail("predictions.get", status=503, times=2)
    assert (await client.wait(started.id)).output == "fox"
    queued = Scripted({}, {"status": "queued"}, {"status": "succeeded", "output": "late"})
    assert (await AsyncClient(transport=queued).predictions.wait("p1")).output == "late"


async def test_a_list_keeps_its_links() -> None:
    """Rows 8 and 13: there the first page was all that could be had."""
    mock = MockTransport(page_size=1)
    for _ in range(2):
        mock.model("acme/echo")(lambda: None)
    client = AsyncClient(transport=mock)
    for _ in range(2):
        await client.predictions.create("acme/echo")
    assert str((await client.predictions.list()).next).startswith("https://api.replicate.com/v1/predictions?cursor=")
    assert (await client.models.versions.list("acme/echo")).next


MISSING: dict[str, Callable[[AsyncClient], Awaitable[object]]] = {
    "4": lambda client: client.predictions.get("nope"),
    "5": lambda client: client.predictions.cancel("nope"),
    "9": lambda client: client.models.get("acme/nope"),
    "11": lambda client: client.models.versions.get("acme/echo", "nope"),
    "12": lambda client: client.models.latest_version("acme/nope"),
    "13": lambda client: client.models.versions.list("acme/nope"),
    "16": lambda client: client.deployments.get("acme/nope"),
    "17": lambda client: client.deployments.predictions.create("acme/nope"),
    "19": lambda client: client.request("GET", "/predictions/nope"),
    "20": lambda client: client.wait("nope"),
}


@pytest.mark.parametrize("row", MISSING)
async def test_what_is_not_there_is_one_kind_of_error(mock: MockTransport, row: str) -> None:
    """Rows 4 to 20: there it was a tuple, a RuntimeError, a MatchError or nothing at all."""
    with pytest.raises(NotFoundError) as raised:
        await MISSING[row](AsyncClient(transport=mock))
    assert raised.value.status_code == 404
    assert raised.value.detail


async def test_fields_that_the_service_adds_are_kept() -> None:
    """Rows 8, 14 and 18: there they crashed the lists of models and of hardware, and were lost elsewhere."""
    news = {"color": "green"}
    client = AsyncClient(transport=Answers({"results": [MODEL | news]}))
    assert (await client.models.list()).results[0].additional_properties == news
    client = AsyncClient(transport=Answers([HARDWARE[0] | news]))
    assert (await client.hardware.list())[0].additional_properties == news
    client = AsyncClient(transport=Answers({"results": [BODY | news | {"metrics": {"predict_time": 1.5}}]}))
    (prediction,) = (await client.predictions.list()).results
    assert prediction.additional_properties == news
    assert (prediction.model, prediction.created_at) == ("acme/echo", datetime(2025, 1, 1, tzinfo=UTC))


async def test_what_is_nested_is_an_object() -> None:
    """Structs: there, whatever was below the first level was a map with strings for keys."""
    client = AsyncClient(transport=Answers(MODEL))
    assert isinstance((await client.models.get("replicate/hello-world")).latest_version, ModelVersion)


async def test_models_are_listed_in_an_order(mock: MockTransport) -> None:
    """Row 14: there it took no arguments."""
    mock.model("acme/later")(lambda: None)
    client = AsyncClient(transport=mock)
    models = client.paginate(client.models.list, sort_by="model_created_at", sort_direction="asc")
    assert [model.name async for model in models] == ["echo", "broken", "later"]


async def test_what_is_not_given_is_not_sent() -> None:
    """Row 15: there a model was created with nulls for what was left out."""
    mock = MockTransport(account="replicate")
    client = AsyncClient(transport=mock)
    body: dict[str, Any] = {"owner": "replicate", "name": "babadook", "visibility": "public", "hardware": "cpu"}
    made = await client.models.create(**body, description="By Picasso")
    assert made.description == "By Picasso"
    assert mock.requests[-1].body == body | {"description": "By Picasso"}


async def test_a_deployment_is_got_from_the_service(mock: MockTransport) -> None:
    """Row 16: there its name was split in two, whether it existed or not; the name alone still does for running."""
    client = AsyncClient(transport=mock)
    deployment = await client.deployments.get("acme/prod")
    assert mock.requests[-1].operation == "deployments.get"
    assert (deployment.owner, deployment.name) == ("acme", "prod")
    assert deployment.current_release is not None
    assert deployment.current_release.model == "acme/echo"
    assert (await client.deployments.predictions.create(deployment, FOX)).status == "starting"


@pytest.mark.parametrize(("status", "body", "value"), [(202, None, None), (204, None, None), (200, [1], [1])])
async def test_every_success_is_one(status: int, body: Any, value: object) -> None:
    """Row 19: there 200 and 201 only."""
    assert await AsyncClient(transport=Answers(body, status)).request("DELETE", "/models/acme/echo") == value


async def test_an_answer_that_is_no_json_and_one_that_never_comes_are_errors_of_ours() -> None:
    """Row 19: there a decoder's error, and that of the HTTP client."""

    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    for transport, kind in (
        (httpx.MockTransport(lambda _: httpx.Response(502, text="<html>")), InternalServerError),
        (httpx.MockTransport(broken), APIConnectionError),
    ):
        with pytest.raises(kind):
            await AsyncClient(transport=transport, retries=0).request("GET", "/hardware")


async def test_requests_say_who_asks() -> None:
    """Row 19: there by the old scheme `Token`, and with no user agent."""
    answers = Answers([])
    await AsyncClient(transport=answers, token="r8_mine").hardware.list()
    headers = answers.requests[0].headers
    assert headers["authorization"] == "Bearer r8_mine"
    assert headers["user-agent"].startswith("replicate-typed/")
