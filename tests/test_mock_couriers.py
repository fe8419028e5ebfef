"""Webhooks of the mock service are sent as predictions and trainings advance, each at its instant."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

import anyio
import httpx
import pytest
from hooking import HOOK, talking_service
from mocking import body_of, client_of, problem_of

from replicate_typed import AsyncClient, Client
from replicate_typed.agenda import Happening
from replicate_typed.transports.mock import MockTransport
from replicate_typed.virtual_clock import VirtualClock

mock = pytest.fixture(talking_service)
client = pytest.fixture(client_of)
ALL = ["start", "output", "logs", "completed"]


def create(client: httpx.Client, model: str = "acme/talk", filter: list[str] | None = None, **input: Any) -> Any:
    body: dict[str, Any] = {"input": input, "webhook": HOOK}
    if filter is not None:
        body["webhook_events_filter"] = filter
    response = client.post(f"/models/{model}/predictions", json=body)
    assert response.status_code == 201, response.text
    return response.json()


def story(mock: MockTransport) -> list[tuple[str, float, str]]:
    return [(sent.event, sent.at, sent.body["status"]) for sent in mock.webhooks]


def test_everything_is_told_at_its_instant(mock: MockTransport, client: httpx.Client) -> None:
    """With the prediction as it was then."""
    received: list[httpx.Request] = []
    mock.deliver_webhooks(received.append)
    prediction = create(client, filter=ALL)
    mock.clock.sleep(100)
    assert story(mock) == [
        ("start", 2, "processing"),
        ("logs", 3, "processing"),
        ("output", 4, "processing"),
        ("output", 5, "processing"),
        ("logs", 6, "processing"),
        ("completed", 7, "succeeded"),
    ]
    bodies = [sent.body for sent in mock.webhooks]
    assert [body["output"] for body in bodies] == [None, None, ["Hello"], *[["Hello", " world"]] * 3]
    assert [(body["logs"] or "").count("\n") for body in bodies] == [0, 1, 1, 1, 2, 2]
    assert {body["id"] for body in bodies} == {prediction["id"]}
    assert (bodies[0]["completed_at"], bodies[0]["metrics"]) == (None, {})
    assert bodies[-1]["metrics"] == {"predict_time": 5.0, "total_time": 7.0}
    assert [(request.method, str(request.url), request.content) for request in received] == [
        ("POST", HOOK, sent.content) for sent in mock.webhooks
    ]
    assert [dict(request.headers) for request in received] == [sent.headers for sent in mock.webhooks]
    assert {(sent.status, sent.error, sent.attempt, sent.url) for sent in mock.webhooks} == {(200, None, 1, HOOK)}


def test_every_one_is_signed(mock: MockTransport, client: httpx.Client) -> None:
    """With the secret that the service tells, and the real time: receivers check it, and must find it fresh."""
    begun = int(time.time())
    key = body_of(client.get("/webhooks/default/secret"))["key"]
    create(client, filter=ALL)
    mock.clock.sleep(10)
    for sent in mock.webhooks:
        id, timestamp, signature = (sent.headers[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
        signed = f"{id}.{timestamp}.".encode() + sent.content
        digest = hmac.new(base64.b64decode(key.removeprefix("whsec_")), signed, hashlib.sha256).digest()
        assert signature == f"v1,{base64.b64encode(digest).decode()}"
        assert begun <= int(timestamp) <= time.time()
        assert sent.headers["content-type"] == "application/json"
    assert len({sent.headers["webhook-id"] for sent in mock.webhooks}) == 6


def test_the_same_seed_gives_the_same_webhooks() -> None:
    """But for the time that is signed, which is the real one."""

    def run(seed: int) -> list[Any]:
        mock = MockTransport(seed=seed)
        mock.model("acme/echo")(lambda: 1)
        create(client_of(mock), "acme/echo")
        mock.clock.sleep(10)
        return [(sent.at, sent.event, sent.headers["webhook-id"], sent.content) for sent in mock.webhooks]

    assert run(1) == run(1) != run(2)


@pytest.mark.parametrize(
    ("filter", "told"), [(None, ["output", "output", "completed"]), (["start"], ["start"]), ([], []), (ALL[2:], None)]
)
def test_the_filter_chooses(
    mock: MockTransport, client: httpx.Client, filter: list[str] | None, told: list[str] | None
) -> None:
    """Output and completion by default."""
    create(client, filter=filter)
    mock.clock.sleep(10)
    assert [sent.event for sent in mock.webhooks] == (["logs", "logs", "completed"] if told is None else told)


def test_nothing_is_told_without_being_asked(mock: MockTransport, client: httpx.Client) -> None:
    """A prediction without a webhook is nobody's business."""
    assert client.post("/models/acme/talk/predictions", json={"input": {}}).status_code == 201
    mock.clock.sleep(10)
    assert mock.webhooks == []


def test_webhooks_are_listed_without_a_receiver(mock: MockTransport, client: httpx.Client) -> None:
    """As they would be sent, once each."""
    create(client, "acme/echo", text="x")
    mock.clock.sleep(100)
    assert [(sent.event, sent.status, sent.error) for sent in mock.webhooks] == [("completed", None, None)]
    assert mock.webhooks[0].body["output"] == "x"


def test_a_failure_is_told(mock: MockTransport, client: httpx.Client) -> None:
    """With the error, and the logs that end with its traceback."""
    create(client, "acme/fail")
    mock.clock.sleep(10)
    (sent,) = mock.webhooks
    assert (sent.body["status"], sent.body["error"], sent.at) == ("failed", "no way", 10)
    assert sent.body["logs"].endswith("ValueError: no way\n")


@pytest.mark.parametrize("after", [1, 4.25])
def test_a_cancellation_is_told_at_once(mock: MockTransport, client: httpx.Client, after: float) -> None:
    """Before it has started or while it runs; and then nothing more."""
    prediction = create(client)
    mock.clock.sleep(after)
    client.post(prediction["urls"]["cancel"])
    mock.clock.sleep(0)
    assert story(mock)[-1] == ("completed", after, "canceled")
    mock.clock.sleep(100)
    assert [sent.event for sent in mock.webhooks].count("completed") == 1


def test_a_deadline_is_told(mock: MockTransport, client: httpx.Client) -> None:
    """Of one that was to wait longer than it may."""
    mock.model("acme/late", starting=20)(lambda: 1)
    body: dict[str, Any] = {"input": {}, "webhook": HOOK}
    client.post("/models/acme/late/predictions", json=body, headers={"cancel-after": "5s"})
    mock.clock.sleep(100)
    assert story(mock) == [("completed", 5, "aborted")]


def test_one_in_a_queue_is_told_of_when_it_has_its_turn(mock: MockTransport, client: httpx.Client) -> None:
    """Which is sooner when one before it is canceled."""
    mock.model("acme/busy", starting=1, processing=10, instances=1)(lambda: 1)
    first = create(client, "acme/busy", ["start"])
    create(client, "acme/busy", ["start", "completed"])
    mock.clock.sleep(4)
    client.post(first["urls"]["cancel"])
    mock.clock.sleep(100)
    assert [(sent.event, sent.at) for sent in mock.webhooks] == [("start", 1), ("start", 4), ("completed", 14)]


def test_a_change_costs_one_more_look() -> None:
    """However much is still to come."""
    scheduled: list[float] = []

    class Counting(VirtualClock):
        def schedule(self, at: float, happening: Happening) -> None:
            scheduled.append(at)
            super().schedule(at, happening)

    mock = MockTransport(clock=Counting())

    @mock.model("acme/busy", starting=0, processing=51)
    def busy() -> None:
        for _ in range(50):
            mock.log("x")

    create(client_of(mock), "acme/busy", [])
    (run,) = mock._state.predictions  # pyright: ignore[reportPrivateUsage] -- nothing else changes often
    for _ in range(10):
        mock.clock.sleep(2)
        run.ring()
    mock.clock.sleep(100)
    assert len(scheduled) == 1 + 50 + 1 + 10


def test_all_is_told_of_a_run_that_takes_no_time(mock: MockTransport, client: httpx.Client) -> None:
    """Once somebody sleeps; what comes too soon after the first is left out."""

    @mock.model("acme/now", starting=0, processing=0)
    def now() -> int:
        mock.log("x")
        return 1

    create(client, "acme/now", ALL)
    mock.clock.sleep(0)
    assert story(mock) == [("start", 0, "processing"), ("completed", 0, "succeeded")]


def test_a_training_is_told_of(mock: MockTransport, client: httpx.Client) -> None:
    """As reading it would show it."""
    mock.training("acme/echo", processing=60)(lambda: "https://example.com/weights")
    version = body_of(client.get("/models/acme/echo"))["latest_version"]["id"]
    body: dict[str, Any] = {"destination": "acme/echo", "input": {}, "webhook": HOOK}
    training = body_of(client.post(f"/models/acme/echo/versions/{version}/trainings", json=body))
    mock.clock.sleep(100)
    (sent,) = mock.webhooks
    assert (sent.event, sent.at) == ("completed", 60.5)
    assert sent.body == body_of(client.get(f"/trainings/{training['id']}"))


@pytest.mark.parametrize("answer", [400, 404, 500, 503])
def test_the_last_webhook_is_sent_again(mock: MockTransport, client: httpx.Client, answer: int) -> None:
    """After longer and longer pauses, for a minute, with the same id; the others are not."""
    mock.deliver_webhooks(lambda _: answer)
    create(client, filter=["start", "completed"])
    mock.clock.sleep(200)
    start, *completed = mock.webhooks
    assert (start.event, start.status) == ("start", answer)
    assert [sent.at - 7 for sent in completed] == [0, 1, 3, 7, 15, 31, 63]
    assert [sent.attempt for sent in completed] == [1, 2, 3, 4, 5, 6, 7]
    assert len({(sent.headers["webhook-id"], sent.content) for sent in completed}) == 1


@pytest.mark.parametrize("answer", [200, 204, 301, 307])
def test_what_is_no_refusal_is_not_sent_again(mock: MockTransport, client: httpx.Client, answer: int) -> None:
    """Once it has come through, that is all; nor are redirects followed."""
    answers = [503, answer]
    mock.deliver_webhooks(lambda _: httpx.Response(answers.pop(0), headers={"location": "https://example.com/other"}))
    create(client, "acme/echo", text="x")
    mock.clock.sleep(100)
    assert [(sent.at, sent.status) for sent in mock.webhooks] == [(10, 503), (11, answer)]


def test_a_receiver_can_be_changed(mock: MockTransport, client: httpx.Client) -> None:
    """The next webhook goes to the new one."""
    mock.deliver_webhooks(lambda _: 500)
    create(client, "acme/echo", text="x")
    mock.clock.sleep(10.5)
    mock.deliver_webhooks(lambda _: 201)
    mock.clock.sleep(100)
    assert [sent.status for sent in mock.webhooks] == [500, 201]


@pytest.mark.parametrize("path", ["/predictions", "/models/acme/talk/predictions"])
def test_a_webhook_must_be_an_address(mock: MockTransport, client: httpx.Client, path: str) -> None:
    """Else nothing is created."""
    version = {} if "models" in path else {"version": "acme/talk"}
    problem = problem_of(client.post(path, json={"input": {}, "webhook": "here", **version}), 422)
    assert problem["invalid_fields"] == [
        {"type": "format", "field": "webhook", "description": "Does not match format 'uri'"}
    ]
    assert mock.predictions == []


def test_our_client_passes_the_time_by_waiting(mock: MockTransport) -> None:
    """So when a run has returned, its webhooks have come, the last one included."""
    seen: list[tuple[str, float]] = []

    def receive(request: httpx.Request) -> None:
        seen.append((request.headers["webhook-id"], mock.clock.now()))

    mock.deliver_webhooks(receive)
    client = Client(transport=mock)
    prediction = client.predictions.create("acme/talk", {}, webhook=HOOK)
    assert client.wait(prediction).output == ["Hello", " world"]
    assert [at for _, at in seen] == [4, 5, 7]


@pytest.mark.anyio
async def test_our_async_client_passes_the_time_by_waiting(mock: MockTransport) -> None:
    """Many at once, each told of at its own instant."""
    client = AsyncClient(transport=mock)

    async def run(number: int) -> None:
        await mock.clock.asleep(number)
        prediction = await client.predictions.create("acme/echo", {"text": str(number)}, webhook=HOOK)
        await client.wait(prediction)

    async with anyio.create_task_group() as tasks:
        for number in range(20):
            tasks.start_soon(run, number)
    assert [(sent.at, sent.body["output"]) for sent in mock.webhooks] == [(10 + n, str(n)) for n in range(20)]


def test_an_answer_that_was_held_back_comes_after_the_webhook(mock: MockTransport, client: httpx.Client) -> None:
    """A create that waits for the output passes the time, too."""
    body = {"input": {"text": "x"}, "webhook": HOOK}
    client.post("/models/acme/echo/predictions", json=body, headers={"prefer": "wait"})
    assert [(sent.event, sent.at) for sent in mock.webhooks] == [("completed", 10)]
