"""Virtual time: a clock for tests that jumps where the real one waits.

A program on it never waits for real, and how long it took is exact.
"""

from __future__ import annotations

import heapq
import math
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from replicate_typed.bells import TaskBell, ThreadBell, task_or_thread
from replicate_typed.clock import checked_pause

if TYPE_CHECKING:
    from collections.abc import Generator

_TURNS = 10  # of the event loop before time moves: a task that ends wakes its group, that its caller, ...


class VirtualClock:
    """A clock for tests: time stands still while anything runs, then jumps to the next wake-up.

    Sleepers wait in a heap, ordered by wake-up, equal ones by who asked first. When every participant (a task
    or thread inside `participant()`) sleeps, the earliest sleeper moves the time to its wake-up and goes on
    alone. So nothing waits for real, and fifty tasks that each sleep ten seconds take ten seconds.

    Tasks need no declaration: before time moves, the event loop is given several turns, so whatever is
    ready enters first. A thread cannot be seen before it enters: announce threads with `expect`.

    A `sleep` outside `participant()` takes part while it lasts: from its return on, time may move again.
    A participant that waits for anything else than this clock (say, for other tasks that sleep on it) holds
    time still, so such waiting belongs outside the block.
    """

    def __init__(self, start: float = 0.0) -> None:
        self._now = start
        self._slept: list[float] = []
        self._sleepers: list[_Sleeper] = []
        self._depths: dict[object, int] = {}  # the tasks and threads inside participant(), and how deeply nested
        self._awake: dict[int, int] = {}  # by thread: how many of its participants are not asleep
        self._blocked: set[int] = set()  # threads in sleep(): no event loop turns there
        self._expectations: list[_Expectation] = []
        # Re-entrant: the garbage collector may end an abandoned generator, and its participation, anywhere.
        self._changed = threading.Condition(threading.RLock())

    def now(self) -> float:
        """Seconds since the clock's zero; moved only by sleeping."""
        return self._now

    @property
    def slept(self) -> list[float]:
        """The pauses asked for, in order."""
        with self._changed:
            return list(self._slept)

    def sleep(self, seconds: float) -> None:
        """Return once the clock has moved that far; an event loop of this thread stands still meanwhile."""
        bell = ThreadBell()
        sleeper = _Sleeper(checked_pause(seconds), bell)
        try:
            self._lie_down(sleeper)
            while True:
                bell.wait()
                if self._wakes(sleeper):
                    return
        except BaseException:
            self._get_up(sleeper)
            raise

    async def asleep(self, seconds: float) -> None:
        """Return once the clock has moved that far; other tasks run meanwhile."""
        from anyio.lowlevel import checkpoint

        bell = TaskBell()
        sleeper = _Sleeper(checked_pause(seconds), bell)
        try:
            self._lie_down(sleeper)
            while True:
                await bell.wait()
                if sleeper.wake_up > self._now:
                    for _ in range(_TURNS):
                        await checkpoint()
                if self._wakes(sleeper):
                    return
        except BaseException:
            self._get_up(sleeper)
            raise

    @contextmanager
    def participant(self) -> Generator[None]:
        """A block in which time moves only while this task or thread sleeps; nested blocks count once."""
        # Known by the task itself, not by a ContextVar: tasks started inside the block would inherit that.
        owner, thread = task_or_thread(), threading.get_ident()
        with self._changed:
            self._depths[owner] = depth = self._depths.get(owner, 0) + 1
            if depth == 1:
                self._count(thread, +1)
                self._arrive(owner)
        try:
            yield
        finally:
            with self._changed:
                self._depths[owner] -= 1
                if not self._depths[owner]:
                    del self._depths[owner]
                    self._count(thread, -1)
                    self._settle()

    @contextmanager
    def expect(self, count: int, *, within: float = 10.0) -> Generator[None]:
        """A block that starts threads: time stands still until `count` of them take part.

        The block ends when they have entered (each counts once, however often), and raises `TimeoutError` if
        they have not within so many real seconds, rather than leave the others asleep for ever. Wait for the
        threads' results after it, not inside.
        """
        expectation = _Expectation(count)
        with self._changed:
            self._expectations.append(expectation)
        try:
            yield
            with self._changed:
                if not self._changed.wait_for(lambda: not expectation.missing, within):
                    came = len(expectation.came)
                    raise TimeoutError(f"{came} of {count} expected came to the clock within {within:g} s")
        finally:
            with self._changed:
                self._expectations.remove(expectation)
                self._settle()

    def _lie_down(self, sleeper: _Sleeper) -> None:
        owner, thread = task_or_thread(), threading.get_ident()
        with self._changed:
            if sleeper.bell.blocks_thread:
                sleeper.participants = self._awake.get(thread, 0)
                self._blocked.add(thread)
            else:
                sleeper.participants = 1 if owner in self._depths else 0
            sleeper.thread = thread
            sleeper.wake_up = self._now + sleeper.seconds
            sleeper.sequence = len(self._slept)
            sleeper.lies = True
            self._count(thread, -sleeper.participants)
            self._slept.append(sleeper.seconds)
            heapq.heappush(self._sleepers, sleeper)
            self._arrive(owner)
            self._settle()

    def _wakes(self, sleeper: _Sleeper) -> bool:
        with self._changed:
            if self._held() or self._earliest() is not sleeper:
                return False
            self._now = max(self._now, sleeper.wake_up)
            self._get_up(sleeper)
            return True

    def _get_up(self, sleeper: _Sleeper) -> None:
        with self._changed:
            if not sleeper.lies:
                return
            sleeper.lies = False  # the heap drops it when it comes up
            if sleeper.bell.blocks_thread:
                self._blocked.discard(sleeper.thread)
            self._count(sleeper.thread, sleeper.participants)
            self._settle()

    def _count(self, thread: int, change: int) -> None:
        self._awake[thread] = self._awake.get(thread, 0) + change
        if not self._awake[thread]:
            del self._awake[thread]

    def _arrive(self, owner: object) -> None:
        for expectation in self._expectations:
            if expectation.missing:
                expectation.came.add(owner)
                self._changed.notify_all()
                return

    def _held(self) -> bool:
        """Whether something runs, or is about to: time must stand still."""
        return any(awake > 0 for awake in self._awake.values()) or any(e.missing for e in self._expectations)

    def _settle(self) -> None:
        """Ring for the earliest sleeper if time may move; called after every change, with the lock held."""
        while not self._held() and (sleeper := self._earliest()):
            try:
                sleeper.bell.ring()
                break
            except RuntimeError:  # its event loop was closed: it never wakes, and must not hold up the others
                sleeper.lies = False

    def _earliest(self) -> _Sleeper | None:
        """The next sleeper, passing over tasks whose event loop a sleeping thread blocks: they wake late."""
        while self._sleepers and not self._sleepers[0].lies:
            heapq.heappop(self._sleepers)
        if not self._sleepers or self._can_wake(self._sleepers[0]):
            return self._sleepers[0] if self._sleepers else None
        return min(filter(self._can_wake, self._sleepers), default=None)

    def _can_wake(self, sleeper: _Sleeper) -> bool:
        return sleeper.lies and (sleeper.bell.blocks_thread or sleeper.thread not in self._blocked)


class _Sleeper:
    """One pause in the heap."""

    __slots__ = ("bell", "lies", "participants", "seconds", "sequence", "thread", "wake_up")

    def __init__(self, seconds: float, bell: ThreadBell | TaskBell) -> None:
        self.seconds = seconds
        self.bell = bell
        self.wake_up = math.inf
        self.sequence = 0
        self.thread = 0
        self.participants = 0  # how many its sleeping takes out of the running ones
        self.lies = False

    def __lt__(self, other: _Sleeper) -> bool:
        return (self.wake_up, self.sequence) < (other.wake_up, other.sequence)


class _Expectation:
    """Threads announced; those that came."""

    __slots__ = ("came", "count")

    def __init__(self, count: int) -> None:
        self.count = count
        self.came: set[object] = set()

    @property
    def missing(self) -> int:
        return self.count - len(self.came)
