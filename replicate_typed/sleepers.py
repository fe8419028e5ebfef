"""Who sleeps on a virtual clock, and what the clock knows of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replicate_typed.agenda import Entry
    from replicate_typed.bells import TaskBell, ThreadBell


class Sleeper:
    """One pause in the heap."""

    __slots__ = (
        "bell",
        "lies",
        "participant",
        "participants",
        "place",
        "seconds",
        "sequence",
        "turn",
        "wake_up",
        "within",
    )

    def __init__(self, seconds: float, bell: ThreadBell | TaskBell) -> None:
        self.seconds: float = seconds
        self.bell: ThreadBell | TaskBell = bell
        self.wake_up: float = math.inf
        self.sequence: int = 0
        self.place: object = None  # the event loop it belongs to, or its thread
        self.participants: int = 0  # how many its sleeping takes out of the running ones
        self.participant: Participant | None = None  # the task itself, if it is one of those
        self.within: Turn | None = None  # the turn that led to this pause
        self.turn: Turn | None = None  # what it has got up for, to lie down again
        self.lies: bool = False

    def __lt__(self, other: Sleeper) -> bool:
        return (self.wake_up, self.sequence) < (other.wake_up, other.sequence)


class Turn:
    """A sleeper's turn to have something happen: it holds the time, but for pauses that are made in it."""

    __slots__ = ("entry", "pauses")

    def __init__(self, entry: Entry) -> None:
        self.entry: Entry = entry
        self.pauses: int = 0  # how many there are now


class Participant:
    """A task or thread in `participant()`: how deeply nested, and whether it counts as running."""

    __slots__ = ("depth", "is_awake")

    def __init__(self) -> None:
        self.depth: int = 0
        self.is_awake: bool = True


class Expectation:
    """Threads announced; those that came."""

    __slots__ = ("came", "count")

    def __init__(self, count: int) -> None:
        self.count: int = count
        self.came: set[object] = set()

    @property
    def missing(self) -> int:
        return self.count - len(self.came)


class Tally(dict[object, int]):
    """How many there are of each; of whatever is not in it, none."""

    def __missing__(self, key: object) -> int:
        return 0

    def add(self, key: object, number: int) -> None:
        if total := self[key] + number:
            self[key] = total
        else:
            self.pop(key, None)
