"""What stands in for the network, for every client of the process that was given no transport."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes import RecordedTransport
    from replicate_typed.transports.mock import MockTransport

StandIn: TypeAlias = "MockTransport | RecordedTransport"

_standing_in: list[StandIn] = []


@contextmanager
def standing_in(transport: StandIn) -> Generator[None]:
    """A block in which the transport answers all those clients, in all threads; also the clients made before."""
    _standing_in.append(transport)
    try:
        yield
    finally:
        _standing_in.remove(transport)


def stand_in() -> StandIn | None:
    """What stands in now, the newest if there are several."""
    return _standing_in[-1] if _standing_in else None
