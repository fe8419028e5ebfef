"""Streams that break off, fall silent, are refused or tell nonsense: nothing is lost, and nothing given twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from telling import CREATED, DONE, EVENTS, RUNNING, STREAM, TOLD, Played, Steps, Telling

from replicate_typed import (
    APIConnectionError,
    AsyncClient,
    AsyncEventStream,
    MockTransport,
    ModelError,
    PredictionCanceledError,
    PredictionFailedError,
    StreamInterruptedError,
)

pytestmark = pytest.mark.anyio

BROKEN = httpx.ReadError("reset")
SILENT = httpx.ReadTimeout("silence")
HALF = TOLD[: TOLD.index(b"event: output\nid: 2:0")]
ERROR = b'event: error\ndata: {"detail":"no"}'
BAD_END = b'event: done\ndata: {"reason":"error"}'
CANCELED = b'event: done\ndata: {"reason":"canceled"}'
DIFFERENT: dict[str, Any] = {**DONE, "output": ["Something", " else"]}


async def told(stream: AsyncEventStream) -> list[tuple[str, str]]:
    """The types and the data of all events."""
    async with stream as events:
        return [(str(event.type), event.data) async for event in events]


def talking() -> MockTransport:
    mock = MockTransport()

    @mock.model("acme/echo", starting=1, processing=4)
    def talk() -> Iterator[str]:
        mock.log("x")
        yield from ("Hello", " world", "!")

    return mock


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("after", range(6))
async def test_a_stream_that_ends_too_soon_is_gone_on_with(after: int, times: int) -> None:
    """V14: whichever event it ends after, and though it ends again."""
    mock = talking()
    mock.cut_stream(after=after, times=times)
    assert await told(AsyncClient(transport=mock).stream("acme/echo")) == EVENTS
    assert len(mock.predictions) == 1


@pytest.mark.parametrize("after", range(0, 260, 7))
async def test_a_stream_that_breaks_at_any_byte_is_gone_on_with(after: int) -> None:
    """After the last event that was complete."""
    mock = talking()
    mock.truncate("stream", after=after)
    assert await told(AsyncClient(transport=mock).stream("acme/echo")) == EVENTS


@pytest.mark.parametrize("ids", [True, False])
async def test_a_service_that_begins_anew_gives_nothing_twice(ids: bool) -> None:
    """Cut at every byte, with ids and without: what has come before is passed over."""
    body = TOLD if ids else b"\n".join(line for line in TOLD.split(b"\n") if not line.startswith(b"id"))
    for cut in range(len(body) - 1):
        service = Telling([body[:cut], BROKEN], body)
        assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS
        assert len(service.asked(STREAM)) == 2


async def test_the_service_is_told_after_which_event_to_go_on() -> None:
    """By the id of the last one, if that can be sent."""
    told_again = TOLD.replace(b"id: 2:0", b"id: \xc3\xa9")
    odd = told_again[len(HALF) : told_again.index(b"event: output\nid: 2:1")]
    service = Telling(HALF, b"", odd, told_again, looks=[RUNNING])
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS
    assert [request.headers.get("last-event-id") for request in service.asked(STREAM)] == [None, "1:1", "1:1", None]


async def test_the_pauses_grow_and_are_those_that_the_service_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the client's clock; a new event begins them anew."""
    monkeypatch.setattr("random.random", lambda: 1.0)
    service = Telling(HALF, b"", b"retry: 7000\n\n", TOLD, looks=[RUNNING])
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS
    assert service.clock.slept == [0.5, 1, 7]


async def test_a_stream_that_is_cut_again_and_again_is_done_without() -> None:
    """A few times at most; then the prediction is looked at, and the rest given from there."""
    service = Telling(HALF, looks=[RUNNING, RUNNING, RUNNING, {**RUNNING, "output": ["Hello", " world"]}, DONE])
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS
    assert [request.headers.get("last-event-id") for request in service.asked(STREAM)] == [None, "1:1", "1:1", "1:1"]


async def test_a_stream_that_gives_something_each_time_may_be_cut_any_number_of_times() -> None:
    """Only cuts with no new event between them count."""
    pieces = [f"event: output\nid: {number}\ndata: {number}\n\n".encode() for number in range(20)]
    service = Telling(*pieces, b"event: done\ndata: {}\n\n", looks=[RUNNING])
    stream = AsyncClient(transport=service).stream("acme/echo")
    await told(stream)
    assert stream.text == "".join(map(str, range(20)))


async def test_the_rest_comes_from_the_prediction_if_it_has_ended_meanwhile() -> None:
    """V14: whole, and with no more tries than it takes to see that the stream has nothing new."""
    service = Telling(HALF)
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS
    assert len(service.asked(STREAM)) == 2
    assert len(service.asked("/predictions/p1")) == 1


async def test_silence_is_no_failure_while_the_prediction_goes_on() -> None:
    """A model may take minutes to start: it is looked at with each timeout, and listened to on."""
    mock = MockTransport()

    @mock.model("acme/echo", starting=290, processing=10)
    def talk() -> Iterator[str]:
        mock.log("x")
        yield from ("Hello", " world", "!")

    assert await told(AsyncClient(transport=mock, timeout=60).stream("acme/echo")) == EVENTS
    assert mock.clock.now() == 300
    operations = [request.operation for request in mock.requests]
    assert operations.count("stream") == 5
    assert operations.count("predictions.get") == 4


async def test_a_stream_that_is_kept_from_us_is_done_without() -> None:
    """As by proxies that hand it on when it is over: the prediction shows that there is something to hear."""
    service = Telling([SILENT], looks=[RUNNING, {**RUNNING, "output": ["Hello"], "logs": "x\n"}, DONE])
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS
    assert len(service.asked(STREAM)) == 2


async def test_logs_that_are_not_streamed_are_no_reason_to_leave_the_stream() -> None:
    """Some streams have none; as long as no output is kept back, it is listened to."""
    service = Telling([SILENT], TOLD, looks=[{**RUNNING, "logs": "loading the model\n"}])
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS


async def test_silence_after_the_end_is_the_end() -> None:
    """The stream may have lost its `done`."""
    service = Telling([TOLD[: TOLD.index(b"event: done")], SILENT])
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS
    assert len(service.asked(STREAM)) == 1


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        *((status, {"content-type": "application/problem+json"}, b"{}") for status in (401, 403, 404, 410, 500, 503)),
        (302, {"location": "https://elsewhere.example"}, b""),
        (204, {}, b""),
        (200, {"content-type": "text/html"}, b"<html>"),
        (200, {}, TOLD),
        (200, {"content-type": "text/event-stream", "content-encoding": "gzip"}, TOLD),
    ],
)
@pytest.mark.parametrize("begun", [False, True])
async def test_a_stream_that_is_refused_is_done_without(
    status: int, headers: dict[str, str], body: bytes, begun: bool
) -> None:
    """At first, or in the middle: what is new is seen by looking."""
    refusal = httpx.Response(status, headers=headers, stream=Played(body))
    service = Telling(*([HALF] if begun else []), refusal, looks=[RUNNING, {**RUNNING, "output": ["Hello"]}, DONE])
    await check_done_without(service, begun)


@pytest.mark.parametrize("refusal", [httpx.ConnectError("refused"), httpx.RemoteProtocolError("nonsense")])
@pytest.mark.parametrize("begun", [False, True])
async def test_a_stream_that_cannot_be_reached_is_done_without(refusal: Exception, begun: bool) -> None:
    """Its host may be out of reach where the API's is not."""
    service = Telling(*([HALF] if begun else []), refusal, looks=[RUNNING, {**RUNNING, "output": ["Hello"]}, DONE])
    await check_done_without(service, begun)


async def check_done_without(service: Telling, begun: bool) -> None:
    client = AsyncClient(transport=service, retries=0)
    assert [event for event in await told(client.stream("acme/echo")) if event[0] != "logs"] == EVENTS[1:]
    assert len(service.asked(STREAM)) == 1 + begun


async def test_a_stream_that_does_not_open_in_time_is_not_waited_for() -> None:
    """Ten seconds, or less: then the prediction is looked at."""
    service = Telling(httpx.ConnectTimeout("dropped"))
    assert await told(AsyncClient(transport=service, retries=0).stream("acme/echo")) == EVENTS
    (request,) = service.asked(STREAM)
    assert request.extensions["timeout"]["connect"] == 10


@pytest.mark.parametrize(
    "url", ["http://stream.example/x", "stream.example", "", "file:///etc/passwd", "https://[", "https://\x7f/"]
)
async def test_an_address_that_is_not_safe_is_done_without(url: str) -> None:
    """Nothing is sent there."""
    service = Telling(TOLD)
    service.created = {**CREATED, "urls": {**CREATED["urls"], "stream": url}}
    assert await told(AsyncClient(transport=service, token="r8_secret").stream("acme/echo")) == EVENTS
    assert {request.url.host for request in service.requests} == {"api.replicate.com"}


async def test_an_endless_event_is_done_without() -> None:
    """Rather than fill the memory."""
    service = Telling([HALF, *[b"x" * 2**20] * 70])
    assert await told(AsyncClient(transport=service).stream("acme/echo")) == EVENTS


@pytest.mark.parametrize(
    ("looks", "told_last", "kind", "message"),
    [
        ([{"status": "failed", "error": "boom"}], ERROR, PredictionFailedError, "boom"),
        ([{"status": "processing"}], ERROR, PredictionFailedError, "failed: no"),
        ([404], ERROR, PredictionFailedError, "failed: no"),
        ([{"status": "failed", "error": "boom"}], BAD_END, PredictionFailedError, "boom"),
        ([{"status": "canceled"}], CANCELED, PredictionCanceledError, "canceled"),
        ([500], CANCELED, PredictionCanceledError, "was canceled"),
    ],
)  # fmt: skip
async def test_an_error_in_a_stream_is_a_model_error(
    looks: list[Any], told_last: bytes, kind: type[ModelError], message: str
) -> None:
    """V24: of our tree, with the prediction as it is now; the text that came before is kept."""
    states = [state if isinstance(state, int) else {**RUNNING, **state} for state in looks]
    service = Telling(HALF + told_last + b"\n\n" + TOLD, looks=states)
    stream = AsyncClient(transport=service, retries=0).stream("acme/echo")
    with pytest.raises(kind, match=message) as caught:
        [event async for event in stream]
    assert caught.value.prediction_id == "p1"
    assert stream.text == "Hello"
    has_ended = caught.value.prediction.status in {"failed", "canceled"}
    assert len(service.asked("/cancel")) == (0 if has_ended else 1), "what may be running costs money"


async def test_a_model_that_fails_gives_its_output_first() -> None:
    """Over the stream, and by looking."""
    mock = MockTransport()

    @mock.model("acme/broken", processing=2)
    def broken() -> Iterator[str]:
        yield "so far"
        raise ValueError("CUDA out of memory")

    @mock.model("acme/dumb")
    def dumb() -> str:
        raise ValueError("CUDA out of memory")

    for name, text in (("acme/broken", "so far"), ("acme/dumb", "")):
        stream = AsyncClient(transport=mock).stream(name)
        with pytest.raises(PredictionFailedError, match="CUDA out of memory") as caught:
            await told(stream)
        assert stream.text == text
        assert caught.value.prediction.status == "failed"
    assert not any((request.operation or "").endswith("cancel") for request in mock.requests)


@pytest.mark.parametrize("steps", [HALF, [HALF, BROKEN], [HALF, SILENT]])
async def test_a_stream_whose_end_cannot_be_heard_of_is_an_error(steps: Steps) -> None:
    """V14: with what had arrived, and what to do."""
    service = Telling(steps, looks=[503])
    stream = AsyncClient(transport=service, retries=0).stream("acme/echo")
    with pytest.raises(StreamInterruptedError) as caught:
        await told(stream)
    assert str(caught.value).startswith(
        "the stream of prediction p1 of acme/echo could not be followed to its end: GET"
    )
    assert str(caught.value).endswith("wait for it with client.wait('p1')")
    assert caught.value.text == "Hello"
    assert caught.value.prediction is not None
    assert caught.value.prediction.id == "p1"
    assert service.asked("/cancel") == []


async def test_a_prediction_that_says_something_else_than_its_stream_is_an_error() -> None:
    """Nothing is put together that does not belong together."""
    stream = AsyncClient(transport=Telling(HALF, looks=[DIFFERENT])).stream("acme/echo")
    with pytest.raises(StreamInterruptedError, match="does not begin with what the stream told") as caught:
        await told(stream)
    assert caught.value.text == "Hello"
    assert caught.value.prediction is not None
    assert caught.value.prediction.output == ["Something", " else"]


async def test_a_prediction_that_failed_meanwhile_is_a_model_error() -> None:
    """Whatever has become of its output."""
    service = Telling(HALF, looks=[{**RUNNING, "status": "failed", "error": "boom"}])
    stream = AsyncClient(transport=service).stream("acme/echo")
    with pytest.raises(PredictionFailedError, match="boom"):
        await told(stream)
    assert stream.text == "Hello"


async def test_a_create_that_fails_is_not_a_stream_that_does() -> None:
    """Its own error reaches the caller."""
    mock = talking()
    mock.disconnect("predictions.create", times=None)
    with pytest.raises(APIConnectionError, match="models/acme/echo/predictions"):
        await told(AsyncClient(transport=mock, retries=0).stream("acme/echo"))
