"""The pairs that differ in more than `await`."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


def AsyncShield() -> AbstractContextManager[Any]:  # noqa: N802 -- a pair of rhyming names
    """A block that the cancellation of the task around it does not reach."""
    import anyio

    return anyio.CancelScope(shield=True)


def Shield() -> AbstractContextManager[Any]:  # noqa: N802 -- a pair of rhyming names
    """A block, as threads are not cancelled."""
    return nullcontext()


def AsyncEventLoop() -> object:  # noqa: N802 -- a pair of rhyming names
    """What connections belong to: the running event loop, or trio's token of it; raises RuntimeError without one."""
    if "trio" in sys.modules:
        import trio

        try:
            return trio.lowlevel.current_trio_token()
        except RuntimeError:
            pass
    import asyncio

    return asyncio.get_running_loop()


def EventLoop() -> object:  # noqa: N802 -- a pair of rhyming names
    """What connections belong to: the process; threads share them, and a fork must not."""
    return os.getpid()


async def AsyncHappened(event: threading.Event, seconds: float) -> bool:  # noqa: N802 -- a pair of rhyming names
    """Whether what happens in some thread has happened, within so many seconds of real time."""
    from anyio import CapacityLimiter, to_thread

    # A limiter of its own: many may wait, and long, without keeping others from the threads that all share.
    return await to_thread.run_sync(event.wait, seconds, abandon_on_cancel=True, limiter=CapacityLimiter(1))


def Happened(event: threading.Event, seconds: float) -> bool:  # noqa: N802 -- a pair of rhyming names
    """Whether what happens in some thread has happened, within so many seconds of real time."""
    return event.wait(seconds)


async def AsyncBlocking(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:  # noqa: N802 -- a pair of rhyming names
    """The result of work that blocks, such as reading a file; done in a thread, so that other tasks run meanwhile."""
    from functools import partial

    from anyio import to_thread

    return await to_thread.run_sync(partial(work, *args, **kwargs))


def Blocking(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:  # noqa: N802 -- a pair of rhyming names
    """The result of work that blocks, such as reading a file."""
    return work(*args, **kwargs)


class AsyncSlots:
    """So many places, each of which one task at a time has."""

    def __init__(self, number: int) -> None:
        from anyio import Semaphore

        self._semaphore = Semaphore(number)

    async def take(self, seconds: float | None) -> bool:
        """Whether a place was free within so many seconds, or ever; then it is taken."""
        from anyio import WouldBlock, move_on_after

        try:
            self._semaphore.acquire_nowait()
        except WouldBlock:
            with move_on_after(seconds):
                await self._semaphore.acquire()
                return True
            return False
        return True

    def give_back(self) -> None:
        """Let another one have the place."""
        self._semaphore.release()


class Slots:
    """So many places, each of which one thread at a time has."""

    def __init__(self, number: int) -> None:
        self._semaphore = threading.Semaphore(number)

    def take(self, seconds: float | None) -> bool:
        """Whether a place was free within so many seconds, or ever; then it is taken."""
        return self._semaphore.acquire(timeout=seconds)

    def give_back(self) -> None:
        """Let another one have the place."""
        self._semaphore.release()
