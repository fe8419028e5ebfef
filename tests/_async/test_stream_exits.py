"""How streams are left before their end, and what becomes of the prediction then."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hooking import talking_service
from telling import DONE, EVENTS, RUNNING, TOLD, Telling

from replicate_typed import AsyncClient, ClosedClientError, MockTransport, RunTimeoutError

pytestmark = pytest.mark.anyio
mock = pytest.fixture(talking_service)

HALF = TOLD[: TOLD.index(b"event: output\nid: 2:0")]
SILENT = httpx.ReadTimeout("silence")


def statuses(mock: MockTransport) -> list[str]:
    return [prediction["status"] for prediction in mock.predictions]


async def test_leaving_the_block_early_cancels_the_prediction(mock: MockTransport) -> None:
    """At once, and nothing more is asked for."""
    async with AsyncClient(transport=mock).stream("acme/talk") as events:
        async for event in events:
            if str(event) == "Hello":
                break
    assert (statuses(mock), mock.clock.now()) == (["canceled"], 4)
    assert events.prediction.status == "canceled"
    assert [event async for event in events] == []
    await events.close()
    assert [request.operation for request in mock.requests].count("predictions.cancel") == 1


async def test_entering_and_leaving_cancels_the_prediction(mock: MockTransport) -> None:
    """Which was created for nothing."""
    async with AsyncClient(transport=mock).stream("acme/talk"):
        pass
    assert statuses(mock) == ["canceled"]


@pytest.mark.parametrize("error", [LookupError("mine"), KeyboardInterrupt()])
async def test_an_error_in_the_block_cancels_the_prediction(mock: MockTransport, error: BaseException) -> None:
    """And reaches the caller as it is."""
    with pytest.raises(type(error)) as caught:
        async with AsyncClient(transport=mock).stream("acme/talk") as events:
            async for _ in events:
                raise error
    assert caught.value is error
    assert statuses(mock) == ["canceled"]


async def test_ctrl_c_while_waiting_for_an_event_cancels_the_prediction() -> None:
    """With a note that tells which it was."""
    service = Telling([HALF, KeyboardInterrupt()])
    with pytest.raises(KeyboardInterrupt) as caught:
        [event async for event in AsyncClient(transport=service).stream("acme/echo")]
    assert caught.value.__notes__ == ["while streaming prediction p1 of acme/echo, now canceled"]
    assert len(service.asked("/cancel")) == 1


async def test_ctrl_c_during_the_create_says_that_a_prediction_may_be_running(mock: MockTransport) -> None:
    """Its id is not known, so nothing can be canceled."""

    class Interrupted(Telling):
        def answer(self, request: httpx.Request) -> httpx.Response:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        [event async for event in AsyncClient(transport=Interrupted(TOLD)).stream("acme/echo")]
    assert caught.value.__notes__ == ["models.predictions.create was under way: a prediction may be running"]


async def test_leaving_may_leave_the_prediction_be(mock: MockTransport) -> None:
    """With `cancel_on_exit=False`."""
    async with AsyncClient(transport=mock).stream("acme/talk", cancel_on_exit=False) as events:
        async for _ in events:
            break
    assert statuses(mock) == ["processing"]


async def test_leaving_the_stream_of_a_run_leaves_it_be(mock: MockTransport) -> None:
    """It was there before; to cancel it must be asked for."""
    run = await AsyncClient(transport=mock).submit("acme/talk")
    async with run.stream() as events:
        async for _ in events:
            break
    assert statuses(mock) == ["processing"]
    async with run.stream(cancel_on_exit=True) as events:
        async for _ in events:
            break
    assert statuses(mock) == ["canceled"]


async def test_leaving_at_the_end_cancels_nothing(mock: MockTransport) -> None:
    """With the last event, the prediction has ended."""
    async with AsyncClient(transport=mock).stream("acme/talk") as events:
        async for event in events:
            if event.type == "done":
                break
    assert not any((request.operation or "").endswith("cancel") for request in mock.requests)


async def test_a_stream_that_is_closed_before_it_began_costs_nothing(mock: MockTransport) -> None:
    """It never begins."""
    stream = AsyncClient(transport=mock).stream("acme/talk")
    await stream.close()
    assert [event async for event in stream] == []
    assert mock.requests == []


async def test_a_prediction_that_cannot_be_canceled_does_not_hide_the_error() -> None:
    """The caller's own reaches it."""

    class Deaf(Telling):
        def answer(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/cancel"):
                raise httpx.ConnectError("refused")
            return super().answer(request)

    with pytest.raises(LookupError):
        async with AsyncClient(transport=Deaf(TOLD)).stream("acme/echo"):
            raise LookupError


@pytest.mark.parametrize("model", ["acme/talk", "acme/slow"])
async def test_time_running_out_cancels_the_prediction(mock: MockTransport, model: str) -> None:
    """V25, pain 6: at that instant, though nothing is heard; what came before was given."""
    mock.model("acme/slow", starting=2, processing=500)(lambda: "done")
    stream = AsyncClient(transport=mock).stream(model, timeout=4.5)
    with pytest.raises(RunTimeoutError, match=r"did not end within 4.5 s .*; it was canceled") as caught:
        [event async for event in stream]
    assert (statuses(mock), mock.clock.now()) == (["canceled"], 4.5)
    assert caught.value.prediction_id == stream.id
    assert stream.text == ("Hello" if model == "acme/talk" else "")


async def test_time_runs_out_between_chunks_and_while_the_caller_is_busy(mock: MockTransport) -> None:
    """It is the time for all of it; the events that are there are given."""
    seen: list[str] = []
    with pytest.raises(RunTimeoutError):
        async with AsyncClient(transport=mock).stream("acme/talk", timeout=5.5) as events:
            async for event in events:
                seen.append(str(event))
                await mock.clock.asleep(1.5)
    assert seen == ["", "Hello"]
    assert statuses(mock) == ["canceled"]


async def test_time_running_out_may_leave_the_prediction_be(mock: MockTransport) -> None:
    """With `cancel_on_exit=False`, and for a run."""
    client = AsyncClient(transport=mock)
    with pytest.raises(RunTimeoutError, match="it goes on"):
        [event async for event in client.stream("acme/talk", timeout=1, cancel_on_exit=False)]
    run = await client.submit("acme/talk")
    with pytest.raises(RunTimeoutError, match="it goes on"):
        [event async for event in run.stream(timeout=1)]
    assert statuses(mock) == ["processing", "starting"]


async def test_the_clock_starts_with_the_stream(mock: MockTransport) -> None:
    """Not when it is made."""
    stream = AsyncClient(transport=mock).stream("acme/talk", timeout=8)
    await mock.clock.asleep(100)
    assert [str(event) async for event in stream] == ["", "Hello", " world", "", ""]


@pytest.mark.parametrize("steps", [[HALF, SILENT], [SILENT], b""])
async def test_ending_in_the_last_moment_is_an_end(steps: Any) -> None:
    """Should the cancel find the prediction finished, the rest of it is given."""

    class Late(Telling):
        def answer(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/cancel"):
                return httpx.Response(200, json=DONE)
            if request.method == "GET" and request.url.host == "api.replicate.com":
                self.clock.sleep(20)
                raise httpx.ReadTimeout("silence")
            return super().answer(request)

    stream = AsyncClient(transport=Late(steps), retries=0).stream("acme/echo", timeout=20)
    assert [(event.type, event.data) async for event in stream] == EVENTS


async def test_a_prediction_that_is_seen_to_have_ended_is_not_canceled() -> None:
    """Though that was seen at the last instant."""

    class Slow(Telling):
        def answer(self, request: httpx.Request) -> httpx.Response:
            if request.method == "GET" and request.url.host == "api.replicate.com":
                self.clock.sleep(20)
            return super().answer(request)

    service = Slow([HALF, SILENT])
    stream = AsyncClient(transport=service).stream("acme/echo", timeout=20)
    assert [(event.type, event.data) async for event in stream] == EVENTS
    assert service.asked("/cancel") == []


async def test_looks_and_pauses_know_the_time(mock: MockTransport) -> None:
    """A model that is only looked at is canceled at the instant, too; a pause after a cut is no longer than it."""
    service = Telling(b"retry: 60000\n", looks=[RUNNING])
    with pytest.raises(RunTimeoutError):
        [event async for event in AsyncClient(transport=service).stream("acme/echo", timeout=10)]
    assert service.clock.now() == 10
    assert len(service.asked("/cancel")) == 1


async def test_a_stream_on_a_closed_client_is_refused(mock: MockTransport) -> None:
    """By the error that says so."""
    client = AsyncClient(transport=mock)
    stream = client.stream("acme/talk")
    await client.close()
    with pytest.raises(ClosedClientError):
        await stream.__anext__()
    assert mock.requests == []


async def test_closing_the_client_in_the_middle_ends_a_stream_with_an_error(mock: MockTransport) -> None:
    """What has arrived is kept; the prediction cannot be canceled any more."""
    client = AsyncClient(transport=mock)
    mock.cut_stream(after=2)
    stream = client.stream("acme/talk")
    with pytest.raises(ClosedClientError):
        async for event in stream:
            if str(event) == "Hello":
                await client.close()
    assert stream.text == "Hello"


async def test_time_running_out_during_the_create_leaves_nothing_running(mock: MockTransport) -> None:
    """As for a run: a prediction whose answer was lost is found, and canceled."""
    mock.delay(5, "predictions.create")
    mock.disconnect("predictions.create", when="after")
    with pytest.raises(RunTimeoutError, match=r"did not end within 4 s .*; it was canceled") as caught:
        [event async for event in AsyncClient(transport=mock).stream("acme/talk", timeout=4)]
    assert caught.value.prediction_id == mock.predictions[0]["id"]
    assert statuses(mock) == ["canceled"]
