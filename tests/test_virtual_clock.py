"""The virtual clock: when its time moves, for tasks."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import anyio
import pytest
from clocks import apoll, quickly, virtual_clock

from replicate_typed.virtual_clock import VirtualClock

clock = pytest.fixture(virtual_clock)
quick = pytest.fixture(autouse=True)(quickly)


def test_one_sleeper_moves_the_time_by_its_pauses(clock: VirtualClock) -> None:
    """Pauses add up from the start given, and are remembered in order."""
    clock.sleep(0.5)
    clock.sleep(0)
    clock.sleep(2.0)
    assert clock.now() == 2.5
    assert clock.slept == [0.5, 0, 2.0]
    assert VirtualClock(start=7).now() == 7


@pytest.mark.anyio
async def test_one_task_moves_the_time_by_its_pauses(clock: VirtualClock) -> None:
    """The async colour does the same."""
    await clock.asleep(0.5)
    await clock.asleep(0)
    await clock.asleep(2.0)
    assert clock.now() == 2.5
    assert clock.slept == [0.5, 0, 2.0]


@pytest.mark.anyio
async def test_fifty_tasks_of_ten_seconds_take_ten_seconds(clock: VirtualClock) -> None:
    """Tasks need no declaration."""
    ends: list[float] = []

    async def work() -> None:
        ends.append(await apoll(clock))

    async with anyio.create_task_group() as tasks:
        for _ in range(50):
            tasks.start_soon(work)
    assert ends == [10.0] * 50
    assert clock.now() == 10.0


def test_fifty_gathered_coroutines_take_ten_seconds(clock: VirtualClock) -> None:
    """Also under plain asyncio."""

    async def main() -> list[float]:
        return await asyncio.gather(*(apoll(clock) for _ in range(50)))

    assert asyncio.run(main()) == [10.0] * 50


@pytest.mark.anyio
async def test_tasks_that_are_slow_to_start_still_take_part(clock: VirtualClock) -> None:
    """Ready tasks enter before time moves, even some turns of the event loop later."""
    ends: list[float] = []

    async def work(turns: int) -> None:
        for _ in range(turns):
            await anyio.lowlevel.checkpoint()
        ends.append(await apoll(clock))

    async with anyio.create_task_group() as tasks:
        for turns in range(6):
            tasks.start_soon(work, turns)
    assert ends == [10.0] * 6


@pytest.mark.anyio
async def test_sleepers_wake_in_order(clock: VirtualClock) -> None:
    """The earliest first; equal ones in the order they asked."""
    woken: list[tuple[str, float]] = []
    asked: list[str] = []

    async def work(name: str, seconds: float) -> None:
        with clock.participant():
            asked.append(name)
            await clock.asleep(seconds)
            woken.append((name, clock.now()))

    async with anyio.create_task_group() as tasks:
        for name, seconds in [("c", 3.0), ("a", 1.0), ("b1", 2.0), ("b2", 2.0), ("b3", 2.0)]:
            tasks.start_soon(work, name, seconds)
    twos = [name for name in asked if name.startswith("b")]  # trio starts tasks in an order of its own
    assert woken == [("a", 1.0), *((name, 2.0) for name in twos), ("c", 3.0)]


@pytest.mark.anyio
async def test_time_stands_still_while_a_participant_runs(clock: VirtualClock) -> None:
    """Until it sleeps or leaves: leaving wakes the others."""
    finished = anyio.Event()
    running = True

    async def sleeper() -> None:
        await clock.asleep(1)
        assert not running, "time moved while a participant ran"
        finished.set()

    async with anyio.create_task_group() as tasks:
        with clock.participant():
            tasks.start_soon(sleeper)
            for _ in range(50):
                await anyio.lowlevel.checkpoint()
            assert clock.now() == 0
            running = False
        await finished.wait()
    assert clock.now() == 1


@pytest.mark.anyio
async def test_time_stands_still_for_who_enters_at_the_last_moment(clock: VirtualClock) -> None:
    """While the sleeper that was to move the time gives others their turns."""
    left = False

    async def sleeper() -> None:
        await clock.asleep(1)
        assert left

    async def late() -> None:
        nonlocal left
        for _ in range(3):
            await anyio.lowlevel.checkpoint()
        with clock.participant():
            for _ in range(50):
                await anyio.lowlevel.checkpoint()
            left = True

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(sleeper)
        tasks.start_soon(late)


@pytest.mark.anyio
async def test_nested_blocks_count_once(clock: VirtualClock) -> None:
    """A call inside a call is one participant, and the outer one stays when the inner one ends."""
    with clock.participant():
        with clock.participant():
            await clock.asleep(1)
            clock.sleep(1)
        await clock.asleep(1)
    assert clock.now() == 3


@pytest.mark.anyio
async def test_tasks_started_inside_a_block_take_part_themselves(clock: VirtualClock) -> None:
    """They inherit their parent's context, not its participation."""
    ends: list[float] = []

    async def child() -> None:
        ends.append(await apoll(clock))

    async with anyio.create_task_group() as tasks:
        with clock.participant():
            tasks.start_soon(child)
            tasks.start_soon(child)
            await clock.asleep(4)
            assert clock.now() == 4
    assert ends == [10.0, 10.0]


@pytest.mark.anyio
async def test_a_sync_sleep_blocks_its_event_loop_only(clock: VirtualClock) -> None:
    """As for real: tasks of that loop wake late, and time goes on."""
    ends: list[float] = []

    async def task() -> None:
        with clock.participant():
            await clock.asleep(1)
            ends.append(clock.now())

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(task)
        await anyio.lowlevel.checkpoint()
        await anyio.lowlevel.checkpoint()
        with clock.participant():
            clock.sleep(4)
            assert clock.now() == 4
            assert ends == []
    assert ends == [4]


def test_importing_the_clock_is_cheap() -> None:
    """Neither an event loop nor an HTTP library comes with it."""
    code = "import sys, replicate_typed.virtual_clock; print({'anyio', 'asyncio', 'trio', 'httpx'} & {*sys.modules})"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "set()"
