"""What makes two requests the same: method, path, query and body, each by what it says; pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx
from attrs import frozen

from replicate_typed.requests import parsed_url
from replicate_typed.transports.cassettes.interactions import value_of
from replicate_typed.transports.multipart import parts_of

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.interactions import RecordedRequest
    from replicate_typed.transports.multipart import Part

Pairs: TypeAlias = tuple[tuple[str, str], ...]
_STAND_INS = re.compile(rb"REDACTED-+")


@frozen
class Key:
    """What two requests have in common when one's answer is the other's; the host is not part of it."""

    method: str
    path: str
    query: Pairs
    body: object


@frozen
class Form:
    """The parts of a form, in order of their names; whatever its boundary was."""

    parts: tuple[tuple[str, str | None, str | None, object], ...]


@frozen
class Json:
    """A value, as the one text that there is for it."""

    text: str


def key_of(request: RecordedRequest) -> Key:
    """What is compared of a request without secrets."""
    url = parsed_url(request.url)
    return Key(request.method.upper(), path_of(url), query_of(url), body_of(request))


def origin_of(request: RecordedRequest) -> str:
    url = parsed_url(request.url)
    return f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}"


def path_of(url: httpx.URL) -> str:
    return url.raw_path.partition(b"?")[0].decode("ascii", "replace") or "/"


def query_of(url: httpx.URL) -> Pairs:
    """What stands behind the question mark, in order of names and values."""
    if not url.query:
        return ()
    return tuple(sorted((name, _any_stand_in(value.encode()).decode()) for name, value in url.params.multi_items()))


def body_of(request: RecordedRequest) -> Form | Json | bytes:
    """What the body says: a form, JSON, or its bytes."""
    form = form_of(request)
    if form is not None:
        parts = sorted(form, key=lambda part: part.name)
        return Form(tuple((part.name, part.filename, part.content_type, content_of(part.content)) for part in parts))
    return content_of(request.body)


def form_of(request: RecordedRequest) -> list[Part] | None:
    """The parts of a body that is a form."""
    content_type = value_of(request.headers, b"content-type")
    if not content_type.lower().startswith("multipart/form-data"):
        return None
    try:
        return parts_of(content_type, request.body)
    except ValueError:
        return None


def content_of(content: bytes) -> Json | bytes:
    """What some bytes say: JSON if they look like it, so that a missing media type does not matter."""
    content = _any_stand_in(content)
    if content.lstrip()[:1] in (b"{", b"["):
        try:
            return Json(json.dumps(json_of(content), sort_keys=True))
        except (ValueError, RecursionError):
            pass
    return content


def json_of(content: bytes) -> Any:
    """The value; a number is an integer if it is a whole one."""
    return json.loads(content, parse_float=_number)


def _number(text: str) -> float | int:
    number = float(text)
    return int(number) if number.is_integer() else number


def _any_stand_in(content: bytes) -> bytes:
    """The content with stand-ins of one length: a secret's may differ from day to day."""
    return _STAND_INS.sub(b"REDACTED", content) if b"REDACTED-" in content else content
