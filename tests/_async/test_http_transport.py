"""The transport to the real service, ready-made httpx clients, proxies, and closing."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest
from servers import Server, answer, says

from replicate_typed import (
    AsyncClient,
    AsyncHTTPTransport,
    AuthenticationError,
    ClosedClientError,
    MockTransport,
)

pytestmark = pytest.mark.anyio

GOOD = answer(200, {"type": "user", "username": "acme"})


def client_of(server: Server, **options: Any) -> AsyncClient:
    return AsyncClient(token="r8_secret", base_url=server.url, timeout=5, retries=0, **options)


@pytest.mark.parametrize(
    "make",
    [lambda: None, AsyncHTTPTransport, lambda: AsyncHTTPTransport(httpx.AsyncClient()), httpx.AsyncClient,
     httpx.AsyncHTTPTransport],
    ids=["none", "ours", "ours with a client", "a client", "httpx's own"],
)  # fmt: skip
async def test_connections_are_kept(make: Any) -> None:
    """Several requests, one connection, closed with the client."""
    with Server(says(GOOD)) as server:
        async with client_of(server, transport=make()) as client:
            for _ in range(3):
                assert (await client.account.get()).username == "acme"
        assert (server.connections, len(server.requests)) == (1, 3)
        assert server.hung_up.acquire(timeout=5)


async def test_a_ready_made_client_lends_only_its_connections() -> None:
    """Not its redirects, authorization, cookies, headers or base URL."""
    redirect = answer(401, {"detail": "no"}, headers={"Set-Cookie": "a=b", "Location": "/elsewhere"})
    ready = httpx.AsyncClient(
        auth=("user", "password"),
        cookies={"session": "1"},
        follow_redirects=True,
        headers={"X-Mine": "1"},
        base_url="https://example.com",
        params={"x": "1"},
    )
    with Server(says(redirect), says(answer(302, headers={"Location": "/elsewhere"})), says(GOOD)) as server:
        async with client_of(server, transport=ready) as client:
            with pytest.raises(AuthenticationError):
                await client.account.get()
            with pytest.raises(Exception, match="redirects are not followed"):
                await client.account.get()
            await client.account.get()
        assert {request.target for request in server.requests} == {"/v1/account"}
        for request in server.requests:
            assert request.headers["authorization"] == "Bearer r8_secret"
            assert not {"cookie", "x-mine"} & set(request.headers)


async def test_a_closed_ready_made_client_is_a_closed_client() -> None:
    """The error is ours, and comes before any connection."""
    ready = httpx.AsyncClient()
    await ready.aclose()
    with Server(says(GOOD)) as server:
        with pytest.raises(ClosedClientError, match="httpx client of this transport is closed"):
            await client_of(server, transport=ready).account.get()
        assert server.connections == 0


async def test_a_hook_that_raises_for_status_shows_no_token() -> None:
    """A common hook of ready-made clients; its error becomes ours."""

    async def check(response: httpx.Response) -> None:
        response.raise_for_status()

    with Server(says(answer(500))) as server:
        ready = httpx.AsyncClient(event_hooks={"response": [check]})
        async with client_of(server, transport=ready) as client:
            with pytest.raises(Exception, match="500") as caught:
                await client.account.get()
    cause: Any = caught.value.__cause__
    assert "r8_secret" not in f"{cause.request.headers.raw} {cause.response.request.headers.raw}"


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_proxies_of_the_environment_are_left_to_httpx(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request goes to the proxy, whole address and all."""
    with Server(says(GOOD)) as proxy:
        monkeypatch.setenv(variable, proxy.url)
        async with AsyncClient(token="r8_secret", base_url="http://replicate.test", retries=0) as client:
            await client.account.get()
        assert [request.target for request in proxy.requests] == ["http://replicate.test/v1/account"]


@pytest.mark.parametrize("address", ["ftp://proxy.example", "http://[::1", "http://a:b:c"])
async def test_a_proxy_that_is_none_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an error that says where to look."""
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(ValueError, match="a proxy in the environment cannot be used"):
        await AsyncClient(token="r8_secret").account.get()


async def test_exceptions_to_proxies_are_left_to_httpx(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NO_PROXY` names the hosts that are reached directly."""
    with Server(says(GOOD)) as proxy, Server(says(GOOD)) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        async with client_of(server) as client:
            await client.account.get()
        assert (len(proxy.requests), len(server.requests)) == (0, 1)


async def test_nothing_is_sent_after_closing() -> None:
    """Neither by the client, nor by those that share its transport; closing twice does no harm."""
    with Server(says(GOOD)) as server:
        client = client_of(server)
        other = client.with_options(timeout=1)
        await client.account.get()
        await client.close()
        await client.close()
        for closed in (client, other):
            with pytest.raises(ClosedClientError, match="GET /account: the client is closed"):
                await closed.account.get()
            with pytest.raises(ClosedClientError):
                await closed.files.download("a", owner="b", expiry=1, signature="c")
        assert len(server.requests) == 1


async def test_a_client_that_was_never_used_can_be_closed() -> None:
    """It makes no transport for that, and none afterwards; a missing token is not the news then."""
    client = AsyncClient()
    await client.close()
    with pytest.raises(ClosedClientError):
        await client.account.get()
    assert client._session.connection._transport is None  # pyright: ignore[reportPrivateUsage] -- it must not exist


async def test_a_closed_transport_is_not_opened_again() -> None:
    """By another client that was given the same one."""
    with Server(says(GOOD)) as server:
        transport = AsyncHTTPTransport()
        async with client_of(server, transport=transport) as client:
            await client.account.get()
        with pytest.raises(ClosedClientError, match="transport is closed"):
            await client_of(server, transport=transport).account.get()
        assert len(server.requests) == 1


async def test_copies_share_the_transport_and_its_connections() -> None:
    """`with_options` is cheap."""
    with Server(says(GOOD)) as server:
        async with client_of(server) as client:
            await client.account.get()
            await client.with_options(timeout=3, headers={"X-A": "b"}).account.get()
            await client.with_options(token="r8_other").account.get()
        assert server.connections == 1
        authorizations = [request.headers["authorization"] for request in server.requests]
    assert authorizations == ["Bearer r8_secret", "Bearer r8_secret", "Bearer r8_other"]


async def test_the_transport_is_made_once_whoever_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that meet at the first request share one."""
    made: list[object] = []
    together = threading.Barrier(8)
    another = threading.Event()

    class Counted(AsyncHTTPTransport):
        def __init__(self) -> None:
            made.append(self)
            another.wait(0.1)  # if there is one, it has every chance to come in
            another.set()

        async def aclose(self) -> None: ...

    monkeypatch.setattr("replicate_typed._async.transports.AsyncHTTPTransport", Counted)
    client = AsyncClient()
    seen: list[object] = []

    def look() -> None:
        together.wait()
        seen.append(client._session.connection.transport)  # pyright: ignore[reportPrivateUsage] -- where they meet

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert seen == made * 8
    await client.close()


@pytest.mark.parametrize("wrong", [object(), "https://api.replicate.com", 5, httpx.AsyncHTTPTransport, MockTransport])
async def test_what_is_no_transport_is_refused(wrong: Any) -> None:
    """A class of one included."""
    with pytest.raises(TypeError, match="transport must "):
        AsyncClient(transport=wrong)


@pytest.mark.parametrize("wrong", [object(), "https://proxy", httpx.AsyncHTTPTransport])
async def test_only_an_httpx_client_makes_an_http_transport(wrong: Any) -> None:
    """The error names what was expected."""
    with pytest.raises(TypeError, match=r"expected an httpx\..*Client, got"):
        AsyncHTTPTransport(wrong)


async def test_it_says_what_it_goes_through() -> None:
    """Without the proxies and headers of a ready-made client, which may be secret."""
    transports = [AsyncHTTPTransport(), AsyncHTTPTransport(httpx.AsyncClient(headers={"authorization": "secret"}))]
    name, client = AsyncHTTPTransport.__name__, httpx.AsyncClient.__name__
    assert [repr(each) for each in transports] == [f"<{name}>", f"<{name} through an httpx.{client}>"]
    for each in transports:
        await each.aclose()
    assert repr(transports[0]) == f"<{name}, closed>"
