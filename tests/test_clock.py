"""The clocks, without a client."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import anyio
import pytest

from replicate_typed.clock import Clock, SystemClock
from replicate_typed.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

PAUSES = [0.5, 0.5, 1.0, 1.0, 2.0, 2.5, 2.5]  # ten seconds of polling


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> VirtualClock:
    """A virtual clock, where sleeping for real is an error."""

    def fail(*_: object) -> None:
        pytest.fail("slept for real")

    monkeypatch.setattr(time, "sleep", fail)
    monkeypatch.setattr(anyio, "sleep", fail)
    return VirtualClock()


@pytest.fixture(autouse=True)
def _quick() -> Generator[None]:
    """Every test takes well under a second, however much virtual time passes."""
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < 5  # seconds of a machine that may be busy with something else


def poll(clock: Clock, pauses: list[float] = PAUSES) -> float:
    with clock.participant():
        for pause in pauses:
            clock.sleep(pause)
        return clock.now()


async def apoll(clock: Clock, pauses: list[float] = PAUSES) -> float:
    with clock.participant():
        for pause in pauses:
            await clock.asleep(pause)
        return clock.now()


def run_threads(clock: VirtualClock, work: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=function, daemon=True) for function in work]
    with clock.expect(len(threads)):
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive(), "a thread hangs"


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
@pytest.mark.parametrize("make", [VirtualClock, SystemClock])
@pytest.mark.parametrize("seconds", [-1, -0.001, float("nan"), float("inf")])
async def test_a_pause_that_is_no_time_is_refused(make: Callable[[], Clock], seconds: float) -> None:
    """Negative, not a number, endless: an error in both colours of both clocks, and no trace."""
    clock = make()
    with pytest.raises(ValueError, match="a pause is a finite number"):
        clock.sleep(seconds)
    with pytest.raises(ValueError, match="a pause is a finite number"):
        await clock.asleep(seconds)
    if isinstance(clock, VirtualClock):
        assert clock.slept == []


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


def test_fifty_threads_of_ten_seconds_take_ten_seconds(clock: VirtualClock) -> None:
    """Threads are expected, and then take part like tasks."""
    ends: list[float] = []
    run_threads(clock, [lambda: ends.append(poll(clock))] * 50)
    assert ends == [10.0] * 50
    assert clock.now() == 10.0


def test_a_pool_of_threads_takes_ten_seconds(clock: VirtualClock) -> None:
    """`expect` fits the executor of the standard library."""
    with ThreadPoolExecutor(50) as pool:
        with clock.expect(50):
            runs = [pool.submit(poll, clock) for _ in range(50)]
        assert [run.result(5) for run in runs] == [10.0] * 50


def test_threads_and_event_loops_share_one_clock(clock: VirtualClock, anyio_backend: str) -> None:
    """Ten threads and two event loops with ten tasks each, on one clock."""
    ends: list[float] = []

    async def main() -> None:
        async def work() -> None:
            ends.append(await apoll(clock))

        async with anyio.create_task_group() as tasks:
            for _ in range(10):
                tasks.start_soon(work)

    threads = [threading.Thread(target=lambda: ends.append(poll(clock)), daemon=True) for _ in range(10)]
    loops = [threading.Thread(target=anyio.run, args=(main,), daemon=True) for _ in range(2)]
    loops[0] = threading.Thread(target=anyio.run, args=(main,), kwargs={"backend": anyio_backend}, daemon=True)
    with clock.expect(30):
        for thread in threads + loops:
            thread.start()
    for thread in threads + loops:
        thread.join(5)
    assert ends == [10.0] * 30


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


def test_a_thread_that_leaves_wakes_the_others(clock: VirtualClock) -> None:
    """Also when it never slept."""
    left = threading.Event()

    def visit() -> None:
        with clock.participant():
            pass
        left.set()

    def sleep() -> None:
        clock.sleep(3)
        assert left.is_set()

    run_threads(clock, [visit, sleep])
    assert clock.now() == 3


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
            patch.setattr("replicate_typed.virtual_clock._ThreadBell.wait", interrupt)
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


def test_expected_threads_count_once_each(clock: VirtualClock) -> None:
    """A thread that makes many calls does not stand for those still to come."""
    late = threading.Event()
    ends: list[float] = []

    def many_calls() -> None:
        for _ in range(5):
            with clock.participant():
                pass
        late.set()
        ends.append(poll(clock))

    def one_call() -> None:
        late.wait(5)
        ends.append(poll(clock))

    run_threads(clock, [many_calls, one_call])
    assert ends == [10, 10]


def test_missing_threads_are_an_error_not_a_hang(clock: VirtualClock) -> None:
    """Those that came go on once the wait is given up."""
    thread = threading.Thread(target=poll, args=(clock,), daemon=True)

    def start_one_of_three() -> None:
        with clock.expect(3, within=0.02):
            thread.start()
            while not clock.slept:
                pass
            assert clock.now() == 0

    with pytest.raises(TimeoutError, match=r"1 of 3 expected came to the clock within 0\.02 s"):
        start_one_of_three()
    thread.join(5)
    assert clock.now() == 10


def test_a_failure_while_starting_threads_is_not_hidden(clock: VirtualClock) -> None:
    """The block does not wait for threads that never will be started."""
    with pytest.raises(ZeroDivisionError), clock.expect(3):
        raise ZeroDivisionError
    clock.sleep(1)
    assert clock.now() == 1


def test_the_time_never_goes_back(clock: VirtualClock) -> None:
    """Whatever threads do, undeclared ones included."""
    seen: list[float] = []

    def work(step: float) -> None:
        for _ in range(20):
            clock.sleep(step)
            seen.append(clock.now())

    threads = [threading.Thread(target=work, args=(0.1 * n,), daemon=True) for n in range(1, 6)]
    before = 0.0
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        before, earlier = clock.now(), before
        assert before >= earlier
    for thread in threads:
        thread.join(5)
    assert len(seen) == 100


@pytest.mark.anyio
async def test_the_system_clock_is_the_real_time() -> None:
    """It sleeps for real (here for next to nothing), and participation costs it nothing."""
    clock = SystemClock()
    before = time.monotonic()
    with clock.participant(), clock.participant():
        clock.sleep(0)
        await clock.asleep(0.001)
    assert before + 0.001 <= clock.now() <= time.monotonic()


def test_importing_the_clock_is_cheap() -> None:
    """Neither an event loop nor an HTTP library comes with it."""
    code = "import sys, replicate_typed.virtual_clock; print({'anyio', 'asyncio', 'trio', 'httpx'} & {*sys.modules})"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "set()"
