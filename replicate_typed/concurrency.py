"""The pairs that differ in more than `await`."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any


def AsyncShield() -> AbstractContextManager[Any]:  # noqa: N802 -- a pair of rhyming names
    """A block that the cancellation of the task around it does not reach."""
    import anyio

    return anyio.CancelScope(shield=True)


def Shield() -> AbstractContextManager[Any]:  # noqa: N802 -- a pair of rhyming names
    """A block, as threads are not cancelled."""
    return nullcontext()
