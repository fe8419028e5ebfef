"""The contract of `send`, a clause a test, over real sockets."""

from __future__ import annotations

import gc
import gzip
import time
import zlib
from typing import Any

import httpx
import pytest
from _async.clients import ACCOUNT, GOOD, TEXT, TOKEN, client_of
from servers import Behaviour, Server, answer, closes, deaf_url, drips, resets, says, says_and_closes, unused_url

from replicate_api.types import Operation
from replicate_typed import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AsyncClient,
    NotFoundError,
    ReplicateError,
    UndecodableResponseError,
)

pytestmark = pytest.mark.anyio

CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "good",
    [
        GOOD,
        answer(200, ACCOUNT, "application/json; charset=utf-8"),
        answer(200, ACCOUNT, "Application/JSON;charset=UTF-8"),
        answer(200, ACCOUNT, "application/vnd.replicate+json"),
        answer(200, TEXT.decode().encode("utf-16"), "application/json"),
        answer(200, gzip.compress(TEXT), headers={"Content-Encoding": "gzip"}),
        answer(200, zlib.compress(TEXT), headers={"Content-Encoding": "deflate"}),
        CHUNKED + b"%x\r\n%b\r\n0\r\n\r\n" % (len(TEXT), TEXT),
        b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" + GOOD,
    ],
)
async def test_json_is_read_however_it_comes(good: bytes) -> None:
    """Media types are compared without parameters and case; bodies may be compressed or in chunks."""
    with Server(says(good)) as server:
        async with client_of(server) as client:
            assert (await client.account.get()).username == "acme"


LIES = {
    "JSON called HTML": (answer(200, ACCOUNT, "text/html"), "expected JSON, but the answer is text/html"),
    "HTML called JSON": (answer(200, b"<html>Hello</html>"), "says that it is JSON, but cannot be read"),
    "another charset": (answer(200, b'{"type": "user", "username": "\xe9"}'), "cannot be read"),
    "no body": (answer(200, b""), "cannot be read"),
    "no type": (answer(200, ACCOUNT, None), "expected JSON, but the answer is of no type"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "expected JSON"),
    "half of it": (answer(200, TEXT[:-5]), "cannot be read"),
    "too short a length": (answer(200, TEXT, length=len(TEXT) - 3), "cannot be read"),
    "nested for ever": (answer(200, b"[" * 200_000), "cannot be read"),
    "an endless number": (answer(200, b'{"a": %b}' % (b"9" * 5000)), "cannot be read"),
    "not gzip": (answer(200, TEXT, headers={"Content-Encoding": "gzip"}), "not encoded as it says"),
    "not deflate": (answer(200, b"\x00" + TEXT, headers={"Content-Encoding": "deflate"}), "not encoded as it says"),
    "half of a gzip": (answer(200, gzip.compress(TEXT)[:-12], headers={"Content-Encoding": "gzip"}), "cannot be read"),
    "an unknown encoding": (answer(200, b"\x1b\x00", headers={"Content-Encoding": "magic"}), "cannot be read"),
    "a charset of no text": (answer(200, b"\xff{", "application/json; charset=hex"), "cannot be read"),
    "an array": (answer(200, [ACCOUNT]), "Account: expected an object"),
    "another object": (answer(200, {"type": "user"}), "Account.username: expected a string"),
    "null": (answer(200, b"null"), "Account: expected an object"),
}


@pytest.mark.parametrize(("lie", "message"), LIES.values(), ids=LIES.keys())
async def test_a_success_that_is_not_what_it_says_is_undecodable(lie: bytes, message: str) -> None:
    """The error names the request and what is wrong, and keeps the answer."""
    with Server(says(lie)) as server:
        async with client_of(server, retries=2) as client:
            with pytest.raises(UndecodableResponseError, match=message) as caught:
                await client.account.get()
        assert len(server.requests) == 1
    assert "/account" in str(caught.value)
    assert caught.value.status_code in {200, 204}
    if "not encoded" not in message and b"hex" not in lie and b"Encoding" not in lie:
        assert caught.value.body == lie.partition(b"\r\n\r\n")[2][: len(caught.value.body)]


async def test_an_error_that_is_not_encoded_as_it_says_is_still_that_error() -> None:
    """Its status says enough; the body is kept as it came."""
    with Server(says(answer(404, b"no gzip", "text/plain", headers={"Content-Encoding": "gzip"}))) as server:
        async with client_of(server) as client:
            with pytest.raises(NotFoundError, match="404 Not Found: no gzip") as caught:
                await client.account.get()
    assert caught.value.body == "no gzip"


BROKEN: dict[str, Behaviour] = {
    "closed before the answer": closes,
    "reset before the answer": resets,
    "closed in the head": says_and_closes(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "closed in the body": says_and_closes(answer(200, TEXT, length=1000)),
    "closed in a chunk": says_and_closes(CHUNKED + b"ff\r\n{"),
    "no HTTP": says_and_closes(b"220 smtp.example.com ESMTP\r\n"),
    "no status": says_and_closes(b"HTTP/1.1 abc OK\r\n\r\n"),
    "a chunk of no size": says_and_closes(CHUNKED + b"zz\r\n{}\r\n"),
    "a head without end": says(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000),
    "two lengths": says_and_closes(answer(200, TEXT, headers={"Content-Length": "3"})),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
async def test_an_answer_that_breaks_off_is_a_connection_error(broken: Behaviour) -> None:
    """Whatever httpx, h11 or the socket call it; what they say is in the message and in the cause."""
    with Server(broken) as server:
        async with client_of(server) as client:
            with pytest.raises(
                APIConnectionError, match=r"/account at 127\.0\.0\.1:\d+: the connection broke: ."
            ) as caught:
                await client.account.get()
    assert not isinstance(caught.value, APITimeoutError)


LATE: dict[str, Behaviour] = {
    "never a byte": says(b""),
    "stuck in the head": says(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "stuck in the body": says(answer(200, TEXT, length=1000)),
    "stuck in a chunk": says(CHUNKED + b"ff\r\n{"),
    "dripping the head": drips(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    "dripping heads": drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "dripping everything": drips(b"", b"H"),
    "dripping": drips(answer(200, b"{", length=1_000_000)),
    "dripping chunks": drips(CHUNKED, b"1\r\n \r\n"),
    "dripping an error": drips(answer(404, b"{", length=1_000_000)),
    "dripping without end": drips(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"),
    "dripping a gzip": drips(answer(200, gzip.compress(TEXT)[:10], headers={"Content-Encoding": "gzip"}, length=99)),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE.keys())
async def test_an_answer_that_does_not_end_in_time_is_a_timeout(late: Behaviour) -> None:
    """`timeout=` is for the whole exchange, not for each read: a drop now and then does not prolong it."""
    with Server(late) as server:
        async with client_of(server, timeout=0.15) as client:
            began = time.monotonic()
            with pytest.raises(APITimeoutError, match=r"/account at 127\.0\.0\.1:\d+: no answer in time"):
                await client.account.get()
            assert time.monotonic() - began < 1
            gc.collect()  # trio complains now if anything was left half-way


async def test_the_whole_exchange_shares_one_timeout() -> None:
    """Time that the head took is not there for the body any more."""

    def dawdle(peer: Any) -> None:
        peer.pause(0.4)
        peer.send(answer(200, b"{", length=1000))
        peer.pause()

    with Server(dawdle) as server:
        async with client_of(server, timeout=0.45) as client:
            began = time.monotonic()
            with pytest.raises(APITimeoutError):
                await client.account.get()
    assert time.monotonic() - began < 0.75


async def test_nobody_listening_is_a_connection_error() -> None:
    """The message says that the service was not reached."""
    async with AsyncClient(token=TOKEN, base_url=unused_url(), retries=0) as client:
        with pytest.raises(
            APIConnectionError, match=r"GET /account at 127\.0\.0\.1:\d+: could not connect: ."
        ) as caught:
            await client.account.get()
    assert not isinstance(caught.value, APITimeoutError)


async def test_a_body_that_is_not_taken_is_a_timeout() -> None:
    """A service that does not read what is sent to it cannot hold the client up."""
    with deaf_url() as url:
        async with AsyncClient(token=TOKEN, base_url=url, timeout=0.2, retries=0) as client:
            with pytest.raises(APITimeoutError, match=r"PUT /x at 127\.0\.0\.1:\d+: no answer in time"):
                await client.request("PUT", "/x", {"text": "x" * 20_000_000})


async def test_a_connection_is_given_back_on_every_path() -> None:
    """A pool of one connection survives every kind of bad answer."""
    behaviours = [*BROKEN.values(), *(says(lie) for lie, _ in LIES.values()), *LATE.values()]
    with Server(*behaviours, says(answer(404, b"")), says(answer(500, b"<html>")), says(GOOD)) as server:
        limits = httpx.Limits(max_connections=1)
        transport = httpx.AsyncHTTPTransport(limits=limits)
        async with client_of(server, timeout=0.1, transport=transport) as client:
            for _ in range(len(behaviours) + 2):
                with pytest.raises(ReplicateError):
                    await client.account.get()
            assert (await client.account.get()).username == "acme"
        assert len(server.requests) == len(behaviours) + 3


async def test_requests_share_a_connection() -> None:
    """Also after an error, or an answer that made no sense."""
    with Server(says(GOOD), says(answer(404, b"")), says(answer(200, b"{")), says(GOOD)) as server:
        async with client_of(server) as client:
            await client.account.get()
            with pytest.raises(NotFoundError):
                await client.account.get()
            with pytest.raises(UndecodableResponseError):
                await client.account.get()
            await client.account.get()
        assert server.connections == 1
        assert server.hung_up.acquire(timeout=5)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(status: int) -> None:
    """Neither the token nor the request goes anywhere else."""
    with Server(says(GOOD)) as other, Server(says(answer(status, headers={"Location": other.url}))) as server:
        async with client_of(server, retries=2) as client:
            with pytest.raises(APIStatusError, match="redirects are not followed; check the base URL") as caught:
                await client.account.get()
        assert (len(server.requests), len(other.requests)) == (1, 0)
    assert caught.value.status_code == status


async def test_the_timeouts_are_set_and_the_request_is_attached() -> None:
    """For transports that look at them: all four, and no more than the client's."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=ACCOUNT)

    def url_of(response: httpx.Response) -> str:
        return str(response.request.url)

    async with AsyncClient(transport=httpx.MockTransport(handle), timeout=7) as client:
        assert await client.send(Operation("x", "GET", "/account", url_of)) == "https://api.replicate.com/v1/account"
    timeouts = seen[0].extensions["timeout"]
    assert sorted(timeouts) == ["connect", "pool", "read", "write"]
    assert all(0 < timeouts[name] <= 7 and 0 < timeouts.get(name) <= 7 for name in timeouts)
