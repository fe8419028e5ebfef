"""Instants of the mock service: whole microseconds since 1970, as its timestamps have, so that sums are exact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
VIRTUAL_START = 1_735_689_600 * SECOND
"""2025-01-01, when the zero of a virtual clock is."""
NEVER = 32_503_680_000 * SECOND
"""The year 3000: after everything that has an end."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(seconds: float) -> int:
    """That many seconds in microseconds; sums of floats that should be whole ones are."""
    return round(seconds * SECOND)


def seconds(microseconds: int) -> float:
    """That many microseconds in seconds."""
    return microseconds / SECOND


def edge_time(instant: int) -> str:
    """RFC 3339 with `Z` and no trailing zeros, as the service's edge serializer writes."""
    whole, fraction = divmod(instant, SECOND)
    if not fraction:
        return _whole(whole)
    return f"{_whole(whole)[:-1]}.{fraction:06}".rstrip("0") + "Z"


def database_time(instant: int) -> str:
    """RFC 3339 with `Z` and six digits, or none if they are zero, as the service's database serializer writes."""
    whole, fraction = divmod(instant, SECOND)
    return f"{_whole(whole)[:-1]}.{fraction:06}Z" if fraction else _whole(whole)


def instant_of(timestamp: str) -> int:
    """The instant of an RFC 3339 time; `ValueError` if it is none."""
    moment = datetime.fromisoformat(timestamp.upper())
    if moment.tzinfo is None:
        raise ValueError(f"no offset in {timestamp!r}")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def http_date(instant: int) -> str:
    """The value of a `Date` header."""
    return format_datetime(_EPOCH + timedelta(seconds=instant // SECOND), usegmt=True)


def _whole(seconds: int) -> str:
    return (_EPOCH + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
