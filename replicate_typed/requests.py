"""What is sent for an operation; pure."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import httpx

from replicate_api.writing import query_pairs
from replicate_typed import __version__
from replicate_typed.foreign import is_foreign, shown
from replicate_typed.multipart import MultipartStream

if TYPE_CHECKING:
    from replicate_api.types import Operation
    from replicate_typed.settings import Settings

USER_AGENT = f"replicate-typed/{__version__}"
LONGEST_URL = 60_000  # httpx refuses longer ones with an error of its own
SLOWEST_UPLOAD = 2**17  # bytes a second: about a megabit, as the slowest lines have
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})  # what says how long its body is even when it has none


def request_for(operation: Operation[Any], settings: Settings, token: str | None) -> httpx.Request:
    """The HTTP request of an operation; raises ValueError or TypeError for a body that cannot be sent."""
    url = parsed_url(url_of(operation, settings.base_url))
    headers = {
        "host": url.netloc.decode(),
        "accept": "*/*" if operation.is_streamed else "application/json, text/*;q=0.9",
        # An answer that is handed over as it arrives is not decoded on the way.
        "accept-encoding": "identity" if operation.is_streamed else "gzip, deflate",
        "user-agent": USER_AGENT,
        **({} if is_foreign(operation) else settings.headers),
        **{name.lower(): value for name, value in (operation.headers or {}).items()},
    }
    if token is not None and operation.needs_token:
        headers["authorization"] = f"Bearer {token}"
    match operation.body:
        case None:
            content = b""
        case bytes() as content:
            pass
        case Mapping() as fields:
            headers["content-type"] = "application/json"
            content = encode_json(fields)
        case parts:
            form = MultipartStream(parts)
            headers["content-type"] = form.content_type
            length = {"transfer-encoding": "chunked"} if form.length is None else {"content-length": str(form.length)}
            return httpx.Request(operation.method, url, headers=headers | length, stream=form)
    if content or operation.method in WITH_BODY:
        headers.setdefault("content-length", str(len(content)))
    # With `content=`, httpx would look for the headers that are missing, and build all of them twice more.
    request = httpx.Request(operation.method, url, headers=headers, stream=Body(content))
    request.read()
    return request


class Body(httpx.ByteStream):
    """Bytes in one chunk; in none if there are none, as an empty one would pass through all of httpx and h11.

    Trio complains of a generator that is left half-way, as one is when the connection breaks; so this has none.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._chunks = (content,) if content else ()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return Chunks(self._chunks)


class Chunks(AsyncIterator[bytes]):
    """Chunks that are there already."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        self._left = iter(chunks)

    async def __anext__(self) -> bytes:
        for chunk in self._left:
            return chunk
        raise StopAsyncIteration


@lru_cache(maxsize=128)
def parsed_url(url: str) -> httpx.URL:
    """The address as httpx has it: polling asks for the same one again and again, and reading it takes long."""
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ValueError(f"{url[:200]!r} is not an address: {error}") from None


def can_be_made_anew(operation: Operation[Any]) -> bool:
    """Whether a second request would hold the same: not if it sends a file that can be read only once."""
    if operation.body is None or isinstance(operation.body, (bytes, Mapping)):
        return True
    return all(isinstance(part.content, (bytes, str)) or part.content.seekable() for part in operation.body)


def seconds_to_send(request: httpx.Request) -> int:
    """How long files may take on a slow line, beyond the time-out of any request."""
    form = request.stream
    return (form.length or 0) // SLOWEST_UPLOAD if isinstance(form, MultipartStream) else 0


def url_of(operation: Operation[Any], base_url: str) -> str:
    url = operation.path if is_foreign(operation) else f"{base_url}{operation.path}"
    if operation.query:
        url = f"{url}?{urlencode(query_pairs(operation.query))}"
    if len(url) > LONGEST_URL:
        raise ValueError(f"{name_of(operation)[:60]}…: an address of {len(url)} characters is too long to be sent")
    return url


def name_of(operation: Operation[Any]) -> str:
    """`GET /account`: how errors speak of a request."""
    return f"{operation.method} {shown(operation.path)}"


def encode_json(value: Mapping[str, Any]) -> bytes:
    """The value as JSON; raises ValueError or TypeError that says which part of it is not JSON."""
    items = dict(value)
    try:
        return json.dumps(items, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise _culprit(items, "", 0) or kind(f"the request is not JSON: {error}") from None


def _culprit(value: object, path: str, depth: int) -> Exception | None:
    """The error for the first part of a value that is not JSON."""
    kind = type(value).__name__
    if isinstance(value, float) and not math.isfinite(value):
        return ValueError(f"{path}: {value} is not JSON; send a finite number or None")
    if depth > 200:
        return ValueError(f"{path[:60]}…: nested too deeply, or holding itself")
    if isinstance(value, Mapping):
        for key, item in cast("Mapping[object, object]", value).items():
            if not isinstance(key, (str, int, float, bool, type(None))):
                return TypeError(f"{path or 'the request'}: the name {key!r} is not a string")
            if found := _culprit(item, f"{path}.{key}" if path else str(key), depth + 1):
                return found
        return None if isinstance(value, dict) else TypeError(f"{path}: expected a dict, got {kind}")
    if isinstance(value, (list, tuple)):
        value = cast("Sequence[object]", value)
        items = enumerate(value)
        return next((found for index, item in items if (found := _culprit(item, f"{path}[{index}]", depth + 1))), None)
    if isinstance(value, (str, int, float, bool, type(None))):
        return None
    return TypeError(f"{path}: {kind} is not JSON; send str, int, float, bool, None, list or dict")
