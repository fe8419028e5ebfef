# Made by scripts/regenerate from openapi.yaml; do not edit.
"""How answers are read: JSON to values, with errors that say which field of what is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    from httpx import Response

EnumT = TypeVar("EnumT", bound=StrEnum)

KNOWN: dict[type[StrEnum], dict[Any, Any]] = {}
"""The members of each enum by value; to find them on the class itself takes twice as long."""

Where: TypeAlias = "str | tuple[Where, str | int]"
"""Where a value stands: `Prediction`, or a field or an item of another place. Only an error puts it into words."""


class UndecodableError(ValueError):
    """An answer that is not what the API describes: `Prediction.status: expected a string, got 5`."""


def shown(value: object) -> str:
    """A value as an error shows it: its repr, cut."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def spelt(where: Where) -> str:
    """`PredictionPage.results[3].urls`."""
    if isinstance(where, str):
        return where
    owner, name = where
    if isinstance(name, int):
        return f"{spelt(owner)}[{name}]"
    return f"{spelt(owner)}.{name}" if name else spelt(owner)


def wrong(owner: Where, name: str | int, expected: str, value: object) -> UndecodableError:
    """The error that says what a field, or an item, of `owner` holds instead of what the API describes."""
    field = spelt((owner, name))
    if value is None:
        return UndecodableError(f"{field}: expected {expected}, but it is missing or null")
    return UndecodableError(f"{field}: expected {expected}, got {shown(value)}")


def read_time(owner: Where, name: str | int, value: Any) -> datetime:
    """An RFC 3339 time, with any number of digits of a second; digits past the sixth are cut."""
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong(owner, name, "a date and time", value) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def read_string(owner: Where, name: str | int, value: object) -> str:
    if not isinstance(value, str):
        raise wrong(owner, name, "a string", value)
    return value


def read_int(owner: Where, name: str | int, value: object) -> int:
    if type(value) is not int:
        raise wrong(owner, name, "an integer", value)
    return value


def read_float(owner: Where, name: str | int, value: object) -> float:
    if type(value) is not float and type(value) is not int:
        raise wrong(owner, name, "a number", value)
    return value


def read_bool(owner: Where, name: str | int, value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong(owner, name, "true or false", value)
    return value


def read_enum(owner: Where, name: str | int, value: object, kind: type[EnumT]) -> EnumT:
    try:
        member: EnumT = KNOWN[kind][value]
    except (KeyError, TypeError):
        KNOWN[kind] = dict(kind._value2member_map_)
        member = kind(read_string(owner, name, value))
    return member


def read_object(owner: Where, name: str | int, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong(owner, name, "an object", value)
    return cast("dict[str, Any]", value)


def read_list(owner: Where, name: str | int, value: Any) -> list[Any]:
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
