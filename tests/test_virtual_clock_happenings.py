"""The virtual clock: what is scheduled happens at its instant, in the colour of who moves the time there."""

from __future__ import annotations

import anyio
import pytest
from clocks import Diary, Doing, apoll, poll, quickly, run_threads, virtual_clock

from replicate_typed.virtual_clock import VirtualClock

clock = pytest.fixture(virtual_clock)
quick = pytest.fixture(autouse=True)(quickly)


def test_it_happens_at_its_instant_on_the_way(clock: VirtualClock) -> None:
    """In the order of time, then of scheduling, before the wake-up of that instant; the pause is one pause."""
    diary = Diary(clock)
    for at, text in [(3, "c"), (1, "a"), (5, "e"), (3, "d"), (2, "b"), (6, "f")]:
        diary.plan(at, text)
    clock.sleep(5)
    assert diary.notes == [("a", 1), ("b", 2), ("c", 3), ("d", 3), ("e", 5)]
    assert clock.slept == [5]
    clock.sleep(1)
    assert diary.notes[5:] == [("f", 6)]


@pytest.mark.anyio
async def test_it_happens_in_a_task_likewise(clock: VirtualClock) -> None:
    """Whichever of the tasks moves the time."""
    diary = Diary(clock)
    for at, text in [(0.5, "a"), (3, "b"), (9, "c"), (10, "d"), (11, "e")]:
        diary.plan(at, text)
    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(apoll, clock)
    assert diary.notes == [("a", 0.5), ("b", 3), ("c", 9), ("d", 10)]


def test_an_instant_is_one_however_it_was_summed_up(clock: VirtualClock) -> None:
    """Ten tenths of a second are a second, though not as floats."""
    diary = Diary(clock)
    diary.plan(1, "due")
    for _ in range(10):
        clock.sleep(0.1)
    assert diary.notes == [("due", 1)]
    assert clock.now() == 1


def test_nothing_happens_while_nobody_sleeps(clock: VirtualClock) -> None:
    """What is due happens at the next pause, however short, and then time does not go back."""
    diary = Diary(clock)
    clock.sleep(5)
    diary.plan(2, "past")
    diary.plan(5, "now")
    assert diary.notes == []
    clock.sleep(0)
    assert diary.notes == [("past", 5), ("now", 5)]


@pytest.mark.parametrize("at", [float("nan"), float("inf"), float("-inf")])
def test_an_instant_that_is_none_is_refused(clock: VirtualClock, at: float) -> None:
    """Not a number, or never: an error where it is scheduled."""
    with pytest.raises(ValueError, match="an instant is a finite number"):
        clock.schedule(at, Doing(lambda: None))


def test_a_happening_may_schedule_others(clock: VirtualClock) -> None:
    """Also for now: they happen at that same instant, after what was due then."""
    diary = Diary(clock)

    def cause() -> None:
        diary.note("cause")
        diary.plan(1, "effect")
        diary.plan(2, "later")

    clock.schedule(1, Doing(cause))
    diary.plan(1, "other")
    clock.sleep(3)
    assert diary.notes == [("cause", 1), ("other", 1), ("effect", 1), ("later", 2)]


def test_an_exception_reaches_who_sleeps(clock: VirtualClock) -> None:
    """At the instant of the happening, which does not happen again; the others do, and time goes on."""
    diary = Diary(clock)
    clock.schedule(1, Doing(lambda: 1 / 0))
    diary.plan(2, "next")
    with clock.participant():
        with pytest.raises(ZeroDivisionError):
            clock.sleep(5)
        assert clock.now() == 1
        clock.sleep(5)
    assert diary.notes == [("next", 2)]
    run_threads(clock, [lambda: poll(clock)] * 2)
    assert clock.now() == 16


@pytest.mark.anyio
async def test_an_exception_reaches_the_task_that_sleeps(clock: VirtualClock) -> None:
    """The others sleep on."""
    clock.schedule(1, Doing(lambda: 1 / 0))
    failures: list[float] = []

    async def work() -> None:
        with clock.participant():
            try:
                await clock.asleep(3)
            except ZeroDivisionError:
                failures.append(clock.now())

    async with anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(work)
    assert failures == [1]
    assert clock.now() == 3


def test_it_happens_once_among_many_threads(clock: VirtualClock) -> None:
    """Each at its instant, in one of the threads that sleep."""
    diary = Diary(clock)
    for at in range(1, 11):
        diary.plan(at, str(at))
    run_threads(clock, [lambda: poll(clock)] * 20)
    assert diary.notes == [(str(at), at) for at in range(1, 11)]
