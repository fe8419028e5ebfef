# Made by scripts/unasync.py from tests/_async/test_streamed.py; do not edit.
"""Answers of bytes that are handed over as they arrive."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from servers import Peer, Server, answer, closes, drips, says, says_and_closes

from replicate_api.types import BinaryResponse
from replicate_typed import (
    APIConnectionError,
    APITimeoutError,
    Client,
    NotFoundError,
    UndecodableResponseError,
    VirtualClock,
)

pytestmark = pytest.mark.anyio

BYTES = "application/octet-stream"
CONTENT = bytes(range(256)) * 40


class Timeless(httpx.HTTPTransport):
    """The network, with pauses that cost no time."""

    clock = VirtualClock()


def client_of(server: Server, *, timeout: float = 5, **options: Any) -> Client:
    return Client(token="r8_secret", base_url=server.url, timeout=timeout, **options)


def download(client: Client) -> BinaryResponse:
    return client.files.download("abc", owner="acme", expiry=1, signature="c2ln+/=")


@pytest.mark.filterwarnings(
    "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"
)  # trio on httpx's iter_raw
def test_bytes_are_handed_over_unread() -> None:
    """The first of them can be had while the service still holds the rest back."""
    with Server(says(answer(200, b"first", BYTES, length=1000))) as server:
        with client_of(server) as client:
            with download(client) as found:
                assert found.headers["content-length"] == "1000"
                chunks = found.iter_bytes()
                assert chunks.__next__() == b"first"
            assert server.hung_up.acquire(timeout=5), "the connection was not closed with the block"


def test_bytes_are_asked_for_as_they_are_and_without_the_token() -> None:
    """No encoding, any type; the signature stands in for the token."""
    with Server(says(answer(200, CONTENT, BYTES))) as server:
        with client_of(server) as client, download(client) as found:
            assert found.read() == CONTENT
        (request,) = server.requests
    assert request.target == "/v1/files/abc/download?owner=acme&expiry=1&signature=c2ln%2B%2F%3D"
    assert (request.headers["accept"], request.headers["accept-encoding"]) == ("*/*", "identity")
    assert "authorization" not in request.headers


def test_bytes_can_be_had_in_chunks() -> None:
    """Of the size that is asked for; the last one may be shorter."""
    with Server(says(answer(200, CONTENT, BYTES))) as server:
        with client_of(server) as client, download(client) as found:
            chunks = [chunk for chunk in found.iter_bytes(1000)]
    assert [len(chunk) for chunk in chunks] == [1000] * 10 + [240]
    assert b"".join(chunks) == CONTENT


def test_bytes_are_read_once() -> None:
    """A second time, and after closing, it is an error that says so."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=CONTENT))
    with Client(transport=transport) as client:
        found = download(client)
        assert found.read() == CONTENT
        with pytest.raises(RuntimeError, match="was read or closed before"):
            found.read()
        closed = download(client)
        closed.close()
        with pytest.raises(RuntimeError, match="was read or closed before"):
            closed.iter_bytes()


def test_a_connection_is_used_again_after_the_last_byte() -> None:
    """Also when only the bytes were read, and nothing was closed."""
    with Server(says(answer(200, CONTENT, BYTES))) as server:
        with client_of(server) as client:
            for _ in range(3):
                assert (download(client)).read() == CONTENT
        assert (server.connections, len(server.requests)) == (1, 3)


def test_bytes_that_came_encoded_are_refused() -> None:
    """They were asked for as they are, so nobody would decode them; the connection is closed."""
    encoded = answer(200, gzip.compress(CONTENT), BYTES, headers={"Content-Encoding": "gzip"}, length=10**6)
    with Server(says(encoded)) as server:
        with client_of(server) as client:
            with pytest.raises(UndecodableResponseError, match="they came encoded") as caught:
                download(client)
            assert server.hung_up.acquire(timeout=5)
    assert (caught.value.status_code, caught.value.body) == (200, b"")


def test_an_error_is_read_and_raised_at_once() -> None:
    """With its words, as everywhere."""
    with Server(says(answer(404, {"detail": "File not found"}))) as server:
        with client_of(server) as client:
            with pytest.raises(NotFoundError, match="File not found"):
                download(client)
            with pytest.raises(NotFoundError):
                download(client)
        assert server.connections == 1


def test_an_error_that_drips_ends_in_time() -> None:
    """Errors are read by the deadline, even where good answers take as long as they take."""
    with Server(drips(answer(404, b"{", length=10**6))) as server:
        with client_of(server, timeout=0.2, retries=0) as client:
            with pytest.raises(APITimeoutError):
                download(client)


def test_the_head_is_asked_for_again() -> None:
    """As for every repeatable request."""
    with Server(closes, says(answer(200, CONTENT, BYTES))) as server:
        with client_of(server, retries=1, transport=Timeless()) as client:
            assert (download(client)).read() == CONTENT
        assert len(server.requests) == 2


def test_bytes_that_break_off_are_a_connection_error() -> None:
    """What came before is not taken for all."""
    with Server(says_and_closes(answer(200, CONTENT, BYTES, length=10**6))) as server:
        with client_of(server) as client:
            found = download(client)
            with pytest.raises(
                APIConnectionError, match=r"/files/abc/download at 127\.0\.0\.1:\d+: the connection broke"
            ):
                found.read()


def test_bytes_that_stop_coming_are_a_timeout() -> None:
    """`timeout=` is the longest pause between bytes here, as a big file may take longer."""
    with Server(says(answer(200, CONTENT, BYTES, length=10**6))) as server:
        with client_of(server, timeout=0.2) as client:
            found = download(client)
            with pytest.raises(APITimeoutError):
                found.read()


def test_bytes_may_take_longer_than_the_timeout() -> None:
    """As long as they keep coming."""

    def dawdle(peer: Peer) -> None:
        peer.send(answer(200, b"a", BYTES, length=4))
        for _ in range(3):
            peer.pause(0.1)
            peer.send(b"a")

    with Server(dawdle) as server:
        with client_of(server, timeout=0.25) as client:
            assert (download(client)).read() == b"aaaa"


def test_bytes_may_be_read_at_leisure() -> None:
    """Time that passes before they are read is not taken off the timeout."""
    clock = VirtualClock()
    seen: list[httpx.Request] = []

    class Waiting(httpx.MockTransport):
        def __init__(self) -> None:
            self.clock = clock
            super().__init__(self.answer)

        def answer(self, request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(200, content=CONTENT)

    with Client(transport=Waiting(), timeout=5) as client, download(client) as found:
        clock.sleep(3600)
        assert seen[0].extensions["timeout"].get("read") == 5
        assert found.read() == CONTENT


def test_closing_what_cannot_be_closed_is_no_error() -> None:
    """The connection may be gone already, and nothing of httpx reaches the caller."""

    class Stuck(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"a"

        def close(self) -> None:
            raise httpx.CloseError("gone")

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Stuck()))
    with Client(transport=transport) as client, download(client) as found:
        assert [chunk for chunk in found.iter_bytes()] == [b"a"]


def test_a_transport_in_memory_will_do() -> None:
    """Even one that has read the body already, as httpx's mock has."""
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=CONTENT))
    with Client(transport=transport) as client:
        with download(client) as found:
            assert [chunk for chunk in found.iter_bytes(8000)] == [CONTENT[:8000], CONTENT[8000:]]
        assert (download(client)).read() == CONTENT
