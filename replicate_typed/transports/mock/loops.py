"""An event loop for what is async, where the caller is not."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Awaitable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class OwnLoop:
    """An event loop in a thread of its own, from its first use on, for as long as somebody has this object."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def run(self, awaitable: Awaitable[T]) -> T:
        """What comes of it there, in the caller's context; the caller's thread waits, with any loop of its own."""
        future = asyncio.run_coroutine_threadsafe(_coroutine(awaitable), self._started())
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                alive: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
                threading.Thread(target=lambda: asyncio.run(_live(alive)), name="own loop", daemon=True).start()
                self._loop, end = alive.result()
                weakref.finalize(self, self._loop.call_soon_threadsafe, end.set)
            return self._loop


async def _coroutine(awaitable: Awaitable[T]) -> T:
    return await awaitable


async def _live(alive: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
    end = asyncio.Event()
    alive.set_result((asyncio.get_running_loop(), end))
    await end.wait()
