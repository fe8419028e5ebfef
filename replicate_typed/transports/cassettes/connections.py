"""The network for recordings, whose clients are of either colour."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from replicate_typed.transports import AsyncHTTPTransport, HTTPTransport


class Connections:
    """The network for clients of both colours; that of a colour is made when it is first needed."""

    requires_token = True

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sync: HTTPTransport | None = None
        self._async: AsyncHTTPTransport | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            if self._sync is None:
                from replicate_typed.transports import HTTPTransport

                self._sync = HTTPTransport()
        return self._sync.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            if self._async is None:
                from replicate_typed.transports import AsyncHTTPTransport

                self._async = AsyncHTTPTransport()
        return await self._async.handle_async_request(request)

    def close(self) -> None:
        if self._sync is not None:
            self._sync.close()

    async def aclose(self) -> None:
        self.close()
        if self._async is not None:
            await self._async.aclose()


class PassingConnections(Connections):
    """The same, without connections that are kept.

    Nobody says when clients that come and go are done with them, and those of one event loop are of no use in the next.
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return super().handle_request(_closing(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await super().handle_async_request(_closing(request))


def _closing(request: httpx.Request) -> httpx.Request:
    """The request, with the word that its connection is not used again."""
    headers = request.headers.copy()
    headers["connection"] = "close"
    return httpx.Request(
        request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
    )
