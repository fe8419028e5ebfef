"""What the service says beside its answers; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple


class RateLimit(NamedTuple):
    """How much may still be asked for."""

    remaining: int
    """Requests that are left of those allowed by now."""
    reset: float
    """Seconds until there are more."""


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """What to name to the service when asking about a request; names are in lower case."""
    return headers.get("x-request-id") or headers.get("cf-ray") or None


def rate_limit_of(headers: Mapping[str, str]) -> RateLimit | None:
    """What the service says of its limit, if it says anything; names are in lower case."""
    try:
        remaining, reset = float(headers["ratelimit-remaining"]), float(headers["ratelimit-reset"])
    except (KeyError, ValueError):
        return None
    return RateLimit(int(remaining), reset) if 0 <= remaining < math.inf and 0 <= reset < math.inf else None
