"""The mock service's requests and answers: addresses, headers, bodies, and what is kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, get

from replicate_typed.transports.mock import MockRequest, MockTransport

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


def test_headers_are_the_services(mock: MockTransport, client: httpx.Client) -> None:
    """The date is the virtual one; there are three rate limits."""
    mock.clock.sleep(90)
    response = client.get("/account")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["date"] == "Wed, 01 Jan 2025 00:01:30 GMT"
    assert (response.headers["ratelimit-remaining"], response.headers["ratelimit-reset"]) == ("2999", "1")
    created = client.post("/models/acme/echo/predictions", json={"input": {"prompt": "x"}})
    assert created.headers["ratelimit-remaining"] == "599"
    assert client.get(created.json()["urls"]["get"]).headers["ratelimit-remaining"] == "59999"


def test_hardware_is_a_bare_array(client: httpx.Client) -> None:
    """The four kinds that were recorded."""
    assert client.get("/hardware").json() == [
        {"sku": "cpu", "name": "CPU"},
        {"sku": "gpu-t4", "name": "Nvidia T4 GPU"},
        {"sku": "gpu-a40-small", "name": "Nvidia A40 GPU"},
        {"sku": "gpu-a40-large", "name": "Nvidia A40 (Large) GPU"},
    ]


@pytest.mark.parametrize(
    "base", ["https://api.replicate.com/v1", "http://localhost:8080", "https://proxy.example/replicate/v1"]
)
def test_addresses_are_under_the_base_url_of_the_request(mock: MockTransport, base: str) -> None:
    """Whatever it is: links of predictions and pages, and the paths that are recorded."""
    client = httpx.Client(transport=mock, base_url=base)
    created = create(client, prompt="x")
    assert created["urls"]["get"] == f"{base}/predictions/{created['id']}"
    assert get(client, created) == created
    for n in range(30):
        mock.model(f"acme/model-{n}")(lambda: None)
    following = body_of(client.get("/models"))["next"]
    assert following.startswith(f"{base}/models?cursor=")
    assert len(body_of(client.get(following))["results"]) == 6
    assert mock.requests[0].path == "/models/acme/echo/predictions"


def test_requests_are_kept_for_assertions_without_the_token(mock: MockTransport) -> None:
    """Method, path, query and body, in order; whatever the answer was."""
    client = httpx.Client(transport=mock, base_url=BASE, headers={"authorization": "Bearer r8_secret"})
    client.post("/predictions?x=1", json={"input": {}})
    client.get("/nope?a=b&c=d")
    client.post("/files", content=b"\0\1", headers={"content-type": "application/octet-stream"})
    client.post("/predictions", content=b"{", headers={"content-type": "application/json"})
    assert mock.requests == [
        MockRequest("predictions.create", "POST", "/predictions", {"x": "1"}, {"input": {}}),
        MockRequest(None, "GET", "/nope", {"a": "b", "c": "d"}, None),
        MockRequest("files.create", "POST", "/files", {}, b"\0\1"),
        MockRequest("predictions.create", "POST", "/predictions", {}, b"{"),
    ]
    assert "r8_secret" not in repr(mock.requests)


@pytest.mark.anyio
async def test_request_bodies_may_be_streams(mock: MockTransport) -> None:
    """Of the client's colour; a bare transport takes a sync one in async code, too."""
    url, body = f"{BASE}/models/acme/echo/predictions", b'{"input": {"prompt": "x"}}'

    async def chunks() -> AsyncGenerator[bytes]:
        yield body

    async_request = httpx.Request("POST", url, content=chunks())
    assert (await mock.handle_async_request(async_request)).status_code == 201
    assert (await mock.handle_async_request(httpx.Request("POST", url, content=iter([body])))).status_code == 201
    assert mock.handle_request(httpx.Request("POST", url, content=iter([body]))).status_code == 201
    with pytest.raises(TypeError, match="an async request body needs an async client"):
        mock.handle_request(httpx.Request("POST", url, content=chunks()))


def test_the_same_seed_makes_the_same_ids() -> None:
    """Another one makes others; versions depend on their model alone."""

    def ids(seed: int) -> tuple[list[str], str]:
        mock = MockTransport(seed=seed)
        mock.model("acme/echo")(lambda: None)
        client = httpx.Client(transport=mock, base_url=BASE)
        created = [create(client) for _ in range(5)]
        return [prediction["id"] for prediction in created], created[0]["version"]

    first, version = ids(1)
    assert ids(1) == (first, version)
    other, same_version = ids(2)
    assert not set(first) & set(other)
    assert len(set(first)) == 5
    assert version == same_version
