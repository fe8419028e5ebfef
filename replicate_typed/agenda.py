"""What is to happen on a clock, and when."""

from __future__ import annotations

import heapq
import math
from typing import Protocol, TypeAlias


class Happening(Protocol):
    """Something that happens at an instant, in the colour of whoever brings it about."""

    def happen(self) -> None:
        """Happen in a thread."""
        ...

    async def ahappen(self) -> None:
        """Happen in a task."""
        ...


Entry: TypeAlias = tuple[float, int, Happening]
"""When, the how many-eth that was scheduled, and what."""


class Agenda:
    """Happenings in order: by instant, those of one instant as they were scheduled. Not safe for threads."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._scheduled = 0

    @property
    def next_at(self) -> float:
        """When the next one is due; infinite when there is none."""
        return self._entries[0][0] if self._entries else math.inf

    def add(self, at: float, happening: Happening) -> None:
        if not -math.inf < at < math.inf:  # false for NaN too
            raise ValueError(f"an instant is a finite number of seconds, not {at!r}")
        self._scheduled += 1
        heapq.heappush(self._entries, (at, self._scheduled, happening))

    def take(self) -> Entry:
        """The next one, which is no longer on the agenda."""
        return heapq.heappop(self._entries)

    def put_back(self, entry: Entry) -> None:
        """Have it happen after all, in its old place."""
        heapq.heappush(self._entries, entry)

    def clear(self) -> None:
        self._entries.clear()
