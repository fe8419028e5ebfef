"""The instances that a version's or a deployment's runs wait for, first come, first served."""

from __future__ import annotations

import math
from bisect import insort
from typing import TYPE_CHECKING

from attrs import define, field

from replicate_typed.transports.mock.times import MINUTE, NEVER

if TYPE_CHECKING:
    from replicate_typed.transports.mock.lifecycle import MockRun

_WARM = 5 * MINUTE  # how long an instance stays up with nothing to do


@define(eq=False)
class Pool:
    """At most so many runs at the same time; an instance that is not up takes some time to boot."""

    most: float = math.inf
    boot: int = 0
    always_up: int = 0
    """How many instances never have to boot."""
    _runs: list[MockRun] = field(factory=list["MockRun"], init=False)
    _free: list[int] = field(factory=list[int], init=False)
    """When each instance that was ever up has nothing more to do."""

    def admit(self, run: MockRun) -> None:
        """Give a new run its start."""
        if self.most == math.inf and not self.boot:
            return  # it starts when it would alone
        self._runs.append(run)
        self._place(run)

    def plan_again(self) -> None:
        """Give every run its start anew, after one was canceled or the numbers have changed."""
        self._free.clear()
        for run in self._runs:
            self._place(run)

    def busy_until(self) -> int:
        """When its last run ends, as far as is known; 0 if there never was one."""
        return max((run.ends for run in self._runs), default=0)

    def _place(self, run: MockRun) -> None:
        ready = run.created + run.work.starting
        starts, used = self._start(run, ready)
        run.start_at(starts)
        if run.ends >= starts and starts < NEVER:
            if used is not None:
                self._free.remove(used)
            insort(self._free, run.ends)

    def _start(self, run: MockRun, ready: int) -> tuple[int, int | None]:
        """When it can start, and when the instance that it takes was free; None for one that is booted for it."""
        self._free = [free for free in self._free if run.created - free <= _WARM]
        if warm := [free for free in self._free if free <= run.created]:
            return ready, warm[-1]
        up = sum(free > run.created for free in self._free)
        if up < min(self.always_up, self.most):
            return ready, None
        if up < self.most:
            return ready + self.boot, None
        if not self.most:
            return NEVER, None
        first = next(free for free in self._free if free > run.created)
        return max(ready, first), first
