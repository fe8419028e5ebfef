"""The connections to the real service: httpcore's, kept for the next request.

httpcore's own pool looks at every connection, and at its socket, with each request, and at every pair of them when
many are idle; of two connections to one service, either will do.
"""

from __future__ import annotations

import contextlib
import ssl
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any, cast

import httpcore
import httpx

from replicate_typed._async.network import AsyncTimedBackend
from replicate_typed.concurrency import AsyncEventLoop, AsyncShield, AsyncSlots

MOST_CONNECTIONS = 1000
MOST_IDLE = 100
LONGEST_IDLE = 5.0  # seconds; servers close what is idle for longer
REASONS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


class AsyncPool:
    """A transport that has no more connections than requests under way, and keeps those that are done."""

    def __init__(self) -> None:
        self._backend = cast("Any", AsyncTimedBackend(cast("Any", httpcore.AnyIOBackend())))
        self._idle: deque[httpcore.AsyncHTTPConnection] = deque()
        self._slots = AsyncSlots(MOST_CONNECTIONS)
        self._event_loop: object = None
        self._tls: ssl.SSLContext | None = None
        self._is_closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        question = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        if not await self._slots.take(request.extensions.get("timeout", {}).get("pool")):
            raise httpx.PoolTimeout(f"all of {MOST_CONNECTIONS} connections are in use")
        connection = None
        try:
            connection = await self._connection(question.url.origin)
            answer = await connection.handle_async_request(question)
        except BaseException as error:
            self._slots.give_back()
            if connection is not None:
                # httpcore has closed it, unless the task was canceled before it came to that.
                with AsyncShield(), contextlib.suppress(Exception):
                    await connection.aclose()
            if isinstance(error, REASONS):
                raise in_httpx(error) from error
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=AsyncPooledStream(answer, connection, self),
            extensions=cast("Any", answer).extensions,
        )

    async def aclose(self) -> None:
        """Close what is idle; what is in use is closed when it is done."""
        self._is_closed = True
        self._forget_other_event_loops()
        idle, self._idle = self._idle, deque()
        for connection in idle:
            await connection.aclose()

    async def take_back(self, connection: httpcore.AsyncHTTPConnection) -> None:
        """Keep a connection that is not used any more, unless it is of no use."""
        self._slots.give_back()
        self._forget_other_event_loops()
        with contextlib.suppress(IndexError):  # there is none left; other threads take some, too
            while self._idle[0].has_expired():
                await self._idle.popleft().aclose()
        is_spent = not connection.is_idle() or has_more(connection)
        if self._is_closed or is_spent or len(self._idle) >= MOST_IDLE:
            await connection.aclose()
        else:
            self._idle.append(connection)

    async def _connection(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        """The one that was used last, or a new one."""
        self._forget_other_event_loops()
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return httpcore.AsyncHTTPConnection(
                    origin,
                    ssl_context=self._tls_context() if origin.scheme == b"https" else None,
                    keepalive_expiry=LONGEST_IDLE,
                    network_backend=self._backend,
                )
            if connection.can_handle_request(origin) and not connection.has_expired():
                return connection
            await connection.aclose()

    def _forget_other_event_loops(self) -> None:
        """A connection of an event loop that has ended can neither be used nor closed in the next one.

        One of the process that this one was forked from is still in use there.
        """
        here = AsyncEventLoop()
        if here != self._event_loop:
            self._idle.clear()
            self._event_loop = here

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls


class AsyncPooledStream(httpx.AsyncByteStream):
    """A body that gives its connection back when it is closed."""

    def __init__(self, answer: httpcore.Response, connection: httpcore.AsyncHTTPConnection, pool: AsyncPool) -> None:
        self._answer = answer
        self._chunks: AsyncIterator[bytes] | None = None
        self._connection = connection
        self._pool: AsyncPool | None = pool

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._chunks = cast("AsyncIterable[bytes]", self._answer.stream).__aiter__()
        return self

    async def __anext__(self) -> bytes:
        assert self._chunks is not None
        try:
            return await self._chunks.__anext__()
        except REASONS as error:
            raise in_httpx(error) from error

    async def aclose(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        try:
            await self._answer.aclose()
            # Trio complains of generators that are left half-way; that of a closed connection ends soon.
            with contextlib.suppress(Exception):
                while self._chunks is not None:
                    await self._chunks.__anext__()
        finally:
            await pool.take_back(self._connection)


def has_more(connection: httpcore.AsyncHTTPConnection) -> bool:
    """Whether bytes have come after the end of the answer, which would be taken for the answer to the next request."""
    state: Any = getattr(getattr(connection, "_connection", None), "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])


def in_httpx(error: Exception) -> httpx.TransportError:
    """httpcore's error as httpx's, which has the same names."""
    kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
    return kind(str(error))
