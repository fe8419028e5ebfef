"""What cannot be sent is refused before anything is sent, and the error says what was expected."""

from __future__ import annotations

import functools
import math
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from replicate_typed import AsyncClient

pytestmark = pytest.mark.anyio

LOOP: dict[str, Any] = {}
LOOP["self"] = LOOP
DEEP: list[Any] = functools.reduce(lambda inner, _: [inner], range(100_000), [])

Call = Callable[[Any], Awaitable[object]]
CALLS: list[tuple[Call, type[Exception], str]] = [
    (lambda client: client.predictions.get(""), ValueError, "prediction must not be ''"),
    (lambda client: client.predictions.get("."), ValueError, r"prediction must not be '\.'"),
    (lambda client: client.predictions.get(".."), ValueError, r"prediction must not be '\.\.'"),
    (lambda client: client.predictions.get(None), TypeError, "prediction must be a string, got None"),
    (lambda client: client.predictions.get(5), TypeError, "prediction must be a string, got 5"),
    (lambda client: client.models.get("acme"), ValueError, "model must be \"owner/name\", got 'acme'"),
    (lambda client: client.models.get("a/b/c"), ValueError, 'must be "owner/name"'),
    (lambda client: client.models.get("a/.."), ValueError, "must not be '..'"),
    (lambda client: client.models.get(None), TypeError, 'must be "owner/name"'),
    (lambda client: client.models.versions.get("a/b", ""), ValueError, "version must not be ''"),
    (lambda client: client.models.get("acme/echo:v1"), ValueError, "model must be \"owner/name\", got 'acme/echo:v1'"),
    (lambda client: client.models.latest_version("acme"), ValueError, "model must be \"owner/name\", got 'acme'"),
    (lambda client: client.models.search(5), TypeError, "query must be a string, got 5"),
    (lambda client: client.predictions.cancel(5), TypeError, "prediction must be a string, got 5"),
    (lambda client: client.trainings.get(""), ValueError, "training must not be ''"),
    (lambda client: client.deployments.get("prod"), ValueError, "deployment must be \"owner/name\", got 'prod'"),
    (lambda client: client.deployments.scale("prod", min_instances=0), ValueError, 'deployment must be "owner/name"'),
    (lambda client: client.collections.get(""), ValueError, "collection must not be ''"),
    (lambda client: client.files.get("."), ValueError, r"file must not be '\.'"),
    (lambda client: client.models.list(sort_by="age"), ValueError, "sort_by must be one of .*, got 'age'"),
    (lambda client: client.models.list(sort_by=5), TypeError, "sort_by must be a string, got 5"),
    (lambda client: client.search(5), TypeError, "query must be a string, got 5"),
    (lambda client: client.search("a", limit=51), ValueError, "limit must be at least 1 and at most 50, got 51"),
    (lambda client: client.search("a", limit=0), ValueError, "limit must be at least 1 and at most 50, got 0"),
    (lambda client: client.search("a", limit=True), TypeError, "limit must be an integer, got True"),
    (lambda client: client.search("a", limit=2.5), TypeError, "limit must be an integer, got 2.5"),
    (lambda client: client.search("x" * 70_000), ValueError, "an address of .* characters is too long"),
    (lambda client: client.predictions.list(created_after="soon"), ValueError, "created_after must be a datetime or"),
    (lambda client: client.predictions.list(created_after=5), TypeError, "created_after must be a datetime or"),
    (lambda client: client.predictions.list(created_after=datetime(2026, 1, 1)), ValueError, "must have a time zone"),
    (lambda client: client.predictions.create("a/b", {"x": math.nan}), ValueError, "input.x: nan is not JSON"),
    (lambda client: client.predictions.create("a/b", {"x": [1, -math.inf]}), ValueError, r"input.x\[1\]: -inf is not"),
    (lambda client: client.predictions.create("a/b", {"x": {"y": 1j}}), TypeError, r"input.x.y: complex is not JSON"),
    (lambda client: client.predictions.create("a/b", {"x": {1, 2}}), TypeError, "input.x: set is not JSON"),
    (lambda client: client.predictions.create("a/b", {"x": datetime(2026, 1, 1)}), TypeError, "datetime is not JSON"),
    (lambda client: client.predictions.create("a/b", LOOP), ValueError, "nested too deeply, or holding itself"),
    (lambda client: client.predictions.create("a/b", {"x": DEEP}), ValueError, "nested too deeply"),
    (lambda client: client.predictions.create("a/b", {5: 6}), TypeError, "input must have strings for names"),
    (lambda client: client.predictions.create("a/b", [1]), TypeError, "input"),
    (lambda client: client.predictions.create("a/b", "text"), TypeError, "input"),
    (lambda client: client.request("GET", "/x", {(1, 2): 3}), TypeError, r"the name \(1, 2\) is not a string"),
    (lambda client: client.request("GET", "/x", [1]), TypeError, "the body must be a mapping"),
    (lambda client: client.request("GET", "/x", b"raw"), TypeError, "the body must be a mapping"),
    (lambda client: client.request("GET", "/x", query={"a": math.nan}), ValueError, "query must hold finite numbers"),
    (lambda client: client.request("GET", "/x", query={"a": [1]}), TypeError, "query must map strings to"),
    (lambda client: client.request("GET", "/x", query=[("a", "b")]), TypeError, "query must be a mapping"),
    (lambda client: client.request("GET", "/x?a=1&a=2"), ValueError, "a name twice"),
    (lambda client: client.request("GET", "/x", headers={"Authorization": "x"}), ValueError, "token="),
    (lambda client: client.request("GET", "/x", headers={"X-A": "a\nb"}), ValueError, "one line"),
    (lambda client: client.request("GET", "/x", headers={"X-A": 5}), TypeError, "headers must map strings"),
    (lambda client: client.request("GET", "/x", headers=["X-A"]), TypeError, "headers must be a mapping"),
    (lambda client: client.request("GE T", "/x"), ValueError, "'GE T' is not an HTTP method"),
    (lambda client: client.request("", "/x"), ValueError, "not an HTTP method"),
    (lambda client: client.request(None, "/x"), TypeError, "the method must be a string, got None"),
    (lambda client: client.request("GET", None), TypeError, "the path must be a string, got None"),
    (lambda client: client.request("GET", b"/x"), TypeError, "the path must be a string"),
    (lambda client: client.request("GET", "x"), ValueError, "expected a path such as \"/hardware\", got 'x'"),
    (lambda client: client.request("GET", ""), ValueError, "expected a path"),
    (lambda client: client.request("GET", "/a/../b"), ValueError, "expected a path"),
    (lambda client: client.request("GET", "/a b"), ValueError, "must be escaped"),
    (lambda client: client.request("GET", "/a\x00b"), ValueError, "must be escaped"),
    (lambda client: client.request("GET", "https://example.com/v1/x"), ValueError, "not an address of the API"),
    (lambda client: client.request("GET", "http://api.replicate.com/v1/x"), ValueError, "not an address of the API"),
    (lambda client: client.request("GET", "https://api.replicate.com.evil.com/x"), ValueError, "not an address"),
    (lambda client: client.request("GET", "https://api.replicate.com@evil.com/x"), ValueError, "not an address"),
    (lambda client: client.request("GET", "//example.com/x"), ValueError, "not an address of the API"),
    (lambda client: client.request("GET", "http://[::1/x"), ValueError, "not an address"),
]


@pytest.mark.parametrize(("call", "kind", "message"), CALLS, ids=[message for _, _, message in CALLS])
async def test_it_is_refused_before_anything_is_sent(call: Call, kind: type[Exception], message: str) -> None:
    """With a ValueError or a TypeError that names the argument."""
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(500)

    async with AsyncClient(transport=httpx.MockTransport(handle), retries=0) as client:
        with pytest.raises(kind, match=message) as caught:
            await call(client)
    assert type(caught.value) is kind
    assert asked == []


@pytest.mark.parametrize(
    ("id", "path"),
    [("a/b", "a%2Fb"), ("a b?c#d", "a%20b%3Fc%23d"), ("ä%", "%C3%A4%25"), ("...", "..."), ("a\n", "a%0A")],
)
async def test_ids_are_escaped(id: str, path: str) -> None:
    """An id cannot leave its place in the path."""
    asked: list[bytes] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path)
        return httpx.Response(404)

    async with AsyncClient(transport=httpx.MockTransport(handle)) as client:
        with pytest.raises(Exception, match="404"):
            await client.predictions.get(id)
    assert asked == [f"/v1/predictions/{path}".encode()]
