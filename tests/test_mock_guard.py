"""Who may ask a service that is served."""

from __future__ import annotations

import httpx
import pytest
from asgi_calls import Answering
from mocking import problem_of

from replicate_typed.transports.mock.addresses import delivery_address, stream_address
from replicate_typed.transports.mock.serving.guard import Guard

pytestmark = pytest.mark.anyio

TOKEN = "r8_secret"
HERE = "http://127.0.0.1:8000"


async def serve(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200)


async def answer(url: str, *, token: str | None, **headers: str) -> httpx.Response:
    """What a guarded service answers to a GET; without its guard, always 200."""
    async with httpx.AsyncClient(transport=Guard(Answering(serve), token)) as client:
        return await client.get(url, headers=headers)


@pytest.mark.parametrize("sent", [f"Bearer {TOKEN}", f"Token {TOKEN}", f"bearer  {TOKEN}"])
async def test_who_has_the_token_is_answered(sent: str) -> None:
    """In the present form and in the older one."""
    response = await answer(f"{HERE}/v1/hardware", token=TOKEN, authorization=sent)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", "Bearer r8_other", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}2"]
)
@pytest.mark.parametrize("path", ["/", "/v1/hardware", "/hardware", "/v1/nothing", "/v1/files/abc", "/v1/files"])
async def test_who_has_it_not_gets_the_recorded_answer(sent: str, path: str) -> None:
    """Byte by byte, and whatever is asked for: also of what does not exist."""
    response = await answer(HERE + path, token=TOKEN, authorization=sent)
    assert response.status_code == 401
    assert response.content == (
        b'{"title":"Unauthenticated","detail":"You did not pass a valid authentication token","status":401}\n'
    )
    assert response.headers == {"content-type": "application/problem+json", "content-length": "98"}


async def test_a_token_of_other_characters_is_no_error() -> None:
    """Headers may have any bytes."""
    async with httpx.AsyncClient(transport=Guard(Answering(serve), TOKEN)) as client:
        response = await client.get(f"{HERE}/v1/hardware", headers=[(b"authorization", "Bearer clé".encode())])
    assert response.status_code == 401


@pytest.mark.parametrize(
    "url",
    [
        f"{HERE}/v1/files/abc/download?owner=acme&expiry=1&signature=a",
        f"{HERE}/files/abc/download?owner=acme&expiry=1&signature=a",
        stream_address(f"{HERE}/v1", "abc" * 8 + "de", gives_files=False),
        stream_address(f"{HERE}/v1", "abc" * 8 + "de", gives_files=True),
        delivery_address(f"{HERE}/v1", "abc", "out.png"),
    ],
)
async def test_addresses_that_are_secrets_themselves_need_no_token(url: str) -> None:
    """Streams, output files and signed downloads are read by those who have no token."""
    assert (await answer(url, token=TOKEN)).status_code == 200


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "127.0.0.2", "localhost", "localhost:80", "[::1]:8000", "a.localhost"]
)
async def test_without_a_token_this_machine_is_answered(host: str) -> None:
    """Through forwarded ports, too."""
    assert (await answer(f"http://{host}/v1/hardware", token=None)).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:8000", "192.168.0.7:8000", "localhost.evil.test", "0.0.0.0:8000"]
)
async def test_without_a_token_another_host_is_refused(host: str) -> None:
    """Else a web page whose host name leads to this machine could ask: DNS rebinding."""
    response = await answer(f"http://{host}/v1/hardware", token=None)
    assert "Start it with --token" in problem_of(response, 403)["detail"]


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "http://evil.test:8000", "null", "http://127.0.0.1.evil.test", "x"]
)
async def test_without_a_token_a_foreign_web_page_is_refused(origin: str) -> None:
    """A page of any site can send requests to this machine, even if it cannot read the answers."""
    problem_of(await answer(f"{HERE}/v1/hardware", token=None, origin=origin), 403)


@pytest.mark.parametrize("origin", ["http://localhost:5173", "http://127.0.0.1", "https://[::1]:3000"])
async def test_web_pages_of_this_machine_are_answered(origin: str) -> None:
    """As somebody's own front end is, while it is written."""
    assert (await answer(f"{HERE}/v1/hardware", token=None, origin=origin)).status_code == 200


async def test_with_a_token_the_host_does_not_matter() -> None:
    """A foreign page does not know the token."""
    headers = {"authorization": f"Bearer {TOKEN}", "origin": "https://app.test"}
    assert (await answer("http://service.test/v1/hardware", token=TOKEN, **headers)).status_code == 200
