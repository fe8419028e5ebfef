"""Time as an argument: a client reads the time and pauses on a `Clock` only."""

from __future__ import annotations

import math
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Clock(Protocol):
    """What a client asks for the time, and pauses on."""

    def now(self) -> float:
        """Seconds, on a scale that never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return once that many seconds have passed."""
        ...

    async def asleep(self, seconds: float) -> None:
        """Return once that many seconds have passed; other tasks run meanwhile."""
        ...

    def participant(self) -> AbstractContextManager[None]:
        """A block in which the task or thread is inside a client call."""
        ...


class SystemClock:
    """The real time."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(checked_pause(seconds))

    async def asleep(self, seconds: float) -> None:
        import anyio

        await anyio.sleep(checked_pause(seconds))

    def participant(self) -> AbstractContextManager[None]:
        return _NOTHING  # real time passes whoever takes part


def checked_pause(seconds: float) -> float:
    """The seconds, if one can pause so long."""
    if not 0 <= seconds < math.inf:  # false for NaN too
        raise ValueError(f"a pause is a finite number of seconds, zero or more, not {seconds!r}")
    return seconds


_NOTHING = nullcontext()
