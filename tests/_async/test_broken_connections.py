"""Connections that break, and what a create then says: over real sockets, and error by error of httpx."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from happenings import PREDICTION, create, get
from servers import Server, answer, closes, resets, says, says_and_closes, unused_url

from replicate_typed import AmbiguousCreateError, APIConnectionError, APITimeoutError, AsyncClient, VirtualClock

pytestmark = pytest.mark.anyio


class Timeless(httpx.AsyncHTTPTransport):
    """The network, with pauses that cost no time."""

    clock = VirtualClock()


@pytest.mark.parametrize("broken", [closes, resets, says_and_closes(answer(201, b"{", length=100))])
async def test_a_create_is_sent_once_over_a_real_connection_that_breaks(broken: Any) -> None:
    """Closed before the answer, reset, and closed in the middle of it; a look at it is repeated."""
    for operation, times in ((create, 1), (get, 2)):
        with Server(broken, says(answer(200, PREDICTION))) as server:
            transport = Timeless()
            async with AsyncClient(token="r8_secret", base_url=server.url, transport=transport) as client:
                if operation is create:
                    with pytest.raises(AmbiguousCreateError):
                        await client.send(operation())
                else:
                    assert (await client.send(operation())).id == "abc"
            assert len(server.requests) == times


async def test_a_create_that_met_no_server_is_no_ambiguity() -> None:
    """Nothing was sent, so nothing was created."""
    async with AsyncClient(token="r8_secret", base_url=unused_url(), retries=0) as client:
        with pytest.raises(APIConnectionError, match="could not connect") as caught:
            await client.send(create())
    assert not isinstance(caught.value, AmbiguousCreateError)


async def test_a_create_is_not_answered_in_time_over_a_real_connection() -> None:
    """The server has it, and says nothing: sent once, and it may be running."""
    with Server(says(b"")) as server:
        async with AsyncClient(token="r8_secret", base_url=server.url, timeout=0.15) as client:
            with pytest.raises(AmbiguousCreateError) as caught:
                await client.send(create())
        assert len(server.requests) == 1
    assert isinstance(caught.value.__cause__, APITimeoutError)


def subclasses(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(each for child in kind.__subclasses__() for each in subclasses(child))]


@pytest.mark.parametrize("kind", [*subclasses(httpx.TransportError), httpx.DecodingError, httpx.TooManyRedirects])
async def test_nothing_of_httpx_reaches_the_caller(kind: type[Exception]) -> None:
    """Each of its errors is one of ours, with what it said; the request that it holds has no token."""

    def handle(request: httpx.Request) -> httpx.Response:
        error: Any = kind("hello")
        error.request = request
        raise error

    async with AsyncClient(token="r8_secret", transport=httpx.MockTransport(handle), retries=0) as client:
        with pytest.raises(APIConnectionError, match="hello") as caught:
            await client.account.get()
    cause: Any = caught.value.__cause__
    assert "r8_secret" not in str(cause.request.headers.raw)
    assert type(cause) is kind
    assert isinstance(caught.value, APITimeoutError) == issubclass(kind, httpx.TimeoutException)
