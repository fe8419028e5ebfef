"""What a served mock says of itself."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from generating import the_spec

import replicate_typed
from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.serving.front_page import FrontPage

pytestmark = pytest.mark.anyio


async def page(path: str, *, needs_token: bool = False) -> Any:
    mock = MockTransport()
    for name in ("acme/echo", "acme/painter"):
        mock.reply(name, "out")
    transport = FrontPage(mock, needs_token=needs_token)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        return (await client.get(path)).raise_for_status().json()


async def test_the_front_page_says_what_is_there_and_how_to_use_it() -> None:
    """By the address that it was asked at."""
    found = await page("/")
    assert (found["name"], found["version"]) == ("replicate-typed", replicate_typed.__version__)
    assert found["models"] == ["acme/echo", "acme/painter"]
    assert found["use"]["python"] == "REPLICATE_BASE_URL=http://127.0.0.1:8000"
    assert found["openapi"] == "http://127.0.0.1:8000/openapi.json"
    assert (found["needs_token"], (await page("/", needs_token=True))["needs_token"]) == (False, True)


@pytest.mark.parametrize("path", ["/", "/openapi.json"])
async def test_its_pages_can_be_asked_for_without_their_bodies(path: str) -> None:
    """As programs do that wait until a server is up."""
    transport = FrontPage(MockTransport(), needs_token=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        assert (await client.head(path)).status_code == 200


async def test_the_description_is_that_of_the_api_at_this_address() -> None:
    """All of openapi.yaml, and whether a token is needed."""
    found, spec = await page("/openapi.json"), the_spec()
    assert found["servers"] == [{"url": "http://127.0.0.1:8000/v1"}]
    assert (found["paths"], found["components"]) == (spec["paths"], spec["components"])
    assert found["security"] == []
    assert (await page("/openapi.json", needs_token=True))["security"] == spec["security"]


async def test_everything_else_is_the_mocks() -> None:
    """Also other methods on the front page's path."""
    assert (await page("/v1/hardware"))[0]["sku"] == "cpu"
    transport = FrontPage(MockTransport(), needs_token=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        assert (await client.post("/")).status_code == 404
