"""Timelines: what is scheduled, and alarms, on any clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator

import anyio
import pytest
from clocks import Doing

from replicate_typed.alarms import Alarm
from replicate_typed.clock import SystemClock
from replicate_typed.timeline import RealTimeline, timeline_of
from replicate_typed.virtual_clock import VirtualClock

LONG = 60.0  # seconds that no test waits for


class Thread:
    """Notes of what happened, which can be waited for."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._noted = threading.Semaphore(0)

    def note(self, text: str) -> Doing:
        def note() -> None:
            self.notes.append(text)
            self._noted.release()

        return Doing(note)

    def wait_for(self, number: int) -> list[str]:
        for _ in range(number):
            assert self._noted.acquire(timeout=5)
        return self.notes


@pytest.fixture
def real() -> Generator[RealTimeline]:
    timeline = RealTimeline(SystemClock())
    yield timeline
    timeline.close()


def ring_soon(alarm: Alarm) -> None:
    timer = threading.Timer(0.01, alarm.ring)
    timer.daemon = True
    timer.start()


def test_a_virtual_clock_is_its_own_timeline() -> None:
    """Any other gets one that has all it has."""
    clock = VirtualClock()
    assert timeline_of(clock) is clock
    system = SystemClock()
    before = system.now()
    timeline = timeline_of(system)
    assert isinstance(timeline, RealTimeline)
    with timeline.participant():
        assert before <= timeline.now() <= system.now()


def test_things_happen_by_themselves(real: RealTimeline) -> None:
    """In order, the past ones at once, while nobody sleeps."""
    thread = Thread()
    now = real.now()
    for after, text in [(0.02, "c"), (0.01, "a"), (0.02, "d"), (LONG, "e"), (-1, "past"), (0.015, "b")]:
        real.schedule(now + after, thread.note(text))
    assert thread.wait_for(5) == ["past", "a", "b", "c", "d"]
    assert now + 0.02 <= real.now() < now + LONG


def test_something_sooner_does_not_wait_for_what_comes_later(real: RealTimeline) -> None:
    """The thread that waits for a late one wakes for an early one."""
    thread = Thread()
    now = real.now()
    real.schedule(now, thread.note("first"))
    real.schedule(now + LONG, thread.note("last"))
    thread.wait_for(1)
    real.schedule(now + 0.01, thread.note("second"))
    assert thread.wait_for(1) == ["first", "second"]


def test_no_thread_is_started_for_nothing() -> None:
    """And one that was, ends with `close`; what was still to come does not; then it can be used again."""
    timeline = RealTimeline(SystemClock())
    threads = threading.active_count()
    timeline.close()
    timeline.sleep(0)
    timeline.sleep(0.001, Alarm())
    assert threading.active_count() == threads
    thread = Thread()
    timeline.schedule(timeline.now() + 0.01, thread.note("never"))
    assert threading.active_count() == threads + 1
    timeline.close()
    assert threading.active_count() == threads
    timeline.schedule(timeline.now() + 0.01, thread.note("again"))
    assert thread.wait_for(1) == ["again"]
    timeline.close()


def test_a_happening_may_close_the_timeline() -> None:
    """And schedule others."""
    timeline = RealTimeline(SystemClock())
    thread = Thread()
    now = timeline.now()
    timeline.schedule(now, Doing(lambda: timeline.schedule(now, thread.note("effect"))))
    thread.wait_for(1)
    soon = timeline.now() + 0.01
    timeline.schedule(soon, Doing(timeline.close))
    timeline.schedule(soon, thread.note("never"))
    for other in threading.enumerate():
        if other.name == "what is scheduled":
            other.join(5)
    assert thread.notes == ["effect"]


def test_an_exception_is_reported_and_ends_nothing(real: RealTimeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """As that of any thread."""
    reported: list[type[BaseException]] = []

    def report(arguments: threading.ExceptHookArgs) -> None:
        reported.append(arguments.exc_type)

    monkeypatch.setattr(threading, "excepthook", report)
    thread = Thread()
    real.schedule(real.now(), Doing(lambda: 1 / 0))
    real.schedule(real.now(), thread.note("next"))
    thread.wait_for(1)
    assert reported == [ZeroDivisionError]


@pytest.mark.anyio
async def test_an_alarm_ends_a_pause(real: RealTimeline) -> None:
    """Long before its time, in both colours; without one, it takes its time."""
    alarm = Alarm()
    before = time.monotonic()
    ring_soon(alarm)
    await real.asleep(LONG, alarm)
    ring_soon(alarm)
    real.sleep(LONG, alarm)
    assert time.monotonic() < before + LONG
    before = time.monotonic()
    await real.asleep(0.005, alarm)
    real.sleep(0.005, alarm)
    await real.asleep(0.005)
    real.sleep(0.005)
    assert time.monotonic() >= before + 0.02


@pytest.mark.anyio
async def test_a_ring_since_the_caller_looked_ends_it_at_once(real: RealTimeline) -> None:
    """In both colours."""
    alarm = Alarm()
    heard = alarm.rings
    alarm.ring()
    before = time.monotonic()
    await real.asleep(LONG, alarm, heard)
    real.sleep(LONG, alarm, heard)
    assert time.monotonic() < before + LONG


@pytest.mark.anyio
async def test_a_pause_that_is_no_time_is_refused(real: RealTimeline) -> None:
    """With an alarm and without."""
    for alarm in (None, Alarm()):
        with pytest.raises(ValueError, match="a pause is a finite number"):
            real.sleep(-1, alarm)
        with pytest.raises(ValueError, match="a pause is a finite number"):
            await real.asleep(float("nan"), alarm)


@pytest.mark.anyio
async def test_a_cancelled_pause_no_longer_listens(real: RealTimeline) -> None:
    """It leaves nothing on the alarm."""
    alarm = Alarm()
    with anyio.move_on_after(0.005) as scope:
        await real.asleep(LONG, alarm)
    assert scope.cancelled_caught
    assert alarm._listeners == ()  # pyright: ignore[reportPrivateUsage] -- nothing else shows it
