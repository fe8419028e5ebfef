"""Streams of events on the service in memory: what they give, and what they are asked with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hooking import talking_service
from predictions import Scripted
from telling import EVENTS, TOLD, Telling

from replicate_typed import AsyncClient, AsyncEventStream, Event, EventType, MockTransport, StreamInterruptedError

pytestmark = pytest.mark.anyio
mock = pytest.fixture(talking_service)

TALK = [
    (3, "logs", "warming up\n"),
    (4, "output", "Hello"),
    (5, "output", " world"),
    (6, "logs", "cooling down\n"),
    (7, "done", "{}"),
]


async def told(stream: AsyncEventStream) -> list[tuple[str, str]]:
    """The types and the data of all events."""
    async with stream as events:
        return [(str(event.type), event.data) async for event in events]


async def test_events_are_given_as_they_happen(mock: MockTransport) -> None:
    """Each at its instant, with its type; the last one is `done`."""
    client = AsyncClient(transport=mock)
    seen: list[tuple[float, str, str]] = []
    async with client.stream("acme/talk") as events:
        async for event in events:
            seen.append((mock.clock.now(), str(event.type), event.data))
    assert seen == TALK


async def test_a_stream_needs_no_block_to_be_read_to_its_end(mock: MockTransport) -> None:
    """And every event can be printed: only outputs have text."""
    client = AsyncClient(transport=mock)
    assert "".join([str(event) async for event in client.stream("acme/talk")]) == "Hello world"
    assert [request.operation for request in mock.requests] == ["models.predictions.create", "stream"]


async def test_a_stream_shows_its_prediction_and_the_text_so_far(mock: MockTransport) -> None:
    """Pain 7: from the entrance on; before, there is none."""
    stream = AsyncClient(transport=mock).stream("acme/talk")
    with pytest.raises(RuntimeError, match="created when the stream is entered"):
        _ = stream.id
    assert "nothing yet" in repr(stream)
    assert mock.requests == []
    async with stream as events:
        assert events is stream
        assert events.id == events.prediction.id == mock.predictions[0]["id"]
        assert f"{events.id} of acme/talk: starting" in repr(stream)
        texts = [events.text async for _ in events]
    assert texts == ["", "Hello", "Hello world", "Hello world", "Hello world"]
    assert stream.text == "Hello world"


async def test_a_stream_goes_on_where_it_was_left(mock: MockTransport) -> None:
    """It is one iterator, whoever asks for the next event; at the end there is none."""
    async with AsyncClient(transport=mock).stream("acme/talk") as events:
        assert (await events.__anext__()).type is EventType.LOGS
        async for event in events:
            assert str(event) == "Hello"
            break
        assert [str(event) async for event in events] == [" world", "", ""]
        assert [event async for event in events] == []


async def test_a_stream_is_asked_for_without_the_token_and_the_headers_of_the_client() -> None:
    """Its host is not the API's."""
    service = Telling(TOLD)
    client = AsyncClient(transport=service, token="r8_secret", headers={"X-Mine": "1"})
    assert await told(client.stream("acme/echo")) == EVENTS
    (create, stream) = service.requests
    assert create.headers["authorization"] == "Bearer r8_secret"
    assert "authorization" not in stream.headers
    assert "x-mine" not in stream.headers
    assert (stream.headers["accept"], stream.headers["cache-control"]) == ("text/event-stream", "no-store")
    assert stream.headers["accept-encoding"] == "identity"
    assert "last-event-id" not in stream.headers
    assert not any(b"r8_secret" in value for _, value in stream.headers.raw)


async def test_arguments_of_a_run_are_those_of_a_stream(mock: MockTransport) -> None:
    """What is sent with the create."""
    client = AsyncClient(transport=mock)
    stream = client.stream(
        "acme/echo",
        {"text": "a"},
        cancel_after=60,
        webhook="https://acme.example",
        webhook_events_filter=["completed"],
    )
    assert await told(stream) == [("output", "a"), ("done", "{}")]
    body = {"input": {"text": "a"}, "webhook": "https://acme.example", "webhook_events_filter": ["completed"]}
    mock.assert_called("predictions.create", times=1, **body)
    assert stream.prediction.deadline is not None


@pytest.mark.parametrize(
    "options", [{"input": {"a": float("nan")}}, {"timeout": 0}, {"cancel_after": 1}, {"webhook": "x"}, {"timeout": "1"}]
)
async def test_bad_input_is_refused_before_any_request(mock: MockTransport, options: dict[str, Any]) -> None:
    """By the call itself or, for an input that is not JSON, by entering the stream."""
    with pytest.raises((ValueError, TypeError)):
        await told(AsyncClient(transport=mock).stream("acme/talk", **options))
    with pytest.raises(ValueError, match="owner/name"):
        AsyncClient(transport=mock).stream("talk")
    assert mock.requests == []


async def test_unknown_events_are_handed_on() -> None:
    """V24: what the service adds one day breaks nothing, and is no text."""
    body = b"event: progress\nid: 1\ndata: 50\n\n" + TOLD
    stream = AsyncClient(transport=Telling(body)).stream("acme/echo")
    assert await told(stream) == [("progress", "50"), *EVENTS]
    assert stream.text == "Hello world!"


async def test_events_without_an_id_are_not_dropped() -> None:
    """Whatever comes between them."""
    body = b"event: output\ndata: a\n\nid: 1\nevent: output\ndata: b\n\nevent: output\ndata: b\n\n"
    body += b"event: done\ndata: {}\n\n"
    assert await told(AsyncClient(transport=Telling(body)).stream("acme/echo")) == [
        ("output", "a"), ("output", "b"), ("output", "b"), ("done", "{}")
    ]  # fmt: skip


async def test_nothing_is_read_after_done() -> None:
    """Not even from the same chunk."""
    service = Telling(TOLD + b"event: output\ndata: more\n\n")
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS


async def test_text_that_looks_like_an_address_is_text() -> None:
    """V13: outputs are given as they are."""
    body = b"event: output\ndata: https://example.com/a.png\n\nevent: done\ndata: {}\n\n"
    (event, _) = [event async for event in AsyncClient(transport=Telling(body)).stream("acme/echo")]
    assert event == Event(EventType.OUTPUT, "https://example.com/a.png")
    assert type(event.data) is str


async def test_a_streamed_file_is_its_address(mock: MockTransport) -> None:
    """Pain 23: as in the prediction; nothing is downloaded."""

    @mock.model("acme/draw")
    def draw() -> Iterator[bytes]:
        yield b"one"
        yield b"two"

    stream = AsyncClient(transport=mock).stream("acme/draw")
    urls = [data for kind, data in await told(stream) if kind == "output"]
    assert urls == mock.predictions[0]["output"]
    assert len(mock.requests) == 2


async def test_a_run_can_be_streamed_from_its_beginning(mock: MockTransport) -> None:
    """V22: at any time, again and again, with all that was told before."""
    client = AsyncClient(transport=mock)
    run = await client.submit("acme/talk")
    mock.clock.sleep(4.5)
    expected = [(kind, data) for _, kind, data in TALK]
    assert await told(run.stream()) == expected
    assert await told(run.stream()) == expected
    assert len(mock.predictions) == 1


async def test_the_handle_of_a_run_sees_what_its_stream_sees(mock: MockTransport) -> None:
    """Here by looks, as the model has no stream."""
    run = await AsyncClient(transport=mock).submit("acme/echo", {"text": "a"})
    await told(run.stream())
    assert (run.status, run.prediction.output) == ("succeeded", "a")


async def test_a_run_that_ended_long_ago_has_lost_its_output(mock: MockTransport) -> None:
    """V14: that is said, rather than an empty text given."""
    run = await AsyncClient(transport=mock).submit("acme/talk")
    mock.clock.sleep(7200)
    with pytest.raises(StreamInterruptedError, match="its output was removed by the service"):
        await told(run.stream())


async def test_a_model_without_a_stream_is_looked_at(mock: MockTransport) -> None:
    """V17: only there; what is new is given as it is seen, in one order, and then `done`."""

    @mock.model("acme/list", starting=1, processing=9)
    def items() -> list[str]:
        for line in ("one", "two"):
            mock.log(line)
        return ["a", "b"]

    stream = AsyncClient(transport=mock, polling=2).stream("acme/list")
    assert await told(stream) == [
        ("logs", "one\n"), ("logs", "two\n"), ("output", "a"), ("output", "b"), ("done", "{}")
    ]  # fmt: skip
    assert mock.clock.slept == [2] * 5
    assert stream.prediction.status == "succeeded"


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        ([["a"], ["a", "b"], ["a", "b", "c"]], ["a", "b", "c"]),
        (["a", "ab", "ab"], ["a", "b"]),
        ([None, None, {"a": 1}], ['{"a":1}']),
        ([None, {"a": 1}, {"a": 2}], ['{"a":2}']),
        ([["a", "b"], ["a"], ["a", "b", "c"]], ["a", "b", "c"]),
    ],
)
async def test_what_is_seen_is_given_once(looks: list[Any], expected: list[str]) -> None:
    """V22: beginning with the answer to the create; an older state of it changes nothing."""
    states = [{"status": "processing", "output": output} for output in looks]
    states[-1]["status"] = "succeeded"
    stream = AsyncClient(transport=Scripted(*states)).stream("acme/echo")
    assert await told(stream) == [*(("output", text) for text in expected), ("done", "{}")]


async def test_a_prediction_that_has_ended_at_once_is_not_looked_at() -> None:
    """Its create says all."""
    service = Scripted({"status": "succeeded", "output": ["a"], "logs": "x\n"})
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == [
        ("logs", "x\n"), ("output", "a"), ("done", "{}")
    ]  # fmt: skip
    assert len(service.paths) == 1
