"""A transport served to others: an ASGI app that hands each request to it."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

import anyio
import httpx
from attrs import define, field, frozen

from replicate_typed.requests import parsed_url
from replicate_typed.transports.mock.problems import ProblemError

if TYPE_CHECKING:
    from replicate_typed.transports.protocols import AsyncTransport

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LONGEST_BODY = 110_000_000
"""In bytes: a file of 100 MB, and the form that it is sent in."""


@frozen
class Exchange:
    """A request that was served."""

    method: str
    path: str
    """Without the query, which may be a signature."""
    request: httpx.Request | None
    """None if it was not whole, or not one that a transport can take."""
    status: int | None
    """None if the connection ended before there was an answer."""
    seconds: float


class ASGIApp:
    """The app of a transport, for any ASGI server.

    What the transport raises as an `httpx.TransportError` breaks off the connection, before or in the midst of the
    answer. That takes a server whose connections can be closed from an app, as uvicorn's can; else it is raised.

    Args:
        transport: What answers. The URL of its requests begins with the address by which the caller knows this server.
        log: Told of each exchange when it is over.
    """

    def __init__(self, transport: AsyncTransport, log: Callable[[Exchange], None] | None = None) -> None:
        self._transport = transport
        self._log = log
        self._open: set[anyio.CancelScope] = set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"this app speaks HTTP, and not {scope['type']}")
        answer = _Answer(receive, send)
        start = time.perf_counter()
        try:
            await self._serve(scope, receive, answer)
        finally:
            if self._log is not None:
                path = scope["raw_path"].decode("latin-1")
                seconds = time.perf_counter() - start
                self._log(Exchange(scope["method"], path, answer.request, answer.status, seconds))

    def stop(self) -> None:
        """Break off what is under way: open streams, and answers that are held back."""
        for scope in self._open:
            scope.cancel()

    async def _serve(self, scope: Message, receive: Receive, answer: _Answer) -> None:
        try:
            answer.request = _request_of(scope, await _body_of(receive))
        except _GoneError:
            return
        except ProblemError as problem:
            await answer.give(problem.response())
            return
        error: httpx.TransportError = httpx.RemoteProtocolError("the server stops")
        with anyio.CancelScope() as until_stopped:
            self._open.add(until_stopped)
            try:
                await answer.give(await self._transport.handle_async_request(answer.request))
                return
            except httpx.TransportError as raised:
                error = raised
            finally:
                self._open.discard(until_stopped)
        await answer.break_off(error)


@define(eq=False)
class _Answer:
    """What is sent for one request."""

    receive: Receive
    send: Send
    request: httpx.Request | None = field(default=None, init=False)
    status: int | None = field(default=None, init=False)

    async def give(self, response: httpx.Response) -> None:
        """Send all of it, as it comes; stop when nobody waits for more."""
        self.status = response.status_code
        # How the body is framed is the server's own business.
        headers = [(name.lower(), value) for name, value in response.headers.raw if name.lower() != _FRAMING]
        stream = response.stream
        try:
            await self.send({"type": "http.response.start", "status": response.status_code, "headers": headers})
            if isinstance(stream, httpx.ByteStream):  # all there is
                await self.send({"type": "http.response.body", "body": b"".join(stream)})
            else:
                assert isinstance(stream, httpx.AsyncByteStream)
                await self._give_bit_by_bit(stream)
        finally:
            if not response.is_closed:
                with anyio.CancelScope(shield=True):
                    await response.aclose()

    async def break_off(self, error: httpx.TransportError) -> None:
        """Close the connection without an answer, or without the rest of it."""
        # ASGI has no message for that. But uvicorn's `send` is a method of an object that has the connection.
        connection: Any = getattr(getattr(self.send, "__self__", None), "transport", None)
        if not hasattr(connection, "close"):
            raise error
        connection.close()
        await self._is_unwanted()  # before that, uvicorn would miss the answer

    async def _give_bit_by_bit(self, stream: httpx.AsyncByteStream) -> None:
        error: httpx.TransportError | None = None
        async with anyio.create_task_group() as group:

            async def watch() -> None:
                await self._is_unwanted()
                group.cancel_scope.cancel()

            group.start_soon(watch)
            try:
                async for chunk in stream:
                    await self.send({"type": "http.response.body", "body": chunk, "more_body": True})
                await self.send({"type": "http.response.body", "body": b""})
            except httpx.TransportError as raised:  # not to be wrapped into the group's own
                error = raised
            group.cancel_scope.cancel()
        if error is not None:
            raise error

    async def _is_unwanted(self) -> None:
        """Return when the caller has gone."""
        while (await self.receive())["type"] != "http.disconnect":
            pass


class _GoneError(Exception):
    """The caller went away before the request was whole."""


_FRAMING = b"transfer-encoding"
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[\da-fA-F:.]+\](:\d+)?", re.ASCII)


async def _body_of(receive: Receive) -> bytes:
    """The whole body. What is too long is read to its end, so that the answer is heard, but not kept."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size <= LONGEST_BODY:
            chunks.append(chunk)
        else:
            chunks.clear()
        if not message.get("more_body", False):
            break
    if size > LONGEST_BODY:
        raise ProblemError(413, f"A request is at most {LONGEST_BODY} bytes long, and this one is {size}")
    return b"".join(chunks)


def _request_of(scope: Message, body: bytes) -> httpx.Request:
    """The request as the transport takes it; ProblemError if its address is none."""
    headers: list[tuple[bytes, bytes]] = list(scope["headers"])
    host = dict(headers).get(b"host", b"").decode("latin-1") or _own_address(scope)
    target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    try:
        if not _HOST.fullmatch(host) or not target.startswith(b"/"):
            raise httpx.InvalidURL(f"{target.decode('latin-1')!r} of {host!r}")
        url = parsed_url(f"{scope['scheme']}://{host}{target.decode('latin-1')}")
    except httpx.InvalidURL as error:
        raise ProblemError(400, f"Not an address: {error}") from error
    return httpx.Request(scope["method"], url, headers=headers, content=body)


def _own_address(scope: Message) -> str:
    host, port = scope["server"]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
