"""The virtual clock: sleepers and participants that end early, and what they leave behind."""

from __future__ import annotations

import asyncio
import gc

import anyio
import pytest
from clocks import apoll, poll, quickly, run_threads, virtual_clock

from replicate_typed.virtual_clock import VirtualClock

clock = pytest.fixture(virtual_clock)
quick = pytest.fixture(autouse=True)(quickly)


@pytest.mark.anyio
async def test_a_cancelled_sleeper_is_gone(clock: VirtualClock) -> None:
    """It runs again at once, time not having moved, and holds up nobody afterwards."""
    with clock.participant():
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(clock.asleep, 5)
                await anyio.lowlevel.checkpoint()
                scope.cancel()
        assert scope.cancelled_caught
        assert clock.now() == 0
        await clock.asleep(1)
    assert clock.now() == 1
    assert clock.slept == [5, 1]


@pytest.mark.anyio
async def test_a_cancelled_participant_counts_as_running_until_it_leaves(clock: VirtualClock) -> None:
    """What it does on its way out happens at the instant it was cancelled."""
    times: list[float] = []
    scope = anyio.CancelScope()

    async def call() -> None:
        with scope, clock.participant():
            try:
                await clock.asleep(100)
            finally:
                times.append(clock.now())
                with anyio.CancelScope(shield=True):
                    await clock.asleep(0.5)
                times.append(clock.now())

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(call)
        tasks.start_soon(apoll, clock)
        await clock.asleep(2)
        scope.cancel()
    assert times == [2, 2.5]
    assert clock.now() == 10


def test_a_cancelled_asyncio_task_is_gone(clock: VirtualClock) -> None:
    """Plain asyncio cancellation, too."""

    async def main() -> None:
        task = asyncio.create_task(apoll(clock))
        await clock.asleep(3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await clock.asleep(1)

    asyncio.run(main())
    assert clock.now() == 4


def test_an_interrupted_thread_is_gone(clock: VirtualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in a sleep: the sleeper counts as running again, and leaves nothing."""

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with clock.participant():
        with monkeypatch.context() as patch:
            patch.setattr("replicate_typed.bells.ThreadBell.wait", interrupt)
            with pytest.raises(KeyboardInterrupt):
                clock.sleep(5)
        assert clock.now() == 0
        clock.sleep(1)
    run_threads(clock, [lambda: poll(clock)] * 2)
    assert clock.now() == 11


def test_an_exception_in_a_block_leaves_it(clock: VirtualClock) -> None:
    """A call that fails does not hold time still."""
    with pytest.raises(ZeroDivisionError), clock.participant():
        raise ZeroDivisionError
    clock.sleep(1)
    assert clock.now() == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_closed_event_loop_holds_up_nobody(clock: VirtualClock) -> None:
    """A task left asleep when its loop was closed is passed over."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(apoll(clock, [1.0]))
    with clock.participant():
        for _ in range(3):
            loop.run_until_complete(asyncio.sleep(0))
        loop.close()
        clock.sleep(5)
    assert clock.now() == 5
    task._log_destroy_pending = False  # type: ignore[attr-defined]  # asyncio would report it, rightly
    del task
    gc.collect()  # the coroutine ends here, and leaves
    clock.sleep(5)
    assert clock.now() == 10
