"""An event loop for what is async, where the caller is not."""

from __future__ import annotations

import threading
import weakref
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from replicate_typed.bells import TaskBell

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from anyio.from_thread import BlockingPortal

T = TypeVar("T")
Started: TypeAlias = "Future[tuple[BlockingPortal, TaskBell]]"


class OwnLoop:
    """An event loop in a thread of its own, from its first use on, for as long as somebody has this object."""

    def __init__(self) -> None:
        self._portal: BlockingPortal | None = None
        self._lock = threading.Lock()

    def run(self, awaitable: Awaitable[T]) -> T:
        """What comes of it there, in the caller's context; the caller's thread waits, with any loop of its own."""
        with self._lock:
            if self._portal is None:
                started: Started = Future()
                threading.Thread(target=_run, args=(started,), name="own loop", daemon=True).start()
                self._portal, end = started.result()
                weakref.finalize(self, end.ring)
        return self._portal.call(_result_of, awaitable)


async def _result_of(awaitable: Awaitable[T]) -> T:
    return await awaitable


def _run(started: Started) -> None:
    import anyio
    from anyio.from_thread import BlockingPortal

    async def live() -> None:
        end = TaskBell()
        async with BlockingPortal() as portal:
            started.set_result((portal, end))
            await end.wait()
            await portal.stop(cancel_remaining=True)

    anyio.run(live, backend="asyncio")
