"""The virtual clock: alarms end pauses at the present instant."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest
from clocks import apoll, poll, quickly, run_threads, virtual_clock

from replicate_typed.alarms import Alarm
from replicate_typed.virtual_clock import VirtualClock

clock = pytest.fixture(virtual_clock)
quick = pytest.fixture(autouse=True)(quickly)


@pytest.mark.anyio
async def test_everyone_who_sleeps_on_it_wakes(clock: VirtualClock) -> None:
    """At the instant it rings; others sleep on."""
    alarm, other = Alarm(), Alarm()
    ends: list[tuple[str, float]] = []

    async def sleeper(name: str, alarm: Alarm | None) -> None:
        with clock.participant():
            await clock.asleep(10, alarm)
            ends.append((name, clock.now()))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(sleeper, "alarm", alarm)
        tasks.start_soon(sleeper, "alarm", alarm)
        tasks.start_soon(sleeper, "other", other)
        tasks.start_soon(sleeper, "none", None)
        await apoll(clock, [4.0])
        alarm.ring()
    assert ends[:2] == [("alarm", 4)] * 2
    assert sorted(ends[2:]) == [("none", 10), ("other", 10)]


def test_threads_wake_too(clock: VirtualClock) -> None:
    """Rung from another thread."""
    alarm = Alarm()
    ends: list[float] = []

    def sleeper() -> None:
        with clock.participant():
            clock.sleep(10, alarm)
            ends.append(clock.now())

    def ringer() -> None:
        poll(clock, [3.0])
        alarm.ring()

    run_threads(clock, [sleeper, sleeper, ringer])
    assert ends == [3, 3]
    assert clock.now() == 3


@pytest.mark.anyio
async def test_time_does_not_move_before_who_was_woken_has_run(clock: VirtualClock) -> None:
    """Even if others would move it at once."""
    alarm = Alarm()
    woken: list[float] = []

    async def sleeper() -> None:
        await clock.asleep(10, alarm)
        woken.append(clock.now())

    async def ringer() -> None:
        with clock.participant():
            await clock.asleep(1)
            alarm.ring()
            await clock.asleep(0.001)
            assert woken == [1]

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(sleeper)
        tasks.start_soon(ringer)


def test_a_ring_that_nobody_hears_is_not_kept(clock: VirtualClock) -> None:
    """Later pauses are as long as ever."""
    alarm = Alarm()
    alarm.ring()
    clock.sleep(1, alarm)
    assert clock.now() == 1


@pytest.mark.anyio
async def test_a_ring_since_the_caller_looked_is_not_lost(clock: VirtualClock) -> None:
    """The pause ends at once, in both colours; it was a pause all the same."""
    alarm = Alarm()
    alarm.ring()
    heard = alarm.rings
    alarm.ring()
    await clock.asleep(5, alarm, heard)
    clock.sleep(5, alarm, heard)
    assert clock.now() == 0
    await clock.asleep(5, alarm, alarm.rings)
    clock.sleep(5, alarm, alarm.rings)
    assert clock.now() == 10
    assert clock.slept == [5, 5, 5, 5]


def test_a_happening_may_ring(clock: VirtualClock) -> None:
    """For the sleeper whose turn it is, too: it wakes then, and what was to happen later does later."""
    alarm = Alarm()

    class Ringing:
        def happen(self) -> None:
            alarm.ring()

        async def ahappen(self) -> None:
            alarm.ring()

    clock.schedule(2, Ringing())
    clock.schedule(4, Ringing())
    clock.sleep(10, alarm)
    assert clock.now() == 2
    clock.sleep(1, alarm)
    assert clock.now() == 3
    clock.sleep(10, alarm)
    assert clock.now() == 4


@pytest.mark.anyio
async def test_a_pause_that_was_cancelled_no_longer_listens(clock: VirtualClock) -> None:
    """It leaves nothing on the alarm."""
    alarm = Alarm()
    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(clock.asleep, 5, alarm)
            with clock.participant():
                await anyio.lowlevel.checkpoint()
                await anyio.lowlevel.checkpoint()
                scope.cancel()
    assert scope.cancelled_caught
    alarm.ring()
    await clock.asleep(1, alarm)
    assert clock.now() == 1
    assert alarm._listeners == ()  # pyright: ignore[reportPrivateUsage] -- nothing else shows it


@pytest.mark.anyio
async def test_a_ring_while_the_sleeper_lies_down_is_not_lost(clock: VirtualClock) -> None:
    """Also at the last moment, after it has said how many it had heard."""

    class Hasty(Alarm):
        __slots__ = ()

        def listen(self, listener: Callable[[], object]) -> None:
            super().listen(listener)
            self.ring()

    alarm = Hasty()
    await clock.asleep(5, alarm)
    clock.sleep(5, alarm)
    assert clock.now() == 0


def test_listeners_are_called_at_every_ring() -> None:
    """By whoever rings, until they are forgotten."""
    alarm = Alarm()
    heard: list[int] = []

    def listener() -> None:
        heard.append(alarm.rings)

    alarm.listen(listener)
    alarm.ring()
    alarm.ring()
    alarm.forget(listener)
    alarm.ring()
    assert heard == [1, 2]
    assert alarm.rings == 3
