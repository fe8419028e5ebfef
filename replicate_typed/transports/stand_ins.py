"""What stands in for the network, for every client of the process that was given no transport."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replicate_typed.transports.mock import MockTransport

_standing_in: list[MockTransport] = []


@contextmanager
def standing_in(mock: MockTransport) -> Generator[None]:
    """A block in which the mock answers all those clients, in all threads; also the clients made before."""
    _standing_in.append(mock)
    try:
        yield
    finally:
        _standing_in.remove(mock)


def stand_in() -> MockTransport | None:
    """The mock that stands in now, the newest if there are several."""
    return _standing_in[-1] if _standing_in else None
