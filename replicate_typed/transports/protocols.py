"""What a client needs of a transport; any httpx transport fits as it is."""

from __future__ import annotations

from typing import Protocol

import httpx


class Transport(Protocol):
    """What a `Client` sends its requests through: the methods of `httpx.BaseTransport`.

    A transport may also have
    - `clock`: a `Clock`, which the client then uses for its pauses and deadlines;
    - `requires_token`: `False` if the client need not ask for an API token;
    - `stores_files`: `False` if there are no uploads, so that every input file must stand in the input itself;
    - `address`: where requests go in truth, which errors then name in place of the base URL's host.
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request; its body may be still to be read."""
        ...

    def close(self) -> None:
        """Give back connections and files."""
        ...


class AsyncTransport(Protocol):
    """What an `AsyncClient` sends its requests through: the methods of `httpx.AsyncBaseTransport`.

    A transport may also have
    - `clock`: a `Clock`, which the client then uses for its pauses and deadlines;
    - `requires_token`: `False` if the client need not ask for an API token;
    - `stores_files`: `False` if there are no uploads, so that every input file must stand in the input itself;
    - `address`: where requests go in truth, which errors then name in place of the base URL's host.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request; its body may be still to be read."""
        ...

    async def aclose(self) -> None:
        """Give back connections and files."""
        ...
