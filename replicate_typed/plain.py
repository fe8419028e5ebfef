"""Operations for paths that are not described: plain JSON in, plain JSON out; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from replicate_api.reading import is_json, media_type, read_json
from replicate_api.types import Operation
from replicate_typed.settings import API_URL, checked_headers

if TYPE_CHECKING:
    from httpx import Response

    from replicate_api.types import QueryValue

REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "QUERY"})


def plain_operation(
    method: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    *,
    query: Mapping[str, QueryValue] | None = None,
    headers: Mapping[str, str] | None = None,
    base_url: str = API_URL,
) -> Operation[Any]:
    """An operation for any path of the API; raises ValueError for an address that is not the API's."""
    for name, text in (("method", method), ("path", path)):
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
            raise TypeError(f"the {name} must be a string, got {text!r}")
    method = method.upper()
    if not method.isascii() or not method.isalpha():
        raise ValueError(f"{method!r} is not an HTTP method")
    if body is not None and not isinstance(body, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"the body must be a mapping of names to values, got {type(body).__name__}")
    below, asked = path_below(path, base_url)
    return Operation(
        "request",
        method,
        below,
        json_or_text,
        query={**asked, **checked_query(query or {})},
        headers=checked_headers(headers or {}),
        body=body,
        is_repeatable=method in REPEATABLE,
    )


def path_below(path: str, base_url: str) -> tuple[str, dict[str, str]]:
    """The path below the base URL, and its query: of `/hardware`, `/v1/hardware` or a full address of the API."""
    try:
        parts = urlsplit(path)
    except ValueError as error:
        raise ValueError(f"{path!r} is not an address: {error}") from None
    if parts.scheme or parts.netloc:
        origins = {(urlsplit(url).scheme, urlsplit(url).netloc) for url in (base_url, API_URL)}
        if (parts.scheme, parts.netloc) not in origins:
            raise ValueError(f"{path} is not an address of the API at {base_url}")
    base = next((base for base in (urlsplit(base_url).path, "/v1") if parts.path.startswith(f"{base}/")), "")
    below = parts.path.removeprefix(base)
    if not below.startswith("/") or any(segment in {".", ".."} for segment in below.split("/")):
        raise ValueError(f'expected a path such as "/hardware", got {path!r}')
    if any(character.isspace() or not character.isprintable() for character in below):
        raise ValueError(f"the path {path!r} has characters that must be escaped")
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if len(dict(asked)) < len(asked):
        raise ValueError(f"the query of {path!r} has a name twice")
    return below, dict(asked)


def checked_query(query: Mapping[str, QueryValue | None]) -> dict[str, QueryValue]:
    """The query without what is None; raises TypeError or ValueError for what has no one way to be written."""
    if not isinstance(query, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"query must be a mapping of names to values, got {type(query).__name__}")
    for name, value in query.items():
        if not (isinstance(name, str) and isinstance(value, (str, int, float, type(None)))):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
            raise TypeError(f"query must map strings to str, int, float or bool, got {name!r}: {value!r}")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"query must hold finite numbers, got {name!r}: {value!r}")
    return {name: value for name, value in query.items() if value is not None}


def json_or_text(response: Response) -> Any:
    """What an answer holds: JSON if it says so, else text; None when it is empty."""
    if not response.content:
        return None
    return read_json(response) if is_json(media_type(response)) else response.text
