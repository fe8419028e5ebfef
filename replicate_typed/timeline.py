"""Clocks on which things can be scheduled, and pauses end early: the virtual one, and any other by waiting."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Protocol

from replicate_typed.agenda import Agenda
from replicate_typed.bells import TaskBell, ThreadBell
from replicate_typed.clock import checked_pause
from replicate_typed.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from replicate_typed.agenda import Happening
    from replicate_typed.alarms import Alarm
    from replicate_typed.clock import Clock


class Timeline(Protocol):
    """A clock on which things can be scheduled, and pauses be ended by an alarm."""

    def now(self) -> float:
        """Seconds, on a scale that never goes back."""
        ...

    def schedule(self, at: float, happening: Happening) -> None:
        """Have something happen at an instant, in seconds; at once, or soon, if it is past."""
        ...

    def sleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None:
        """Return once that many seconds have passed, or the alarm rings.

        `heard` is how often it had rung when the caller last looked; if it has rung since, that is at once.
        """
        ...

    async def asleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None:
        """Return once that many seconds have passed, or the alarm rings; other tasks run meanwhile."""
        ...

    def participant(self) -> AbstractContextManager[None]:
        """A block in which the task or thread is inside a client call."""
        ...


def timeline_of(clock: Clock) -> Timeline:
    """The clock itself if it is virtual, else one that goes by it."""
    return clock if isinstance(clock, VirtualClock) else RealTimeline(clock)


class RealTimeline:
    """Time that passes by itself, so what is scheduled happens in a thread of its own, which runs until `close`.

    There, an exception is reported as that of any thread, and the others happen all the same.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._agenda = Agenda()
        self._thread: threading.Thread | None = None
        self._changed = threading.Condition()

    def now(self) -> float:
        return self._clock.now()

    def participant(self) -> AbstractContextManager[None]:
        return self._clock.participant()

    def schedule(self, at: float, happening: Happening) -> None:
        with self._changed:
            self._agenda.add(at, happening)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="what is scheduled", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def sleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None:
        if alarm is None:
            self._clock.sleep(seconds)
            return
        bell = ThreadBell()
        checked_pause(seconds)
        alarm.listen(bell.ring)
        try:
            if heard in (None, alarm.rings):
                bell.wait(min(seconds, threading.TIMEOUT_MAX))
        finally:
            alarm.forget(bell.ring)

    async def asleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None:
        if alarm is None:
            await self._clock.asleep(seconds)
            return
        from anyio import move_on_after

        bell = TaskBell()
        checked_pause(seconds)

        def ring() -> None:
            with suppress(RuntimeError):  # its event loop is gone
                bell.ring()

        alarm.listen(ring)
        try:
            with move_on_after(seconds):
                if heard in (None, alarm.rings):
                    await bell.wait()
        finally:
            alarm.forget(ring)

    def close(self) -> None:
        """Let nothing more happen; return when what is happening has ended."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._agenda.clear()
            self._changed.notify_all()
        if thread and thread is not threading.current_thread():
            thread.join()

    def _run(self) -> None:
        while happening := self._next():
            try:
                happening.happen()
            except Exception as error:
                arguments = (type(error), error, error.__traceback__, threading.current_thread())
                threading.excepthook(threading.ExceptHookArgs(arguments))

    def _next(self) -> Happening | None:
        """What happens next, once it is due; None when this is closed."""
        with self._changed:
            while self._thread is threading.current_thread():
                left = self._agenda.next_at - self.now()
                if left <= 0:
                    return self._agenda.take()[2]
                self._changed.wait(min(left, threading.TIMEOUT_MAX))
            return None
