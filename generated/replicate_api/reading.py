# Made by scripts/regenerate from openapi.yaml; do not edit.
"""How answers are read: JSON to values, with errors that say which field of what is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from httpx import Response

EnumT = TypeVar("EnumT", bound=StrEnum)


class UndecodableError(ValueError):
    """An answer that is not what the API describes: `Prediction.status: expected a string, got 5`."""


def shown(value: object) -> str:
    """A value as an error shows it: its repr, cut."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def wrong(owner: str, name: str, expected: str, value: object) -> UndecodableError:
    """The error that says what `owner.name` holds instead of what the API describes."""
    field = f"{owner}.{name}" if name else owner
    if value is None:
        return UndecodableError(f"{field}: expected {expected}, but it is missing or null")
    return UndecodableError(f"{field}: expected {expected}, got {shown(value)}")


def read_time(owner: str, name: str, value: object) -> datetime:
    """An RFC 3339 time, with any number of digits of a second; digits past the sixth are cut."""
    if not isinstance(value, str):
        raise wrong(owner, name, "a date and time", value)
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise wrong(owner, name, "a date and time", value) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def read_string(owner: str, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise wrong(owner, name, "a string", value)
    return value


def read_int(owner: str, name: str, value: object) -> int:
    if type(value) is not int:
        raise wrong(owner, name, "an integer", value)
    return value


def read_float(owner: str, name: str, value: object) -> float:
    if type(value) is not float and type(value) is not int:
        raise wrong(owner, name, "a number", value)
    return value


def read_bool(owner: str, name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong(owner, name, "true or false", value)
    return value


def read_enum(owner: str, name: str, value: object, kind: type[EnumT]) -> EnumT:
    if not isinstance(value, str):
        raise wrong(owner, name, "a string", value)
    member = kind._value2member_map_.get(value)  # four times as fast as the call below
    return member if isinstance(member, kind) else kind(value)


def read_object(owner: str, name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong(owner, name, "an object", value)
    return cast("dict[str, Any]", value)


def read_list(owner: str, name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise wrong(owner, name, "an array", value)
    return value  # pyright: ignore[reportUnknownVariableType] -- each item is read, and checked, on its own


def media_type(response: Response) -> str:
    """`application/json` of `application/json; charset=utf-8`; empty when the answer does not say."""
    content_type: str = response.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()


def is_json(media: str) -> bool:
    return media == "application/json" or media.endswith("+json")


def read_json(response: Response) -> Any:
    """The JSON of an answer that says that it is JSON."""
    media = media_type(response)
    if not is_json(media):
        raise UndecodableError(f"expected JSON, but the answer is {media or 'of no type'}")
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError) as error:
        raise UndecodableError(f"the answer says that it is JSON, but cannot be read as such: {error}") from None


def read_text(response: Response) -> str:
    """The text of an answer, UTF-8 unless it says otherwise."""
    media = media_type(response)
    if media and not media.startswith("text/"):
        raise UndecodableError(f"expected text, but the answer is {media}")
    return response.text
