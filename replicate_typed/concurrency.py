"""The pairs that differ in more than `await`."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Any


def AsyncShield() -> AbstractContextManager[Any]:  # noqa: N802 -- a pair of rhyming names
    """A block that the cancellation of the task around it does not reach."""
    import anyio

    return anyio.CancelScope(shield=True)


def Shield() -> AbstractContextManager[Any]:  # noqa: N802 -- a pair of rhyming names
    """A block, as threads are not cancelled."""
    return nullcontext()


async def AsyncHappened(event: threading.Event, seconds: float) -> bool:  # noqa: N802 -- a pair of rhyming names
    """Whether what happens in some thread has happened, within so many seconds of real time."""
    from anyio import CapacityLimiter, to_thread

    # A limiter of its own: many may wait, and long, without keeping others from the threads that all share.
    return await to_thread.run_sync(event.wait, seconds, abandon_on_cancel=True, limiter=CapacityLimiter(1))


def Happened(event: threading.Event, seconds: float) -> bool:  # noqa: N802 -- a pair of rhyming names
    """Whether what happens in some thread has happened, within so many seconds of real time."""
    return event.wait(seconds)
