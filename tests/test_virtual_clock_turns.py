"""The virtual clock: how long something that happens takes, what it may do, and who is kept by it."""

from __future__ import annotations

import asyncio
import threading

import anyio
import pytest
from clocks import Diary, Doing, apoll, poll, quickly, virtual_clock

from replicate_typed.virtual_clock import VirtualClock

clock = pytest.fixture(virtual_clock)
quick = pytest.fixture(autouse=True)(quickly)


@pytest.mark.anyio
async def test_time_stands_still_meanwhile(clock: VirtualClock) -> None:
    """Even while other tasks would move it, and whoever's turn it is need not take part."""
    diary = Diary(clock)
    running = False

    async def take_long() -> None:
        nonlocal running
        await clock.asleep(0.25)
        running = True
        with clock.participant():
            pass
        for _ in range(50):
            await anyio.lowlevel.checkpoint()
        running = False
        diary.note("done")

    async def sleeper() -> None:
        await clock.asleep(2)
        assert not running

    clock.schedule(1, Doing(lambda: None, take_long))
    async with anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(sleeper)
    assert diary.notes == [("done", 1.25)]


@pytest.mark.anyio
@pytest.mark.parametrize("takes_part", [False, True])
async def test_a_happening_may_sleep(clock: VirtualClock, takes_part: bool) -> None:
    """Or make calls that do: time goes on meanwhile, and what else is due happens in time."""
    diary = Diary(clock)

    async def asleep() -> None:
        await clock.asleep(1)
        with clock.participant():
            await clock.asleep(1)
        diary.note("slept")

    clock.schedule(1, Doing(lambda: None, asleep))
    diary.plan(2, "meanwhile")
    if takes_part:
        with clock.participant():
            await clock.asleep(4)
    else:
        await clock.asleep(4)
    diary.note("woke")
    assert diary.notes == [("meanwhile", 2), ("slept", 3), ("woke", 4)]
    await apoll(clock)
    assert clock.now() == 14


@pytest.mark.parametrize("takes_part", [False, True])
def test_a_happening_may_sleep_in_a_thread(clock: VirtualClock, takes_part: bool) -> None:
    """And outlast the pause in which it happened, whose end is late then, as of someone who is kept."""
    diary = Diary(clock)

    def sleep() -> None:
        poll(clock)
        diary.note("slept")

    clock.schedule(1, Doing(sleep))
    diary.plan(2, "meanwhile")
    if takes_part:
        with clock.participant():
            clock.sleep(4)
    else:
        clock.sleep(4)
    diary.note("woke")
    assert diary.notes == [("meanwhile", 2), ("slept", 11), ("woke", 11)]


@pytest.mark.anyio
async def test_a_happening_that_sleeps_waits_for_participants(clock: VirtualClock) -> None:
    """Whose turn it is was asleep already, and is not taken for another one that is."""
    ends: list[float] = []

    async def asleep() -> None:
        tasks.start_soon(participant)
        for _ in range(3):
            await anyio.lowlevel.checkpoint()
        await clock.asleep(0.5)
        ends.append(clock.now())

    async def participant() -> None:
        with clock.participant():
            for _ in range(50):
                await anyio.lowlevel.checkpoint()
            assert not ends

    clock.schedule(1, Doing(lambda: None, asleep))
    async with anyio.create_task_group() as tasks:
        with clock.participant():
            await clock.asleep(2)
    assert ends == [1.5]


@pytest.mark.anyio
async def test_time_stands_still_in_a_thread_whose_event_loop_does(clock: VirtualClock) -> None:
    """A happening in a sync sleep is running, though no task of that loop is."""
    woken = threading.Event()

    def look() -> None:
        clock.sleep(0)
        assert not woken.wait(0.02)

    def sleep() -> None:
        clock.sleep(2)
        woken.set()

    clock.schedule(1, Doing(look))
    other = threading.Thread(target=sleep, daemon=True)
    with clock.participant():
        other.start()
        while not clock.slept:
            pass
        clock.sleep(1.5)
    other.join(5)
    assert clock.now() == 2


@pytest.mark.anyio
async def test_what_a_happening_starts_may_sleep(clock: VirtualClock) -> None:
    """Tasks of its own, for which it waits."""
    ends: list[float] = []

    async def work() -> None:
        ends.append(await apoll(clock))

    async def spread() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(work)
            tasks.start_soon(work)

    clock.schedule(1, Doing(lambda: None, spread))
    with clock.participant():
        await clock.asleep(2)
    assert ends == [11, 11]
    assert clock.now() == 11


def test_a_happening_may_run_an_event_loop(clock: VirtualClock, anyio_backend: str) -> None:
    """In the thread that sleeps."""
    clock.schedule(1, Doing(lambda: anyio.run(apoll, clock, backend=anyio_backend)))
    with clock.participant():
        clock.sleep(2)
    assert clock.now() == 11


@pytest.mark.anyio
async def test_a_sync_sleep_in_an_event_loop_has_it_happen(clock: VirtualClock) -> None:
    """In its own colour; the tasks of that loop wake late."""
    diary = Diary(clock)

    async def task() -> None:
        await clock.asleep(1)
        diary.note("task")

    clock.schedule(2, Doing(lambda: poll(clock, [1.0])))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(task)
        await anyio.lowlevel.checkpoint()
        await anyio.lowlevel.checkpoint()
        with clock.participant():
            clock.sleep(4)
            diary.note("thread")
    assert diary.notes == [("thread", 4), ("task", 4)]


@pytest.mark.anyio
async def test_a_sync_sleep_goes_on_while_a_task_of_its_loop_is_in_its_turn(clock: VirtualClock) -> None:
    """The loop stands still, and what happens there with it."""
    started, blocked = anyio.Event(), anyio.Event()

    async def take_long() -> None:
        started.set()
        await blocked.wait()

    async def task() -> None:
        await clock.asleep(1)

    clock.schedule(1, Doing(lambda: None, take_long))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(task)
        await started.wait()
        clock.sleep(3)
        assert clock.now() == 4
        blocked.set()
    assert clock.now() == 4


def test_threads_and_event_loops_wait_for_what_happens(clock: VirtualClock, anyio_backend: str) -> None:
    """A happening that sleeps in one of them holds up none of the others."""
    ends: list[float] = []

    async def main() -> None:
        ends.append(await apoll(clock))

    async def asleep() -> None:
        await clock.asleep(0.25)

    for at in range(1, 10):
        clock.schedule(at, Doing(lambda: None, asleep))
    threads = [threading.Thread(target=anyio.run, args=(main,), kwargs={"backend": anyio_backend}) for _ in range(3)]
    with clock.expect(4):
        for thread in threads:
            thread.start()
        poller = threading.Thread(target=lambda: ends.append(poll(clock)))
        poller.start()
    for thread in [*threads, poller]:
        thread.join(5)
    assert len(ends) == 4
    assert all(10 <= end <= 12.5 for end in ends)  # who had the turns was kept by them


@pytest.mark.anyio
async def test_a_cancelled_turn_is_taken_by_the_next(clock: VirtualClock) -> None:
    """What happens is no business of who happened to sleep: it happens again, from its beginning."""
    diary = Diary(clock)
    scope = anyio.CancelScope()

    async def take_long() -> None:
        if not scope.cancel_called:
            scope.cancel()
            await anyio.sleep_forever()
        diary.note("done")

    async def cancelled() -> None:
        with scope, clock.participant():
            await clock.asleep(2)

    clock.schedule(1, Doing(lambda: diary.note("begun"), take_long))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(cancelled)
        await apoll(clock, [5.0])
    assert diary.notes == [("begun", 1), ("begun", 1), ("done", 1)]
    assert clock.now() == 5


def test_a_cancelled_asyncio_task_leaves_its_turn(clock: VirtualClock) -> None:
    """Plain asyncio cancellation, too, and also when nobody else sleeps."""
    diary = Diary(clock)

    async def main() -> None:
        async def take_long() -> None:
            if len(diary.notes) == 1:
                task.cancel()
                await asyncio.get_running_loop().create_future()

        clock.schedule(1, Doing(lambda: diary.note("begun"), take_long))
        task = asyncio.create_task(apoll(clock))
        with pytest.raises(asyncio.CancelledError):
            await task
        assert clock.now() == 1
        await clock.asleep(1)

    asyncio.run(main())
    assert diary.notes == [("begun", 1), ("begun", 1)]
    assert clock.now() == 2


def test_an_interrupted_thread_leaves_its_turn(clock: VirtualClock) -> None:
    """Ctrl-C while something happens: time goes on afterwards."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    clock.schedule(1, Doing(interrupt))
    with pytest.raises(KeyboardInterrupt):
        clock.sleep(2)
    clock.sleep(1)
    assert clock.now() == 2
