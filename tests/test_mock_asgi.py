"""The ASGI app of a transport: what it hands on, what it sends, and how it ends."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import anyio
import httpx
import pytest
from asgi_calls import Answering, Body, Breakable, Caller
from mocking import body_of

from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.serving import asgi
from replicate_typed.transports.mock.serving.asgi import ASGIApp, Exchange

pytestmark = pytest.mark.anyio


async def request_of(caller: Caller) -> httpx.Request:
    """What a transport gets of what this caller sends."""
    found: list[httpx.Request] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        found.append(request)
        return httpx.Response(200)

    await caller.call(ASGIApp(Answering(answer)))
    return found[0]


async def hold(_: httpx.Request) -> httpx.Response:
    await anyio.sleep_forever()
    raise AssertionError


@pytest.mark.parametrize(
    ("host", "url"),
    [
        (b"127.0.0.1:8000", "http://127.0.0.1:8000/v1/hardware"),
        (b"localhost:4000", "http://localhost:4000/v1/hardware"),
        (b"[::1]:8000", "http://[::1]:8000/v1/hardware"),
        (b"service.test", "http://service.test/v1/hardware"),
    ],
)
async def test_the_address_is_that_by_which_the_caller_knows_the_server(host: bytes, url: str) -> None:
    """So links in answers lead back to it, through forwarded ports, too."""
    request = await request_of(Caller(headers=[(b"host", host)]))
    assert str(request.url) == url


@pytest.mark.parametrize(("server", "host"), [(("127.0.0.1", 81), "127.0.0.1:81"), (("::1", 81), "[::1]:81")])
async def test_a_request_without_a_host_has_the_servers_own_address(server: tuple[str, int], host: str) -> None:
    """As HTTP/1.0 allows."""
    request = await request_of(Caller(headers=[], server=server))
    assert str(request.url) == f"http://{host}/v1/hardware"


async def test_the_path_and_the_query_are_kept_as_they_were_sent() -> None:
    """A slash within a name stays escaped."""
    request = await request_of(Caller(target="/v1/models/a%2Fb/%C3%A9?cursor=a%2Bb%3D&x="))
    assert request.url.raw_path == b"/v1/models/a%2Fb/%C3%A9?cursor=a%2Bb%3D&x="


async def test_the_method_the_headers_and_the_body_are_handed_on() -> None:
    """The body in full, however many pieces it came in."""
    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"text/plain"), (b"transfer-encoding", b"chunked")]
    request = await request_of(Caller(b"lla", b"", b"ma", method="QUERY", headers=headers))
    assert (request.method, request.content) == ("QUERY", b"llama")
    assert request.headers["content-type"] == "text/plain"


@pytest.mark.parametrize(
    ("host", "target"), [(b"a b", "/"), (b"user@host", "/"), (b"h:port", "/"), (b"h", "*"), (b"h", "http://other/")]
)
async def test_an_address_that_is_none_is_a_bad_request(host: bytes, target: str) -> None:
    """The transport does not see it."""
    caller = Caller(headers=[(b"host", host)], target=target)
    await caller.call(ASGIApp(Answering(hold)))
    assert (caller.status, caller.is_whole) == (400, True)
    assert caller.headers[b"content-type"] == b"application/problem+json"


async def test_a_body_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read to its end, or the caller would not hear the answer."""
    monkeypatch.setattr(asgi, "LONGEST_BODY", 10)
    assert (await request_of(Caller(b"0123456789"))).content == b"0123456789"
    caller = Caller(b"01234567", b"89A", b"BCD", method="POST")
    await caller.call(ASGIApp(Answering(hold)))
    assert (caller.status, caller.is_whole) == (413, True)
    assert b"at most 10 bytes long, and this one is 14" in caller.body


async def test_what_is_too_long_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much somebody sends."""
    monkeypatch.setattr(asgi, "LONGEST_BODY", 2_000_000)
    left = 50

    async def receive() -> dict[str, Any]:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": bytes(1_000_000), "more_body": left > 0}

    caller = Caller(method="POST")
    tracemalloc.start()
    try:
        await ASGIApp(Answering(hold))(caller.scope, receive, caller.send)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caller.status == 413
    assert most < 10_000_000


async def test_the_answer_of_a_mock_is_sent() -> None:
    """Status, headers and body."""
    caller = Caller()
    await caller.call(ASGIApp(MockTransport()))
    assert (caller.status, caller.is_whole) == (200, True)
    assert caller.headers[b"content-type"] == b"application/json"
    assert caller.body.startswith(b'[{"sku":"cpu"')


async def test_links_lead_back_to_the_server() -> None:
    """A client in another process can follow them."""
    mock = MockTransport()
    mock.reply("acme/echo", "a")
    transport = httpx.ASGITransport(ASGIApp(mock))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000/v1") as client:
        created = await client.post("/models/acme/echo/predictions", json={"input": {}})
        prediction = body_of(created)
        assert prediction["urls"]["get"] == f"http://127.0.0.1:8000/v1/predictions/{prediction['id']}"
        assert body_of(await client.get(prediction["urls"]["get"]))["id"] == prediction["id"]


async def test_chunks_are_sent_as_they_come() -> None:
    """The first has arrived before the second is made."""
    caller = Caller()
    seen: list[bytes] = []

    async def chunks() -> AsyncIterator[bytes]:
        yield b"one"
        seen.append(caller.body)
        yield b"two"
        seen.append(caller.body)

    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=chunks(), headers={"content-type": "text/event-stream"})

    await caller.call(ASGIApp(Answering(answer)))
    assert seen == [b"one", b"onetwo"]
    assert caller.is_whole
    assert caller.headers == {b"content-type": b"text/event-stream"}  # how it is framed is the server's business


async def test_a_stream_ends_when_the_caller_goes_away() -> None:
    """And what it holds is given back."""
    caller = Caller()

    async def chunks() -> AsyncIterator[bytes]:
        yield b"one"
        await anyio.sleep_forever()

    body = Body(chunks())

    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=body)

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(caller.call, ASGIApp(Answering(answer)))
            while caller.body != b"one":
                await caller.got.wait()
            assert not body.is_closed
            caller.go()
    assert body.is_closed
    assert not caller.is_whole


async def test_a_caller_who_goes_away_before_the_request_is_whole_is_forgotten() -> None:
    """The transport does not see half a body."""
    caller = Caller(b"half", b"never sent")
    caller.go()
    await caller.call(ASGIApp(Answering(hold)))
    assert caller.messages == []


async def test_stopping_breaks_off_streams_and_answers_that_are_held_back() -> None:
    """Else a server could not end before they do."""
    streaming, held = Caller(), Caller()

    async def chunks() -> AsyncIterator[bytes]:
        yield b"one"
        await anyio.sleep_forever()

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, content=chunks())
        holding.set()
        return await hold(request)

    holding = anyio.Event()
    held.scope["method"] = "POST"
    app = ASGIApp(Answering(answer))
    connections = [Breakable(streaming), Breakable(held)]

    async def call(caller: Caller, connection: Breakable) -> None:
        await app(caller.scope, caller.receive, connection.send)

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            for caller, connection in zip((streaming, held), connections, strict=True):
                group.start_soon(call, caller, connection)
            while streaming.body != b"one":
                await streaming.got.wait()
            await holding.wait()
            app.stop()
    assert [connection.was_closed for connection in connections] == [True, True]
    assert (streaming.is_whole, held.messages) == (False, [])


async def test_an_error_of_the_transport_breaks_off_the_connection() -> None:
    """Without an answer: that is what such faults of the mock are for."""

    async def answer(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no")

    caller = Caller()
    connection = Breakable(caller)
    await ASGIApp(Answering(answer))(caller.scope, caller.receive, connection.send)
    assert connection.was_closed
    assert caller.messages == []


async def test_an_error_in_the_midst_of_a_body_breaks_it_off() -> None:
    """The caller sees that something is missing."""

    async def chunks() -> AsyncIterator[bytes]:
        yield b"one"
        raise httpx.RemoteProtocolError("cut")

    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=chunks())

    caller = Caller()
    connection = Breakable(caller)
    await ASGIApp(Answering(answer))(caller.scope, caller.receive, connection.send)
    assert connection.was_closed
    assert (caller.status, caller.body, caller.is_whole) == (200, b"one", False)


async def test_where_connections_cannot_be_closed_the_error_is_raised() -> None:
    """So a client on httpx's own ASGITransport gets it."""

    async def answer(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no")

    transport = httpx.ASGITransport(ASGIApp(Answering(answer)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        with pytest.raises(httpx.ConnectError, match="no"):
            await client.get("/")


async def test_what_is_not_http_is_refused() -> None:
    """As the ASGI specification asks; servers take it for an answer about lifespans."""
    caller = Caller()
    caller.scope["type"] = "lifespan"
    with pytest.raises(ValueError, match="lifespan"):
        await caller.call(ASGIApp(Answering(hold)))


async def test_each_exchange_is_told_of_once_it_is_over() -> None:
    """Without the query, which may be a signature; broken ones, too."""
    log: list[Exchange] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            raise httpx.ConnectError("no")
        return httpx.Response(204)

    app = ASGIApp(Answering(answer), log.append)
    for method in ("DELETE", "PUT"):
        caller = Caller(method=method, target="/v1/files/a%2Fb?signature=secret")
        await app(caller.scope, caller.receive, Breakable(caller).send)
    await Caller(target="*").call(app)
    found = [(exchange.method, exchange.path, exchange.status) for exchange in log]
    assert found == [("DELETE", "/v1/files/a%2Fb", 204), ("PUT", "/v1/files/a%2Fb", None), ("GET", "*", 400)]
    assert [exchange.request is None for exchange in log] == [False, False, True]
    assert all(0 <= exchange.seconds < 5 for exchange in log)
