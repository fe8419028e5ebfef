# Made by scripts/unasync.py from replicate_typed/_async/transports.py; do not edit.
"""The transport to the real service."""

from __future__ import annotations

import urllib.request

import httpx

from replicate_typed._sync.pool import MOST_CONNECTIONS, MOST_IDLE, Pool
from replicate_typed.errors import ClosedClientError

LIMITS = httpx.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_IDLE)


class HTTPTransport:
    """The network: connections of its own, or a ready-made `httpx.Client` with its proxies and certificates.

    With proxies in the environment, and no client given, httpx is left to choose among them.

    httpx times each read anew, so that a service which drips the head of its answer, a byte now and then, holds a
    request up past its timeout. Here every read knows the deadline; a ready-made client is as it is.
    """

    requires_token = True

    def __init__(self, client: httpx.Client | None = None) -> None:
        if client is not None and not isinstance(client, httpx.Client):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
            raise TypeError(f"expected an httpx.Client, got {type(client).__name__}")
        if client is None and urllib.request.getproxies():
            try:
                client = httpx.Client(limits=LIMITS)
            except (httpx.InvalidURL, ValueError) as error:
                raise ValueError(f"a proxy in the environment cannot be used: {error}") from None
        self._client = client
        self._transport = Pool() if client is None else None
        self.is_closed: bool = False

    def __repr__(self) -> str:
        through = "" if self._client is None else f" through an httpx.{type(self._client).__name__}"
        return f"<{type(self).__name__}{through}{', closed' if self.is_closed else ''}>"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_closed:
            raise ClosedClientError("the transport is closed")
        if self._transport is not None:
            return self._transport.handle_request(request)
        assert self._client is not None
        if self._client.is_closed:
            raise ClosedClientError("the httpx client of this transport is closed")
        # Its own authorization, cookies and redirects would send what must not be sent.
        return self._client.send(request, stream=True, auth=None, follow_redirects=False)

    def close(self) -> None:
        self.is_closed = True
        for opened in (self._transport, self._client):
            if opened is not None:
                opened.close()
