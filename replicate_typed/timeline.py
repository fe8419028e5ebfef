"""What the mock service needs of time, beyond a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from replicate_typed.alarms import Alarm
    from replicate_typed.clock import Clock


class Timeline(Protocol):
    """A clock on which pauses can end early."""

    def sleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None: ...

    async def asleep(self, seconds: float, alarm: Alarm | None = None, heard: int | None = None) -> None: ...


def timeline_of(clock: Clock) -> Timeline:
    """The clock itself."""
    return cast("Timeline", clock)
