"""The limits that a schema sets to numbers, texts and lists, in every spelling that models use."""

from __future__ import annotations

import re
import warnings
from math import isfinite
from typing import Any

from replicate_typed.typed_models.annotations import Limits


def is_regex(pattern: str) -> bool:
    """Whether Python can search for it, too, and surely means the same by it."""
    try:
        with warnings.catch_warnings(action="error"):
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError, Warning):
        return False
    return True


def lengths(schema: dict[str, Any], least: str, most: str) -> Limits:
    """The limits of a length, by the names of their keywords."""
    return Limits(min_length=_count(schema.get(least)), max_length=_count(schema.get(most)))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def number_limits(schema: dict[str, Any]) -> Limits:
    """The limits of a number; `ge` and `le` are what some versions of Cog wrote, and exclusive ones may be booleans."""
    least, most = finite(schema.get("minimum", schema.get("ge"))), finite(schema.get("maximum", schema.get("le")))
    above, below = schema.get("exclusiveMinimum", schema.get("gt")), schema.get("exclusiveMaximum", schema.get("lt"))
    return Limits(
        ge=None if above is True else least,
        gt=least if above is True else finite(above),
        le=None if below is True else most,
        lt=most if below is True else finite(below),
    )


def finite(value: object) -> float | None:
    """The number that a value is, a whole one if it can be; None if it is none, or endless."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value if isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
