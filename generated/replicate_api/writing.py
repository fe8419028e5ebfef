# Made by scripts/regenerate from openapi.yaml; do not edit.
"""How requests are written: arguments to what is sent, refused with a clear error when the API would refuse them."""

from __future__ import annotations

import json
import math
import os.path
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import IO, Any, TypeVar
from urllib.parse import quote

from .reading import shown
from .types import HasId, HasSlug, Owned, Part, Query, QueryValue

T = TypeVar("T")
EnumT = TypeVar("EnumT", bound=StrEnum)


def write_time(field: str, value: datetime | str) -> str:
    """RFC 3339 in UTC, ending in `Z`."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{field} must be a datetime or an ISO 8601 string, got {value!r}") from None
    elif not isinstance(value, datetime):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{field} must be a datetime or an ISO 8601 string, got {shown(value)}")
    if value.tzinfo is None:
        raise ValueError(f"{field} must have a time zone, got {value.isoformat()}; for example tzinfo=timezone.utc")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _segment(argument: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a string, got {shown(value)}")
    if value in {"", ".", ".."}:
        raise ValueError(f"{argument} must not be {value!r}")
    return quote(value, safe="")


def path_id(argument: str, value: str | HasId) -> str:
    """An id, escaped for a path."""
    return _segment(argument, value if isinstance(value, str) else getattr(value, "id", value))


def path_slug(argument: str, value: str | HasSlug) -> str:
    """A slug, escaped for a path."""
    return _segment(argument, value if isinstance(value, str) else getattr(value, "slug", value))


def path_value(argument: str, value: str | int) -> str:
    """A value, escaped for a path."""
    return _segment(argument, value if isinstance(value, str) or isinstance(value, bool) else str(value))


def path_owned(argument: str, value: str | Owned) -> str:
    """`owner/name`, escaped for a path."""
    if isinstance(value, str):
        owner, slash, name = value.partition("/")
        if not (owner and slash and name) or "/" in name or ":" in name:
            raise ValueError(f'{argument} must be "owner/name", got {value!r}')
    else:
        if not (hasattr(value, "owner") and hasattr(value, "name")):
            raise TypeError(
                f'{argument} must be "owner/name", or an object with an owner and a name, got {shown(value)}'
            )
        owner, name = value.owner, value.name
    return f"{_segment(argument, owner)}/{_segment(argument, name)}"


def write_string(
    field: str, value: str, *, max_length: int | None = None, min_length: int | None = None, pattern: str | None = None
) -> str:
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{field} must be a string, got {shown(value)}")
    if max_length is not None and len(value) > max_length:
        raise ValueError(f"{field} must have at most {max_length} characters, got {len(value)}")
    if min_length is not None and len(value) < min_length:
        raise ValueError(f"{field} must have at least {min_length} characters, got {value!r}")
    if pattern is not None and not re.search(pattern, value):
        raise ValueError(f"{field} must match {pattern}, got {shown(value)}")
    return value


def write_number(
    field: str, value: float, *, integer: bool = False, minimum: float | None = None, maximum: float | None = None
) -> float:
    if isinstance(value, bool) or not isinstance(value, int if integer else (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{field} must be {'an integer' if integer else 'a number'}, got {shown(value)}")
    if not math.isfinite(value):
        raise ValueError(f"{field} must be finite, got {value!r}")
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        limits = f"{'' if minimum is None else f'at least {minimum}'}{'' if maximum is None else f' at most {maximum}'}"
        raise ValueError(f"{field} must be {limits.strip().replace(' at most', ' and at most')}, got {value!r}")
    return value


def write_bool(field: str, value: bool) -> bool:
    if not isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{field} must be True or False, got {shown(value)}")
    return value


def write_enum(field: str, value: str, choices: type[EnumT]) -> str:
    """One of the values that the API takes; a value that is not known here is refused before it is sent."""
    if write_string(field, value) not in choices.__members__.values():
        known = ", ".join(repr(choice.value) for choice in choices)
        raise ValueError(f"{field} must be one of {known}, got {shown(value)}")
    return str(value)


def write_list(field: str, values: Sequence[T], write: Callable[[str, T], Any], *, unique: bool = False) -> list[Any]:
    if isinstance(values, (str, bytes)) or not isinstance(values, Sequence):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{field} must be a list, got {shown(values)}")
    written = [write(f"{field}[{index}]", value) for index, value in enumerate(values)]
    if unique and (twice := [value for index, value in enumerate(written) if value in written[:index]]):
        raise ValueError(f"{field} must not have {shown(twice[0])} twice")
    return written


def write_object(field: str, value: Mapping[Any, Any]) -> dict[str, Any]:
    if not isinstance(value, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{field} must be a mapping of names to values, got {shown(value)}")
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"{field} must have strings for names, got {shown(key)}")
    return dict(value)


def write_file(field: str, value: bytes | IO[bytes]) -> bytes | IO[bytes]:
    if not (isinstance(value, bytes) or callable(getattr(value, "read", None))):
        raise TypeError(f"{field} must be bytes or a file opened in binary mode, got {shown(value)}")
    return value


def file_part(name: str, content: bytes | IO[bytes]) -> Part:
    """A file as a part of a multipart body, with the name of the opened file when it has one."""
    path = getattr(content, "name", None)
    return Part(name, content, filename=os.path.basename(path) if isinstance(path, str) else name)


def form_part(name: str, value: Any) -> Part:
    """A field as a part of a multipart body: text as it is, anything else as JSON."""
    if isinstance(value, str):
        return Part(name, value)
    return Part(name, json.dumps(value, allow_nan=False), content_type="application/json")


def query_pairs(query: Query) -> list[tuple[str, str]]:
    """The names and values of a query string, a name once for each item of a list."""
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        values = [value] if isinstance(value, (str, int, float)) else value
        pairs += [(name, query_text(each)) for each in values]
    return pairs


def query_text(value: QueryValue) -> str:
    """A value as it stands in a query string or a header."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
