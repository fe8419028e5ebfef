"""Alarms, which end a pause early."""

from __future__ import annotations

import threading
from collections.abc import Callable

# One for all, as it is held for moments only. Re-entrant: the garbage collector may end a pause anywhere.
_lock = threading.RLock()


class Alarm:
    """What wakes those who sleep on it, from any thread or task.

    Who sleeps until something changes looks first whether it has. A ring after that look, and before the sleep,
    is not lost if the sleeper says how many rings there had been:

        heard = alarm.rings
        if not changed():
            clock.sleep(60, alarm, heard)
    """

    __slots__ = ("_listeners", "rings")

    def __init__(self) -> None:
        self.rings: int = 0
        """How often it has rung."""
        self._listeners: tuple[Callable[[], object], ...] = ()

    def ring(self) -> None:
        """Wake everyone who sleeps on it now, and call every listener."""
        with _lock:
            self.rings += 1
            listeners = self._listeners
        for listener in listeners:
            listener()

    def listen(self, listener: Callable[[], object]) -> None:
        """Have it called at every ring, by whoever rings; it must not wait for anything."""
        with _lock:
            self._listeners += (listener,)

    def forget(self, listener: Callable[[], object]) -> None:
        """Call it no more."""
        with _lock:
            self._listeners = tuple(each for each in self._listeners if each != listener)
