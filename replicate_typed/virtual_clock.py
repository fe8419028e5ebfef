"""Virtual time: a clock for tests that jumps where the real one waits.

A program on it never waits for real, and how long it took is exact.
"""

from __future__ import annotations

import heapq
import threading
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

from replicate_typed.agenda import Agenda
from replicate_typed.bells import TaskBell, ThreadBell, who_and_where
from replicate_typed.clock import checked_pause
from replicate_typed.sleepers import Expectation, Participant, Sleeper, Tally, Turn

if TYPE_CHECKING:
    from collections.abc import Generator

    from replicate_typed.agenda import Happening
    from replicate_typed.alarms import Alarm

_NO_TIME = 1e-7  # seconds: sums of pauses that should be equal differ by less
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

    What is scheduled happens on the way: before time moves to or past its instant, the sleeper that moves it
    stops there and has it happen. Time stands still meanwhile, unless the happening, or what it calls or
    starts, sleeps on this clock itself.
    """

    def __init__(self, start: float = 0.0) -> None:
        self._now = start
        self._slept: list[float] = []
        self._sleepers: list[Sleeper] = []
        self._agenda = Agenda()
        self._turns: list[Sleeper] = []  # those who have got up for something that happens
        self._turn: ContextVar[Turn | None] = ContextVar("the turn that this is done in", default=None)
        self._participants: dict[object, Participant] = {}  # the tasks and threads inside participant()
        # A place is an event loop, or a thread without one.
        self._awake = Tally()  # by place: how many of its participants are not asleep
        self._blocked = Tally()  # by place: how many sleep() there, so that no event loop turns
        self._expectations: list[Expectation] = []
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

    def schedule(self, at: float, happening: Happening) -> None:
        """Have something happen at an instant of this clock, in seconds; if that is past, when somebody sleeps next.

        What is due at one instant happens in the order it was scheduled, and before anybody wakes up then. An
        exception reaches the sleeper whose turn it was. If its task is cancelled meanwhile, it happens again.
        """
        with self._changed:
            self._agenda.add(at, happening)

    def sleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None:
        """Return once the clock has moved that far; an event loop of this thread stands still meanwhile.

        Or when the alarm rings: time does not move for that. `heard` is how often it had rung when the caller last
        looked; if it has rung since, the pause ends at once.
        """
        bell = ThreadBell()
        sleeper = Sleeper(checked_pause(seconds), bell)
        with self._lying(sleeper, alarm, heard):
            while sleeper.lies:
                bell.wait()
                if turn := self._move(sleeper):
                    with self._taking(sleeper, turn):
                        turn.entry[2].happen()

    async def asleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None:
        """Return once the clock has moved that far, or the alarm rings; other tasks run meanwhile."""
        from anyio import get_cancelled_exc_class
        from anyio.lowlevel import checkpoint

        bell = TaskBell()
        sleeper = Sleeper(checked_pause(seconds), bell)
        with self._lying(sleeper, alarm, heard):
            while sleeper.lies:
                await bell.wait()
                if self._would_move(sleeper):
                    for _ in range(_TURNS):
                        await checkpoint()
                if turn := self._move(sleeper):
                    with self._taking(sleeper, turn):
                        try:
                            await turn.entry[2].ahappen()
                        except get_cancelled_exc_class():
                            with self._changed:
                                self._agenda.put_back(turn.entry)
                            raise

    @contextmanager
    def participant(self) -> Generator[None]:
        """A block in which time moves only while this task or thread sleeps; nested blocks count once."""
        # Known by the task itself, not by a ContextVar: tasks started inside the block would inherit that.
        owner, place = who_and_where()
        with self._changed:
            participant = self._participants.setdefault(owner, Participant())
            participant.depth += 1
            if participant.depth == 1:
                self._awake.add(place, +1)
                self._arrive(owner)
        try:
            yield
        finally:
            with self._changed:
                participant.depth -= 1
                if not participant.depth:
                    del self._participants[owner]
                    self._awake.add(place, -1)
                    self._settle()

    @contextmanager
    def expect(self, count: int, *, within: float = 10.0) -> Generator[None]:
        """A block that starts threads: time stands still until `count` of them take part.

        The block ends when they have entered (each counts once, however often), and raises `TimeoutError` if
        they have not within so many real seconds, rather than leave the others asleep for ever. Wait for the
        threads' results after it, not inside.
        """
        expectation = Expectation(count)
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

    @contextmanager
    def _lying(self, sleeper: Sleeper, alarm: Alarm | None, heard: int | None) -> Generator[None]:
        def rouse() -> None:
            self._rouse(sleeper)

        try:
            if alarm:
                alarm.listen(rouse)
                if heard not in (None, alarm.rings):
                    rouse()
            self._lie_down(sleeper)
            yield
        finally:
            if alarm:
                alarm.forget(rouse)
            self._get_up(sleeper)

    def _lie_down(self, sleeper: Sleeper) -> None:
        owner, sleeper.place = who_and_where()
        with self._changed:
            if sleeper.bell.blocks_thread:
                sleeper.participants = self._awake[sleeper.place]
                self._blocked.add(sleeper.place, +1)
            elif (participant := self._participants.get(owner)) and participant.is_awake:
                sleeper.participant, sleeper.participants = participant, 1
                participant.is_awake = False
            if turn := self._turn.get():
                sleeper.within = turn
                turn.pauses += 1
            sleeper.wake_up = min(sleeper.wake_up, self._now + sleeper.seconds)
            sleeper.sequence = len(self._slept)
            sleeper.lies = True
            self._awake.add(sleeper.place, -sleeper.participants)
            self._slept.append(sleeper.seconds)
            heapq.heappush(self._sleepers, sleeper)
            self._arrive(owner)
            self._settle()

    def _would_move(self, sleeper: Sleeper) -> bool:
        with self._changed:
            return min(sleeper.wake_up, self._agenda.next_at) > self._now

    def _move(self, sleeper: Sleeper) -> Turn | None:
        """If it is up to this sleeper, move time to its wake-up, or to what happens first: that is its turn."""
        with self._changed:
            if self._held() or self._earliest() is not sleeper:
                return None
            if self._agenda.next_at > sleeper.wake_up + _NO_TIME:
                self._now = max(self._now, sleeper.wake_up)
                self._get_up(sleeper)
                return None
            self._now = max(self._now, self._agenda.next_at)
            sleeper.turn = Turn(self._agenda.take())
            self._turns.append(sleeper)
            return sleeper.turn

    @contextmanager
    def _taking(self, sleeper: Sleeper, turn: Turn) -> Generator[None]:
        token = self._turn.set(turn)
        try:
            yield
        finally:
            with suppress(ValueError):  # the garbage collector may end it elsewhere
                self._turn.reset(token)
        with self._changed:  # after an exception, the sleeper gets up instead
            self._end_turn(sleeper)
            self._settle()

    def _end_turn(self, sleeper: Sleeper) -> None:
        if sleeper.turn:
            self._turns.remove(sleeper)
            sleeper.turn = None

    def _rouse(self, sleeper: Sleeper) -> None:
        with self._changed:
            sleeper.wake_up = min(sleeper.wake_up, self._now)
            heapq.heapify(self._sleepers)
            self._settle()

    def _get_up(self, sleeper: Sleeper) -> None:
        with self._changed:
            if not sleeper.lies:
                return
            sleeper.lies = False  # the heap drops it when it comes up
            self._end_turn(sleeper)
            if sleeper.bell.blocks_thread:
                self._blocked.add(sleeper.place, -1)
            if sleeper.participant:
                sleeper.participant.is_awake = True
            if sleeper.within:
                sleeper.within.pauses -= 1
            self._awake.add(sleeper.place, sleeper.participants)
            self._settle()

    def _arrive(self, owner: object) -> None:
        for expectation in self._expectations:
            if expectation.missing:
                expectation.came.add(owner)
                self._changed.notify_all()
                return

    def _held(self) -> bool:
        """Whether something runs, or is about to: time must stand still."""
        return (
            any(awake > 0 for awake in self._awake.values())
            or any(expectation.missing for expectation in self._expectations)
            or any(self._holds(sleeper) for sleeper in self._turns)
        )

    def _holds(self, sleeper: Sleeper) -> bool:
        """Whether what happens in its turn goes on: it does not pause, nor does a sleeping thread block its loop."""
        assert sleeper.turn
        return not sleeper.turn.pauses and (sleeper.bell.blocks_thread or sleeper.place not in self._blocked)

    def _settle(self) -> None:
        """Ring for the earliest sleeper if time may move; called after every change, with the lock held."""
        while not self._held() and (sleeper := self._earliest()):
            try:
                sleeper.bell.ring()
                break
            except RuntimeError:  # its event loop was closed: it never wakes, and must not hold up the others
                sleeper.lies = False

    def _earliest(self) -> Sleeper | None:
        """The next sleeper, passing over tasks whose event loop a sleeping thread blocks: they wake late."""
        while self._sleepers and not self._sleepers[0].lies:
            heapq.heappop(self._sleepers)
        if not self._sleepers or self._can_wake(self._sleepers[0]):
            return self._sleepers[0] if self._sleepers else None
        return min(filter(self._can_wake, self._sleepers), default=None)

    def _can_wake(self, sleeper: Sleeper) -> bool:
        able = sleeper.bell.blocks_thread or sleeper.place not in self._blocked
        return sleeper.lies and not sleeper.turn and able
