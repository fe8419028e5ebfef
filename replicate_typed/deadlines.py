"""A point on the clock by which something must be done."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replicate_typed.clock import Clock


class Deadline:
    """So many seconds from now; for ever when that is None."""

    __slots__ = ("clock", "end", "seconds", "start")

    def __init__(self, clock: Clock, seconds: float | None) -> None:
        self.clock = clock
        self.seconds = seconds
        self.start = clock.now()
        self.end = math.inf if seconds is None else self.start + seconds

    @property
    def elapsed(self) -> float:
        return self.clock.now() - self.start

    @property
    def remaining(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.end - self.clock.now())

    @property
    def has_passed(self) -> bool:
        return self.clock.now() >= self.end

    def within(self, seconds: float) -> Deadline:
        """The earlier of this deadline and one that many seconds from now."""
        return Deadline(self.clock, min(seconds, self.remaining))
