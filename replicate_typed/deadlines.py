"""A point on the clock by which something must be done, and what httpx may take until then."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from replicate_typed.clock import Clock

LONGEST_TIMEOUT = 1e9  # seconds; sockets take no more
HOLD = re.compile(r"\bwait\b(?:\s*=\s*(\d{1,4}))?", re.IGNORECASE)
LONGEST_HOLD = 60  # seconds; what `Prefer: wait` means by no number
SHORTEST_TIMEOUT = 0.001  # to a socket, 0 means not to wait at all, which is another error


class Deadline:
    """So many seconds from now; for ever when that is None."""

    __slots__ = ("clock", "end", "seconds", "start")

    def __init__(self, clock: Clock, seconds: float | None) -> None:
        self.clock: Clock = clock
        self.seconds: float | None = seconds
        self.start: float = clock.now()
        self.end: float = math.inf if seconds is None else self.start + seconds

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


class TimeLeft(float):
    """A number of seconds that were left at some time, which knows how many are left now."""

    __slots__ = ("deadline",)
    deadline: Deadline

    def now(self) -> float:
        """What is left of them by now; 0 when nothing is."""
        return min(self, self.deadline.remaining)


class Timeouts(dict[str, float]):
    """The four timeouts of an httpx request; until `stand_still`, each is what is left when it is looked up.

    So connecting, sending and waiting for the answer share one deadline, instead of having a full timeout each.
    """

    def __init__(self, deadline: Deadline) -> None:
        seconds = min(deadline.remaining, LONGEST_TIMEOUT)
        super().__init__(connect=seconds, read=seconds, write=seconds, pool=seconds)
        self._deadline: Deadline | None = deadline

    def stand_still(self) -> None:
        """From now on, each is what was left in the beginning: for an answer that is read at leisure."""
        self._deadline = None

    def read_within(self, seconds: float, deadline: Deadline) -> None:
        """From now on, each read may take so many seconds, and none of them longer than the deadline."""
        self["read"] = min(seconds, LONGEST_TIMEOUT)
        self._deadline = deadline

    def __getitem__(self, name: str) -> float:
        given = super().__getitem__(name)
        deadline = self._deadline
        if deadline is None:
            return given
        left = TimeLeft(min(given, max(deadline.end - deadline.clock.now(), SHORTEST_TIMEOUT)))
        left.deadline = deadline
        return left

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self else default  # noqa: SIM401 -- this is what dict.get is here


def seconds_held(prefer: str) -> float | None:
    """For how long a `Prefer` header asks for the answer to be held back; None when it does not."""
    found = HOLD.search(prefer)
    return None if found is None else float(found[1] or LONGEST_HOLD)
