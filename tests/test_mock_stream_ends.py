"""How the mock service's streams end: with the prediction, by a fault, or left by the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anyio
import httpx
import pytest
from hooking import talking_service
from mocking import body_of, client_of, create, get, problem_of
from streaming import events_in, text, whole

from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.exchanges import Pause
from replicate_typed.transports.mock.streams import stream

mock = pytest.fixture(talking_service)
client = pytest.fixture(client_of)


def test_a_failure_is_told(mock: MockTransport, client: httpx.Client) -> None:
    """What was given before, then the error, then the end."""

    @mock.model("acme/breaks")
    def breaks() -> Iterator[str]:
        yield "so far"
        raise ValueError("too “long”")

    prediction = create(client, "acme/breaks")
    told = whole(client, prediction)
    assert [name for name, _, _ in told] == ["output", "logs", "error", "done"]
    assert [data for _, _, data in told[2:]] == ['{"detail":"too “long”"}', '{"reason":"error"}']
    assert text(told, "logs") == get(client, prediction)["logs"]


def test_a_failure_that_a_cancellation_forestalls_is_not_told(mock: MockTransport, client: httpx.Client) -> None:
    """Neither its error nor its traceback."""

    @mock.model("acme/breaks", starting=0, processing=10)
    def breaks() -> Iterator[str]:
        yield "so far"
        raise ValueError("too long")

    prediction = create(client, "acme/breaks")
    mock.clock.sleep(6)
    client.post(prediction["urls"]["cancel"]).raise_for_status()
    assert [(name, data) for name, _, data in whole(client, prediction)] == [
        ("output", "so far"),
        ("done", '{"reason":"canceled"}'),
    ]


@pytest.mark.anyio
async def test_a_cancellation_is_told_at_once(mock: MockTransport) -> None:
    """Though the reader waits for what was to come."""
    client = httpx.AsyncClient(transport=mock)
    prediction = create(client_of(mock), "acme/talk")
    chunks: list[tuple[float, bytes]] = []

    async def read() -> None:
        async with client.stream("GET", prediction["urls"]["stream"]) as response:
            chunks.extend([(mock.clock.now(), chunk) async for chunk in response.aiter_raw()])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(read)
        await mock.clock.asleep(4.25)
        await client.post(prediction["urls"]["cancel"])
    at, last = chunks[-1]
    assert at == 4.25
    assert [(name, data) for name, _, data in events_in(last)] == [("done", '{"reason":"canceled"}')]
    assert len(chunks) == 4


def test_a_cancellation_by_a_receiver_of_webhooks_is_told_at_once(mock: MockTransport, client: httpx.Client) -> None:
    """Though the reader, in the same thread, waits for what was to come."""
    prediction = create(client, "acme/talk")
    mock.model("acme/quick", starting=0, processing=4.25)(lambda: "x")
    mock.deliver_webhooks(lambda _: client.post(prediction["urls"]["cancel"]).status_code)
    body: dict[str, Any] = {"input": {}, "webhook": "https://receiver.example/", "webhook_events_filter": ["completed"]}
    client.post("/models/acme/quick/predictions", json=body).raise_for_status()
    with client.stream("GET", prediction["urls"]["stream"]) as response:
        instants = [mock.clock.now() for _ in response.iter_raw()]
    assert instants[-1] == 4.25


def test_no_change_is_missed_between_the_look_and_the_pause(mock: MockTransport, client: httpx.Client) -> None:
    """It ends the pause that was to come."""
    create(client, "acme/talk")
    (run,) = mock._state.predictions  # pyright: ignore[reportPrivateUsage] -- changes in the midst of a look

    def now() -> int:
        run.ring()
        return run.created

    body = stream(run, None, now)
    assert next(body) == b": hi\n\n"
    pause = next(body)
    assert isinstance(pause, Pause)
    assert pause.alarm is run.changed
    assert pause.heard == 0
    assert run.changed.rings > 0


def test_an_abortion_is_told_as_a_cancellation(mock: MockTransport, client: httpx.Client) -> None:
    """Of one that waited longer than it may."""

    @mock.model("acme/late", starting=60)
    def late() -> Iterator[str]:
        yield ""

    response = client.post("/models/acme/late/predictions", json={"input": {}}, headers={"cancel-after": "5s"})
    told = whole(client, body_of(response))
    assert told == [("done", "1735689605:0", '{"reason":"canceled"}')]
    assert mock.clock.now() == 5


def test_a_stream_that_is_left_costs_nothing(mock: MockTransport, client: httpx.Client) -> None:
    """Time stands where it was left."""
    prediction = create(client, "acme/talk")
    with client.stream("GET", prediction["urls"]["stream"]) as response:
        for chunk in response.iter_raw():
            if b"Hello" in chunk:
                break
    assert mock.clock.now() == 4


def test_a_stream_can_be_cut(mock: MockTransport, client: httpx.Client) -> None:
    """By a fault, after so many events; it goes on when it is asked for again."""
    prediction = create(client, "acme/talk")
    mock.cut_stream(after=2)
    told = whole(client, prediction)
    assert [name for name, _, _ in told] == ["logs", "output"]
    rest = whole(client, prediction, last=told[-1][1])
    assert [name for name, _, _ in rest] == ["output", "logs", "done"]


def test_what_is_no_stream_is_not_cut(mock: MockTransport, client: httpx.Client) -> None:
    """The refusal of a stream that is over stays as it is."""
    prediction = create(client, "acme/talk")
    mock.clock.sleep(7200)
    mock.cut_stream(after=1)
    assert "does not exist" in problem_of(client.get(prediction["urls"]["stream"]), 404)["detail"]


def test_half_a_character_is_streamed_as_a_question_mark(mock: MockTransport, client: httpx.Client) -> None:
    """In logs and in output: a stream is UTF-8, which has no halves."""

    @mock.model("acme/halves")
    def halves() -> Iterator[str]:
        mock.log("log \ud83d")
        yield "text \ud83d"

    told = whole(client, create(client, "acme/halves"))
    assert (text(told, "logs"), text(told, "output")) == ("log ?\n", "text ?")
