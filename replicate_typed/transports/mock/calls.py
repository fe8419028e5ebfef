"""A request as the mock service reads it."""

from __future__ import annotations

import json
import math
import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from replicate_typed.transports.mock.addresses import delivery_of, stream_of
from replicate_typed.transports.mock.operations import (
    OUTPUT_FILE,
    STREAM,
    MockOperation,
    document,
    find,
    typed,
    unknown,
)
from replicate_typed.transports.mock.problems import ProblemError, invalid_input, is_object
from replicate_typed.transports.mock.webhooks.webhook import misfits_of_webhook

if TYPE_CHECKING:
    import httpx


@frozen
class MockRequest:
    """A request that was made: the operation's id, its path as in the API's documentation, its body, parsed if JSON."""

    operation: str | None
    """None if no operation was asked for, but something else: an output file, a stream, an unknown path."""
    method: str
    path: str
    query: dict[str, str]
    body: Any


@frozen(eq=False)
class Call:
    """A request on its way through the service, and the instant it came at."""

    request: httpx.Request
    operation: MockOperation
    names: tuple[str, ...]
    """The names in the path, in order."""
    root: str
    """The address of the API, before the path."""
    body: dict[str, Any]
    """The JSON object that was sent; empty for operations without one."""
    now: int

    @property
    def query(self) -> dict[str, Any]:
        """What stands behind the question mark, as the operation's schemas want it."""
        schemas = {parameter["name"]: parameter["schema"] for parameter in self.operation.queries}
        return {name: typed(text, schemas.get(name, {})) for name, text in self.request.url.params.items()}


@frozen(eq=False)
class Target:
    """What a request is for."""

    root: str
    path: str
    id: str | None
    """The id of the operation, or what else is asked for."""
    operation: MockOperation | None
    names: tuple[str, ...]


def target_of(request: httpx.Request) -> Target:
    """What a request is for; the API may be at any base URL."""
    path = request.url.raw_path.partition(b"?")[0].decode("ascii")
    origin = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
    if request.method == "GET" and stream_of(path):
        return Target(origin, path, STREAM, None, ())
    if request.method == "GET" and delivery_of(path):
        return Target(origin, path, OUTPUT_FILE, None, ())
    found = _path_pattern().fullmatch(path)
    prefix, path = (found["prefix"], found["path"]) if found else ("", path.removeprefix("/v1"))
    match = find(request.method, path)
    if match is None:
        return Target(origin + prefix, path, None, None, ())
    return Target(origin + prefix, path, match[0].id, match[0], match[1])


def record_of(request: httpx.Request, target: Target) -> MockRequest:
    """What is kept of a request; no headers, for one of them is the token."""
    query = dict(request.url.params) if request.url.query else {}
    # Tests ask for the same few paths again and again: each is kept once.
    return MockRequest(target.id, sys.intern(request.method), sys.intern(target.path), query, _kept(request))


def read_call(request: httpx.Request, target: Target, record: MockRequest, now: int) -> Call:
    """The request, checked; ProblemError if it is not what the API describes."""
    operation = target.operation
    if operation is None:
        raise unknown(request.method, target.path)
    rows = operation.misfits_of(record.query, "query") if operation.queries else []
    if rows and operation.id == "search":
        raise ProblemError(400, rows[0].description, headers={"content-type": "application/json"})
    if operation.headers:
        rows += operation.misfits_of(request.headers, "header")
    body: object = {}
    if operation.body is not None:
        body = _json(request.content) if isinstance(record.body, (bytes, type(None))) else record.body
        rows += operation.misfits_of_body(body) or (misfits_of_webhook(body) if is_object(body) else [])
    if rows:
        raise invalid_input(rows)
    return Call(request, operation, target.names, target.root, body if is_object(body) else {}, now)


def read_json(content: bytes) -> Any:
    """What the JSON says; ValueError if it is none, or has numbers that JSON has not."""
    try:
        value = json.loads(content, parse_constant=_number, parse_float=_number)
        if b"\\ud" in content or b"\\uD" in content:  # perhaps halves of characters, which no text can have
            return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return value


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no number in JSON")
    return number


def _json(content: bytes) -> object:
    try:
        return read_json(content)
    except ValueError as error:
        raise ProblemError(400, f"The request body is not JSON: {error}") from error


def _kept(request: httpx.Request) -> Any:
    if not request.content:
        return None
    if request.headers.get("content-type", "").lower().startswith("application/json"):
        try:
            return read_json(request.content)
        except ValueError:
            pass
    return request.content


@lru_cache(maxsize=1)
def _path_pattern() -> re.Pattern[str]:
    resources = sorted({path.split("/")[1] for path in document()["paths"]})
    return re.compile(rf"(?P<prefix>.*?)(?P<path>/(?:{'|'.join(resources)})(?:/.*)?)", re.DOTALL)
