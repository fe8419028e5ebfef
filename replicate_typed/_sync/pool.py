# Made by scripts/unasync.py from replicate_typed/_async/pool.py; do not edit.
"""The connections to the real service: httpcore's, kept for the next request.

httpcore's own pool looks at every connection, and at its socket, with each request, and at every pair of them when
many are idle; of two connections to one service, either will do.
"""

from __future__ import annotations

import contextlib
import ssl
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, cast

import httpcore
import httpx

from replicate_typed._sync.network import TimedBackend
from replicate_typed.concurrency import EventLoop, Shield, Slots

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


class Pool:
    """A transport that has no more connections than requests under way, and keeps those that are done."""

    def __init__(self) -> None:
        self._backend = cast("Any", TimedBackend(cast("Any", httpcore.SyncBackend())))
        self._idle: deque[httpcore.HTTPConnection] = deque()
        self._slots = Slots(MOST_CONNECTIONS)
        self._event_loop: object = None
        self._tls: ssl.SSLContext | None = None
        self._is_closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        question = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        if not self._slots.take(request.extensions.get("timeout", {}).get("pool")):
            raise httpx.PoolTimeout(f"all of {MOST_CONNECTIONS} connections are in use")
        connection = None
        try:
            connection = self._connection(question.url.origin)
            answer = connection.handle_request(question)
        except BaseException as error:
            self._slots.give_back()
            if connection is not None:
                # httpcore has closed it, unless the task was canceled before it came to that.
                with Shield(), contextlib.suppress(Exception):
                    connection.close()
            if isinstance(error, REASONS):
                raise in_httpx(error) from error
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=PooledStream(answer, connection, self),
            extensions=cast("Any", answer).extensions,
        )

    def close(self) -> None:
        """Close what is idle; what is in use is closed when it is done."""
        self._is_closed = True
        self._forget_other_event_loops()
        idle, self._idle = self._idle, deque()
        for connection in idle:
            connection.close()

    def take_back(self, connection: httpcore.HTTPConnection) -> None:
        """Keep a connection that is not used any more, unless it is of no use."""
        self._slots.give_back()
        self._forget_other_event_loops()
        with contextlib.suppress(IndexError):  # there is none left; other threads take some, too
            while self._idle[0].has_expired():
                self._idle.popleft().close()
        is_spent = not connection.is_idle() or has_more(connection)
        if self._is_closed or is_spent or len(self._idle) >= MOST_IDLE:
            connection.close()
        else:
            self._idle.append(connection)

    def _connection(self, origin: httpcore.Origin) -> httpcore.HTTPConnection:
        """The one that was used last, or a new one."""
        self._forget_other_event_loops()
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return httpcore.HTTPConnection(
                    origin,
                    ssl_context=self._tls_context() if origin.scheme == b"https" else None,
                    keepalive_expiry=LONGEST_IDLE,
                    network_backend=self._backend,
                )
            if connection.can_handle_request(origin) and not connection.has_expired():
                return connection
            connection.close()

    def _forget_other_event_loops(self) -> None:
        """A connection of an event loop that has ended can neither be used nor closed in the next one.

        One of the process that this one was forked from is still in use there.
        """
        here = EventLoop()
        if here != self._event_loop:
            self._idle.clear()
            self._event_loop = here

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls


class PooledStream(httpx.SyncByteStream):
    """A body that gives its connection back when it is closed."""

    def __init__(self, answer: httpcore.Response, connection: httpcore.HTTPConnection, pool: Pool) -> None:
        self._answer = answer
        self._chunks: Iterator[bytes] | None = None
        self._connection = connection
        self._pool: Pool | None = pool

    def __iter__(self) -> Iterator[bytes]:
        self._chunks = cast("Iterable[bytes]", self._answer.stream).__iter__()
        return self

    def __next__(self) -> bytes:
        assert self._chunks is not None
        try:
            return self._chunks.__next__()
        except REASONS as error:
            raise in_httpx(error) from error

    def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        try:
            self._answer.close()
            # Trio complains of generators that are left half-way; that of a closed connection ends soon.
            with contextlib.suppress(Exception):
                while self._chunks is not None:
                    self._chunks.__next__()
        finally:
            pool.take_back(self._connection)


def has_more(connection: httpcore.HTTPConnection) -> bool:
    """Whether bytes have come after the end of the answer, which would be taken for the answer to the next request."""
    state: Any = getattr(getattr(connection, "_connection", None), "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])


def in_httpx(error: Exception) -> httpx.TransportError:
    """httpcore's error as httpx's, which has the same names."""
    kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
    return kind(str(error))
