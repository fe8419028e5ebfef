"""The mock service's wall clock: whole microseconds, as its timestamps have, so that sums are exact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
"""When the clock's zero is."""


def microseconds(seconds: float) -> int:
    """That many seconds in microseconds; sums of floats that should be whole ones are."""
    return round(seconds * 1_000_000)


def seconds(microseconds: int) -> float:
    """That many microseconds in seconds."""
    return microseconds / 1_000_000


def timestamp(instant: int) -> str:
    """RFC 3339 with `Z` and no trailing zeros, as the service's edge serializer writes."""
    moment = EPOCH + timedelta(microseconds=instant)
    fraction = f".{moment.microsecond:06}".rstrip("0").rstrip(".")
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def instant(timestamp: str) -> int:
    """Microseconds from the epoch to an RFC 3339 time; `ValueError` if it is none."""
    moment = datetime.fromisoformat(timestamp)
    if moment.tzinfo is None:
        raise ValueError(f"no offset in {timestamp!r}")
    return (moment - EPOCH) // timedelta(microseconds=1)


def http_date(instant: int) -> str:
    """The value of a `Date` header."""
    return format_datetime(EPOCH + timedelta(microseconds=instant), usegmt=True)
