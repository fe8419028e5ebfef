"""`client.request`: any path, plain JSON."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import httpx
import pytest

from replicate_typed import AsyncClient, NotFoundError, UndecodableResponseError

pytestmark = pytest.mark.anyio


class Echo(httpx.MockTransport):
    """Answers with what it was given, and remembers what it was asked."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.requests: list[httpx.Request] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.response


@pytest.mark.parametrize(
    ("response", "value"),
    [
        (httpx.Response(200, json={"a": [1, None]}), {"a": [1, None]}),
        (httpx.Response(200, json=[1]), [1]),
        (httpx.Response(200, json=None), None),
        (httpx.Response(200, json="text"), "text"),
        (httpx.Response(200, content=b"5", headers={"content-type": "application/vnd.x+json"}), 5),
        (httpx.Response(200, text="# Readme é"), "# Readme é"),
        (httpx.Response(200, content=b"\xe9", headers={"content-type": "text/plain; charset=latin1"}), "é"),
        (httpx.Response(200, content=b"caf\xff", headers={"content-type": "text/plain; charset=hex"}), "caf\ufffd"),
        (httpx.Response(200, content=b"caf", headers={"content-type": "text/plain; charset=nonsense"}), "caf"),
        (httpx.Response(204), None),
        (httpx.Response(202), None),
        (httpx.Response(200, content=b"", headers={"content-type": "application/json"}), None),
    ],
)  # fmt: skip
async def test_the_value_is_what_the_answer_says(response: httpx.Response, value: object) -> None:
    """JSON as it is, text as str, nothing as None."""
    async with AsyncClient(transport=Echo(response)) as client:
        assert await client.request("GET", "/x") == value


async def test_json_that_is_none_is_undecodable() -> None:
    """If it says that it is JSON, it has to be."""
    broken = httpx.Response(200, content=b"<html>", headers={"content-type": "application/json"})
    async with AsyncClient(transport=Echo(broken)) as client:
        with pytest.raises(UndecodableResponseError, match="GET /x: the answer says that it is JSON"):
            await client.request("GET", "/x")


async def test_errors_are_those_of_other_calls() -> None:
    """By status."""
    async with AsyncClient(transport=Echo(httpx.Response(404, json={"detail": "nothing here"}))) as client:
        with pytest.raises(NotFoundError, match="GET /x: 404 Not Found: nothing here"):
            await client.request("GET", "/x")


API = "https://api.replicate.com/v1"


@pytest.mark.parametrize(
    ("base_url", "path", "asked"),
    [
        (API, "/hardware", f"{API}/hardware"),
        (API, "/v1/hardware", f"{API}/hardware"),
        (API, f"{API}/hardware?a=b%20c", f"{API}/hardware?a=b+c"),
        (API, "/v1beta/x", f"{API}/v1beta/x"),
        (API, "/a%2Fb/", f"{API}/a%2Fb/"),
        (API, "/models?cursor=cD0y%2B", f"{API}/models?cursor=cD0y%2B"),
        ("http://localhost:8080", "/hardware", "http://localhost:8080/v1/hardware"),
        ("http://localhost:8080", "http://localhost:8080/v1/hardware", "http://localhost:8080/v1/hardware"),
        ("https://gate.example.com/replicate", "/v1/x", "https://gate.example.com/replicate/v1/x"),
        ("https://gate.example.com/replicate", "/replicate/v1/x", "https://gate.example.com/replicate/v1/x"),
        ("https://gate.example.com/replicate", f"{API}/x", "https://gate.example.com/replicate/v1/x"),
    ],
)
async def test_paths_are_below_the_base_url(base_url: str, path: str, asked: str) -> None:
    """With the version or without it, or as a full address of the API; never anywhere else."""
    echo = Echo(httpx.Response(200, json={}))
    async with AsyncClient(transport=echo, base_url=base_url) as client:
        await client.request("GET", path)
    assert [str(request.url) for request in echo.requests] == [asked]


async def test_everything_given_is_sent() -> None:
    """The method in capitals, the body as JSON, the query, without what is None, and the headers."""
    echo = Echo(httpx.Response(200, json={}))
    query: dict[str, Any] = {"b": True, "c": 5, "d": 0.5, "e": None}
    async with AsyncClient(transport=echo) as client:
        body = MappingProxyType({"x": ["é", None, 1.5]})
        await client.request("post", "/x?a=1", body, query=query, headers={"Prefer": " wait=5 "})
    (request,) = echo.requests
    assert request.method == "POST"
    assert str(request.url) == f"{API}/x?a=1&b=true&c=5&d=0.5"
    assert json.loads(request.content) == {"x": ["é", None, 1.5]}
    assert (request.headers["content-type"], request.headers["prefer"]) == ("application/json", "wait=5")


@pytest.mark.parametrize(
    ("prefer", "least"),
    [("wait=90", 100), ("wait", 70), ("WAIT=90", 100), ("respond-async, wait = 90", 100), ("wait=9", 60), ("x", 60)],
)
async def test_an_answer_that_is_held_back_is_waited_for(prefer: str, least: float) -> None:
    """The timeout is always longer than what the service was asked for."""
    echo = Echo(httpx.Response(200, json={}))
    async with AsyncClient(transport=echo) as client:
        await client.request("POST", "/x", {}, headers={"prefer": prefer})
    assert echo.requests[0].extensions["timeout"]["read"] == pytest.approx(least, abs=1)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "QUERY"])
async def test_methods_that_are_safe_to_repeat_are_repeated(method: str) -> None:
    """The others are not: see `test_retries`."""
    echo = Echo(httpx.Response(429, headers={"retry-after": "0"}))
    async with AsyncClient(transport=echo, retries=1) as client:
        with pytest.raises(Exception, match="429"):
            await client.request(method, "/x")
    assert len(echo.requests) == 2
