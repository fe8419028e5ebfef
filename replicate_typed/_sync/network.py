# Made by scripts/unasync.py from replicate_typed/_async/network.py; do not edit.
"""Reads and writes bound by the deadline of their request; httpx alone times each of them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from replicate_typed.deadlines import SHORTEST_TIMEOUT, TimeLeft

if TYPE_CHECKING:
    import ssl

    import httpcore


class TimedBackend:
    """A network backend of httpcore whose streams know deadlines."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(self, *arguments: Any, **options: Any) -> TimedStream:
        return TimedStream(self._backend.connect_tcp(*arguments, **options))

    def connect_unix_socket(self, *arguments: Any, **options: Any) -> TimedStream:
        return TimedStream(self._backend.connect_unix_socket(*arguments, **options))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class TimedStream:
    """A connection of httpcore, on which a peer that drips does not win time with every byte."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(timeout, httpx.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer:  # httpcore writes the body that a GET does not have, and the end of it
            self._stream.write(buffer, left(timeout, httpx.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TimedStream:
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, left(timeout, httpx.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def timed(transport: httpx.HTTPTransport) -> httpx.HTTPTransport:
    """The transport, with such streams; as it is, should a future httpx keep its backend elsewhere."""
    pool: Any = getattr(transport, "_pool", None)
    backend = getattr(pool, "_network_backend", None)
    if backend is not None and not isinstance(backend, TimedBackend):
        pool._network_backend = TimedBackend(backend)
    return transport


def left(timeout: float | None, late: type[httpx.TimeoutException]) -> float | None:
    """What is left of a timeout by now; raises when nothing is."""
    if not isinstance(timeout, TimeLeft):
        return timeout
    now = timeout.now()
    if now <= 0:
        raise late("the time for this request is over")
    return max(now, SHORTEST_TIMEOUT)
