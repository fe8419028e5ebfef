# Made by scripts/unasync.py from tests/_async/test_stream_sockets.py; do not edit.
"""Streams of events over real sockets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from _sync.clients import TOKEN, client_of
from predictions import BODY
from servers import Behaviour, Peer, Server, answer, closes, drips, says, says_and_closes
from serving import serving
from telling import EVENTS, TOLD

from replicate_typed import Client, EventStream, EventType, RunTimeoutError

pytestmark = pytest.mark.anyio

MODELS = Path(__file__).parents[1] / "served" / "talking.py"
HALF = TOLD[: TOLD.index(b"event: output\nid: 2:0")]
CANCELED = answer(200, {**BODY, "status": "canceled"})


def head(length: int = 10**6) -> bytes:
    return answer(200, b"", "text/event-stream; charset=utf-8", length=length)


def created(server: Server) -> dict[str, Any]:
    return {**BODY, "urls": {**BODY["urls"], "stream": f"{server.url}/v1/streams/p1"}}


class Streaming(Server):
    """Answers the create with a prediction whose stream it is itself, and then behaves as it is told."""

    def __init__(self, *behaviours: Behaviour) -> None:
        super().__init__(lambda peer: peer.send(answer(201, created(self))), *behaviours)


def told(stream: EventStream) -> list[tuple[str, str]]:
    """The types and the data of all events."""
    with stream as events:
        return [(str(event.type), event.data) for event in events]


def test_a_stream_over_a_socket_is_asked_for_without_the_token() -> None:
    """Even if it is at the address of the API; and its connection is kept when it was read to the end."""
    with Streaming(says(head(len(TOLD)) + TOLD)) as server:
        with client_of(server) as client:
            assert told(client.stream("acme/echo")) == EVENTS
        create, stream = server.requests
    assert create.headers["authorization"] == f"Bearer {TOKEN}"
    assert (stream.target, stream.headers["accept"]) == ("/v1/streams/p1", "text/event-stream")
    assert TOKEN not in str(stream)


def test_events_are_given_before_the_next_ones_are_sent() -> None:
    """With the byte that completes them, not with the end of some buffer."""

    def tell(peer: Peer) -> None:
        peer.send(head() + HALF)
        peer.pause()

    with Streaming(tell, says(CANCELED)) as server:
        with client_of(server) as client, client.stream("acme/echo") as events:
            assert (events.__next__()).type is EventType.LOGS
            assert str(events.__next__()) == "Hello"


def test_leaving_a_stream_closes_its_connection_and_cancels() -> None:
    """Without waiting for what is never sent."""
    with Streaming(says(head() + HALF), says(CANCELED)) as server:
        with client_of(server) as client:
            with client.stream("acme/echo") as events:
                events.__next__()
            assert server.hung_up.acquire(timeout=5), "the connection was not closed with the block"
        assert server.requests[-1].target == "/v1/predictions/p1/cancel"


def resets_after(data: bytes) -> Behaviour:
    """Sends that, and hangs up without a goodbye."""

    def behave(peer: Peer) -> None:
        peer.send(data)
        peer.reset()

    return behave


@pytest.mark.parametrize(
    "breaks",
    [says_and_closes(head() + HALF), says_and_closes(head(len(HALF)) + HALF), resets_after(head() + HALF)],
    ids=["cut", "ended", "reset"],
)
def test_a_connection_that_breaks_is_made_anew(breaks: Behaviour) -> None:
    """V14: and told after which event to go on."""
    with Streaming(breaks, says(head(len(TOLD)) + TOLD)) as server:
        with client_of(server) as client:
            assert told(client.stream("acme/echo")) == EVENTS
        after = [request.headers.get("last-event-id") for request in server.requests[1:]]
    # What was on its way when a connection was reset may be lost, and comes again.
    assert after in ([None, "1:1"], [None, None])


def test_a_connection_that_falls_silent_is_made_anew() -> None:
    """After the timeout, and a look at the prediction, which need not name the stream again."""
    running = answer(200, {**BODY, "status": "processing"})
    with Streaming(says(head() + HALF), says(running), says(head(len(TOLD)) + TOLD)) as server:
        with client_of(server, timeout=0.2) as client:
            assert told(client.stream("acme/echo")) == EVENTS
        assert [request.target.split("/")[2] for request in server.requests[1:]] == [
            "streams", "predictions", "streams"
        ]  # fmt: skip


@pytest.mark.parametrize("drop", [b":\n", b"event: output\ndata: a\n\n", b"x"])
def test_a_stream_that_drips_ends_in_time(drop: bytes) -> None:
    """Each byte comes within the timeout of a request, but the time for all is over; the prediction is canceled."""
    with Streaming(drips(head(), drop), says(CANCELED)) as server:
        with client_of(server, timeout=5) as client:
            with pytest.raises(RunTimeoutError, match="it was canceled"):
                told(client.stream("acme/echo", timeout=0.3))


def test_a_silent_stream_ends_in_time() -> None:
    """Long before the timeout of a request, and without a byte."""
    with Streaming(says(head()), says(CANCELED)) as server:
        with client_of(server, timeout=60) as client:
            with pytest.raises(RunTimeoutError, match="it was canceled"):
                told(client.stream("acme/echo", timeout=0.2))


def test_a_stream_that_is_never_answered_is_done_without() -> None:
    """The prediction is looked at instead, once that much is known."""
    done = answer(200, {**BODY, "status": "succeeded", "output": ["Hello", " world", "!"], "logs": "x\n"})
    with Streaming(closes, says(done)) as server:
        with client_of(server) as client:
            assert told(client.stream("acme/echo")) == EVENTS


def test_the_mock_that_is_served_streams_over_the_network() -> None:
    """As replicate-typed serve does it, in real time."""
    with serving(MODELS) as served:
        with Client(token=TOKEN, base_url=served.url) as client:
            assert told(client.stream("acme/talk")) == EVENTS
