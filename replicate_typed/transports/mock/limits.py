"""Rate limits of the mock service: buckets of tokens that fill up again."""

from __future__ import annotations

import math
import threading

from attrs import define, field

from replicate_typed.transports.mock.problems import ProblemError
from replicate_typed.transports.mock.times import MINUTE, SECOND

# Creates and all others: https://replicate.com/docs/topics/predictions/rate-limits. Reading a prediction has a bucket
# of its own, and files have none: recorded.
_PREDICTION_READS, _OTHERS = 60_000, 3_000


@define(eq=False)
class Bucket:
    """So many requests a minute; what was not used is there for a burst."""

    a_minute: int
    _tokens: float = field(init=False)
    _filled: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self._tokens = self.a_minute

    def take(self, now: int) -> dict[str, str]:
        """The headers of a request at this instant; ProblemError 429 if there is no token left for it."""
        self._tokens = min(self.a_minute, self._tokens + (now - self._filled) * self.a_minute / MINUTE)
        self._filled = now
        if self._tokens < 1:
            wait = math.ceil((1 - self._tokens) * MINUTE / self.a_minute / SECOND)
            raise ProblemError(
                429,
                f"Request was throttled. Your rate limit resets in ~{wait}s.",
                {"retry_after": wait},
                {"ratelimit-remaining": "0", "ratelimit-reset": str(wait), "retry-after": str(wait)},
            )
        self._tokens -= 1
        return {"ratelimit-remaining": str(int(self._tokens)), "ratelimit-reset": "1"}


class Limits:
    """The service's buckets."""

    def __init__(self, creates_a_minute: int) -> None:
        if creates_a_minute < 1:
            raise ValueError(f"at least one prediction can be created in a minute, not {creates_a_minute}")
        self._creates = Bucket(creates_a_minute)
        self._reads = Bucket(_PREDICTION_READS)
        self._others = Bucket(_OTHERS)
        self._lock = threading.Lock()

    def take(self, operation: str, now: int) -> dict[str, str]:
        """The headers that tell how many more requests there may be; ProblemError 429 if there may be no more."""
        if operation.startswith("files."):
            return {}
        is_create = operation.endswith("predictions.create")
        bucket = self._reads if operation == "predictions.get" else self._creates if is_create else self._others
        with self._lock:
            return bucket.take(now)
