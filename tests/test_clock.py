"""The system clock, and what it has in common with the virtual one."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from clocks import quickly

from replicate_typed.clock import Clock, SystemClock
from replicate_typed.virtual_clock import VirtualClock

quick = pytest.fixture(autouse=True)(quickly)


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
async def test_the_system_clock_is_the_real_time() -> None:
    """It sleeps for real (here for next to nothing), and participation costs it nothing."""
    clock = SystemClock()
    before = time.monotonic()
    with clock.participant(), clock.participant():
        clock.sleep(0)
        await clock.asleep(0.001)
    assert before + 0.001 <= clock.now() <= time.monotonic()
