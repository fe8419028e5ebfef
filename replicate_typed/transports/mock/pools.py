"""The instances that a version's or a deployment's runs wait for, first come, first served."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from attrs import define, field

from replicate_typed.transports.mock.times import MINUTE, NEVER

if TYPE_CHECKING:
    from replicate_typed.transports.mock.lifecycle import MockRun

_WARM = 5 * MINUTE  # how long an instance stays up with nothing to do


@define(eq=False)
class Instance:
    """What does one run after the other."""

    up: int
    """When it could first be used."""
    runs: list[MockRun] = field(factory=list["MockRun"])
    """Those it did, and those it shall do."""

    @property
    def free(self) -> int:
        """When it has nothing more to do, as far as is known."""
        return self.runs[-1].ends if self.runs else self.up

    def drop_plans(self, now: int) -> None:
        """Keep only the runs that have begun."""
        while self.runs and not self.runs[-1].starts <= min(now, self.runs[-1].ends):
            self.runs.pop()


@define(eq=False)
class Pool:
    """At most so many runs at the same time; an instance that is not up takes some time to boot."""

    most: float = math.inf
    boot: int = 0
    always_up: int = 0
    """How many instances never have to boot."""
    _instances: list[Instance] = field(factory=list[Instance], init=False)
    _waiting: list[MockRun] = field(factory=list["MockRun"], init=False)
    """In order of their coming; some may have begun or ended since."""

    def admit(self, run: MockRun) -> None:
        """Give a new run its start."""
        if self.most == math.inf and not self.boot:
            return  # it starts when it would alone
        self._waiting.append(run)
        self._place(run, run.created)

    def plan_again(self, now: int) -> None:
        """Give every run that waits its start anew, after one was canceled or the numbers have changed."""
        self._waiting = [run for run in self._waiting if now < min(run.starts, run.ends)]
        for instance in self._instances:
            instance.drop_plans(now)
        for run in self._waiting:
            self._place(run, now)

    def _place(self, run: MockRun, now: int) -> None:
        ready = max(run.created + run.work.starting, now)
        instance = self._instance(ready, now)
        if instance is None:
            run.start_at(NEVER)
            return
        run.start_at(max(ready, instance.free))
        if run.starts <= run.ends:  # else it is stopped while it waits
            instance.runs.append(run)

    def _instance(self, ready: int, now: int) -> Instance | None:
        """The one that can begin first, which may be one that is booted for it; None if there shall be none."""
        self._instances = [instance for instance in self._instances if now - instance.free <= _WARM]
        up = sorted(self._instances, key=lambda instance: instance.free)
        used = up if len(up) <= self.most else up[len(up) - int(self.most) :]  # the others go when they have done
        if idle := [instance for instance in used if instance.free <= ready]:
            return idle[-1]
        boot = 0 if len(used) < self.always_up else self.boot
        if len(used) < self.most and (not used or ready + boot < used[0].free):
            used = [Instance(ready + boot)]
            self._instances += used
        return used[0] if used else None
