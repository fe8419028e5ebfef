"""The network, refused: what a client may still reach, and what is said of the rest."""

from __future__ import annotations

import socket
from collections.abc import Callable, Generator
from typing import Any, NoReturn

import httpx
import pytest
from servers import Server, answer, says

from replicate_typed import (
    AsyncClient,
    AsyncCogTransport,
    AsyncHTTPTransport,
    MissingTokenError,
    MockTransport,
    NetworkRefusedError,
)
from replicate_typed.refusal import network_refused

pytestmark = pytest.mark.anyio

GOOD = answer(200, {"type": "user", "username": "acme"})


class Wrapper(httpx.AsyncBaseTransport):
    """A transport of somebody else's, which sends through another one."""

    def __init__(self) -> None:
        self.requests = 0
        self.inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        return await self.inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self.inner.aclose()


TO_THE_NETWORK: dict[str, Callable[[], Any]] = {
    "no transport": lambda: None,
    "ours": AsyncHTTPTransport,
    "an httpx transport": httpx.AsyncHTTPTransport,
    "an httpx client": httpx.AsyncClient,
    "ours with an httpx client": lambda: AsyncHTTPTransport(httpx.AsyncClient()),
    "a wrapper": Wrapper,
}


@pytest.fixture(autouse=True)
def _refused() -> Generator[None]:
    with network_refused():
        yield


@pytest.fixture
def nothing_is_touched(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """No name is looked up, and no connection tried."""
    touched: list[object] = []

    def touch(*arguments: object, **_: object) -> NoReturn:
        touched.append(arguments)
        raise OSError("the test is over")

    for owner, name in [(socket, "getaddrinfo"), (socket.socket, "connect"), (socket.socket, "connect_ex")]:
        monkeypatch.setattr(owner, name, touch)
    yield
    assert touched == []


@pytest.mark.usefixtures("nothing_is_touched")
@pytest.mark.parametrize("transport", TO_THE_NETWORK.values(), ids=TO_THE_NETWORK.keys())
@pytest.mark.parametrize("base_url", [None, "http://api.example:8000", "http://8.8.8.8", "http://[2001:db8::1]/v1"])
async def test_nothing_is_sent_or_looked_up(transport: Callable[[], Any], base_url: str | None) -> None:
    """Whatever the client was given; the error names the request, and what to do."""
    client = AsyncClient(token="r8_secret", transport=transport(), base_url=base_url)
    host = httpx.URL(base_url or "https://api.replicate.com").netloc.decode()
    with pytest.raises(NetworkRefusedError) as caught:
        await client.account.get()
    assert str(caught.value).startswith(f"GET /account at {host}: the network is refused in these tests")
    assert "use the fixture replicate_mock, or give the client a transport" in str(caught.value)
    await client.close()


@pytest.mark.usefixtures("nothing_is_touched")
async def test_it_is_the_error_without_a_token_too() -> None:
    """As a token is not what the test lacks."""
    async with AsyncClient() as client:
        with pytest.raises(NetworkRefusedError, match="POST /models/acme/painter/predictions at "):
            await client.run("acme/painter", {"prompt": "fox"})


async def test_it_is_not_tried_again() -> None:
    """Unlike a connection that could not be made."""
    wrapper = Wrapper()
    client = AsyncClient(token="r8_secret", transport=wrapper, retries=5)
    with pytest.raises(NetworkRefusedError):
        await client.account.get()
    assert wrapper.requests == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_on_this_machine_leads_nowhere(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would look up the name, and send the request."""
    with Server(says(GOOD)) as proxy:
        for transport in (
            httpx.AsyncClient(proxy=proxy.url),
            httpx.AsyncHTTPTransport(proxy=proxy.url),
        ):
            client = AsyncClient(token="r8_secret", transport=transport, base_url=f"{scheme}://api.example")
            with pytest.raises(NetworkRefusedError):
                await client.account.get()
        monkeypatch.setenv(f"{scheme}_proxy", proxy.url)
        async with AsyncClient(token="r8_secret", base_url=f"{scheme}://api.example") as client:
            with pytest.raises(NetworkRefusedError):
                await client.account.get()
        assert proxy.connections == 0


@pytest.mark.parametrize("transport", TO_THE_NETWORK.values(), ids=TO_THE_NETWORK.keys())
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
async def test_this_machine_can_be_reached(transport: Callable[[], Any], host: str) -> None:
    """A mock that is served, for example."""
    with Server(says(GOOD)) as server:
        url = server.url.replace("127.0.0.1", host)
        async with AsyncClient(token="r8_secret", transport=transport(), base_url=url) as client:
            assert (await client.account.get()).username == "acme"


async def test_a_server_on_this_machine_asks_for_a_token() -> None:
    """As ever."""
    async with AsyncClient(base_url="http://127.0.0.1:9") as client:
        with pytest.raises(MissingTokenError):
            await client.account.get()


def in_memory(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"type": "user", "username": "acme"})


@pytest.mark.parametrize(
    "transport",
    [
        MockTransport,
        lambda: httpx.MockTransport(in_memory),
        lambda: httpx.AsyncClient(transport=httpx.MockTransport(in_memory)),
    ],
    ids=["ours", "httpx's", "a client of httpx"],
)
async def test_what_answers_in_memory_is_no_network(transport: Callable[[], Any]) -> None:
    """Whatever it stands for."""
    async with AsyncClient(token="r8_secret", transport=transport()) as client:
        assert (await client.account.get()).username == "acme"


@pytest.mark.usefixtures("nothing_is_touched")
async def test_a_cog_server_elsewhere_is_refused() -> None:
    """By its own address, not by that of the API."""
    cog = AsyncCogTransport("http://gpu.example:5000", model="acme/painter")
    async with AsyncClient(transport=cog) as client:
        with pytest.raises(NetworkRefusedError, match=r"^GET /models/acme/painter at http://gpu\.example:5000: "):
            await client.models.get("acme/painter")


async def test_a_cog_server_here_is_reached(cog_url: str) -> None:
    """Though the client's own address is that of the API."""
    async with AsyncClient(transport=AsyncCogTransport(cog_url, model="acme/echo")) as client:
        assert (await client.models.get("acme/echo")).owner == "acme"


@pytest.mark.usefixtures("nothing_is_touched")
async def test_webhooks_of_the_mock_are_refused_to_others() -> None:
    """It would send them, but whoever moves the time has the error."""
    mock = MockTransport()
    mock.reply("acme/painter", "a picture")
    mock.deliver_webhooks()
    async with AsyncClient(transport=mock) as client:
        with pytest.raises(
            NetworkRefusedError, match=r"^a webhook to hooks\.example: .*function, an app or this machine"
        ):
            await client.run("acme/painter", webhook="https://hooks.example/secret")


async def test_webhooks_of_the_mock_reach_this_machine() -> None:
    """A server that the test has started, for example."""
    mock = MockTransport()
    mock.reply("acme/painter", "a picture")
    with Server(says(answer(200))) as server:
        mock.deliver_webhooks(server.url)
        async with AsyncClient(transport=mock) as client:
            assert await client.run("acme/painter", webhook="https://hooks.example/secret") == "a picture"
        assert len(server.requests) >= 1
