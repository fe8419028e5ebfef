"""Bells that wake sleeping threads and tasks, whichever library runs them, and which of them is running."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

from replicate_typed.concurrency import AsyncEventLoop

if TYPE_CHECKING:
    from collections.abc import Callable


class ThreadBell:
    """What a sleeping thread listens to."""

    blocks_thread = True

    def __init__(self) -> None:
        self._event = threading.Event()

    def ring(self) -> None:
        self._event.set()

    def wait(self, seconds: float | None = None) -> None:
        self._event.wait(seconds)
        self._event.clear()  # before the sleeper looks, so that no ring is lost


class TaskBell:
    """What a sleeping task listens to; may be rung from any thread, under asyncio and trio."""

    blocks_thread = False

    def __init__(self) -> None:
        from anyio import Event

        self._new_event = Event
        self._event = Event()
        self._call_soon = _loop_caller()

    def ring(self) -> None:
        self._call_soon(self._set)  # RuntimeError: the event loop is gone

    def _set(self) -> None:
        self._event.set()

    async def wait(self) -> None:
        await self._event.wait()
        self._event = self._new_event()


def _loop_caller() -> Callable[[Callable[[], object]], object]:
    """What calls a function soon in the running event loop, from whatever thread."""
    loop: Any = AsyncEventLoop()
    trios, asyncios = "run_sync_soon", "call_soon_threadsafe"
    call_soon: Callable[[Callable[[], object]], object] = getattr(loop, trios if hasattr(loop, trios) else asyncios)
    return call_soon


def who_and_where() -> tuple[object, object]:
    """The running task and its event loop, or twice the thread where there is none."""
    if "trio" in sys.modules:
        import trio

        try:
            return trio.lowlevel.current_task(), trio.lowlevel.current_trio_token()
        except RuntimeError:
            pass
    if "asyncio" in sys.modules:
        import asyncio

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            pass
        else:
            return asyncio.current_task(loop) or loop, loop
    thread = threading.current_thread()  # not its number, which a later thread may get again
    return thread, thread
