"""A virtual clock for tests, and what they do on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractContextManager, nullcontext

import anyio
import anyio.lowlevel
import pytest

from replicate_typed.clock import Clock, checked_pause
from replicate_typed.virtual_clock import VirtualClock

PAUSES = [0.5, 0.5, 1.0, 1.0, 2.0, 2.5, 2.5]  # as a client polls: ten seconds in all


def virtual_clock(monkeypatch: pytest.MonkeyPatch) -> VirtualClock:
    """For a fixture: a virtual clock, where sleeping for real is an error."""
    forbid_real_sleep(monkeypatch)
    return VirtualClock()


def forbid_real_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        pytest.fail("slept for real")

    monkeypatch.setattr(time, "sleep", fail)
    monkeypatch.setattr(anyio, "sleep", fail)


def quickly() -> Generator[None]:
    """For a fixture: every test takes well under a second, however much virtual time passes."""
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


async def nothing() -> None:
    pass


class Doing:
    """A happening that calls a function."""

    def __init__(self, do: Callable[[], object], ado: Callable[[], Awaitable[object]] = nothing) -> None:
        self._do = do
        self._ado = ado

    def happen(self) -> None:
        self._do()

    async def ahappen(self) -> None:
        self._do()
        await self._ado()


class Diary:
    """Notes of what happened, and when."""

    def __init__(self, clock: VirtualClock) -> None:
        self.notes: list[tuple[str, float]] = []
        self._clock = clock

    def note(self, text: str) -> None:
        self.notes.append((text, self._clock.now()))

    def plan(self, at: float, text: str) -> None:
        self._clock.schedule(at, Doing(lambda: self.note(text)))


class HastyClock:
    """The real time, but for pauses: they are over at once, and have passed all the same."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(checked_pause(seconds))

    async def asleep(self, seconds: float) -> None:
        self.slept.append(checked_pause(seconds))
        await anyio.lowlevel.checkpoint()

    def participant(self) -> AbstractContextManager[None]:
        return nullcontext()
