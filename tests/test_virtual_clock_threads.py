"""The virtual clock: threads on it, and how they are announced."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from clocks import apoll, poll, quickly, run_threads, virtual_clock

from replicate_typed.virtual_clock import VirtualClock

clock = pytest.fixture(virtual_clock)
quick = pytest.fixture(autouse=True)(quickly)


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
