"""Several things at once: tasks in one colour, threads in the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

import anyio

T = TypeVar("T")


async def AsyncTogether(do: Callable[[T], Coroutine[Any, Any, None]], items: Iterable[T]) -> None:  # noqa: N802 -- a pair of rhyming names
    """Do it with all of them, each in a task of its own."""
    async with anyio.create_task_group() as tasks:
        for item in items:
            tasks.start_soon(do, item)


def Together(do: Callable[[T], None], items: Iterable[T]) -> None:  # noqa: N802 -- a pair of rhyming names
    """Do it with all of them, each in a thread of its own."""
    threads = [threading.Thread(target=do, args=(item,), daemon=True) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
