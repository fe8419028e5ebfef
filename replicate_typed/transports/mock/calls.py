"""A request as the mock service reads it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from replicate_typed.transports.mock.problems import InvalidField, ProblemError, invalid_input, is_object

if TYPE_CHECKING:
    from collections.abc import Container

    import httpx

_RESOURCES = "predictions|models|deployments|hardware|account"
_PATH = re.compile(rf"(?P<prefix>.*?)(?P<path>/(?:{_RESOURCES})(?:/.*)?)", re.DOTALL)


@frozen
class MockRequest:
    """A request that was made: its path as in the API's documentation, and its body, parsed if it is JSON."""

    method: str
    path: str
    query: dict[str, str]
    body: Any


@frozen
class Call:
    """A request on its way through the service, and the instant it came at."""

    request: httpx.Request
    path: str
    root: str
    """The address of the API, before the path."""
    now: int

    def body(self, allowed: Container[str]) -> dict[str, Any]:
        """The JSON object that was sent, with no other members than these."""
        try:
            body: object = json.loads(self.request.content)
        except ValueError as error:
            raise ProblemError(400, f"The request body is not JSON: {error}") from error
        if not is_object(body):
            raise invalid_input([InvalidField.wrong_type("", "object", body)])
        if unexpected := [InvalidField.unexpected("", name) for name in body if name not in allowed]:
            raise invalid_input(unexpected)
        return body


def read_call(request: httpx.Request, now: int) -> Call:
    """The request, taken apart; the API may be at any base URL."""
    path = request.url.raw_path.decode("ascii").partition("?")[0]
    found = _PATH.fullmatch(path)
    prefix, path = (found["prefix"], found["path"]) if found else ("", path.removeprefix("/v1"))
    netloc = request.url.netloc.decode("ascii")
    return Call(request, path, f"{request.url.scheme}://{netloc}{prefix}", now)


def record_of(call: Call) -> MockRequest:
    """What is kept of a request; no headers, for one of them is the token."""
    return MockRequest(call.request.method, call.path, dict(call.request.url.params), _body(call.request))


def _body(request: httpx.Request) -> Any:
    if not request.content:
        return None
    if request.headers.get("content-type", "").lower().startswith("application/json"):
        try:
            return json.loads(request.content)
        except ValueError:
            pass
    return request.content
