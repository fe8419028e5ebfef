"""Replies: what predictions give in place of running their model's function."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from replicate_typed.transports.mock.runs import Outcome


@frozen
class Canned:
    """An outcome, and when it comes."""

    outcome: Outcome
    after: int | None
    """Microseconds from the creation to the end; None for the model's own times."""


class Replies:
    """The replies of one model: some for its next predictions, and one for all others."""

    def __init__(self) -> None:
        self._standing: Canned | None = None
        self._next: deque[tuple[Canned, int]] = deque()

    def add(self, canned: Canned, times: int | None) -> None:
        """Give it to so many predictions, after those that were promised others; with None, to all from then on."""
        if times is None:
            self._standing = canned
        else:
            self._next.append((canned, times))

    @property
    def next(self) -> Canned | None:
        """What the next prediction will give; None if it will run the function."""
        return self._next[0][0] if self._next else self._standing

    def take(self) -> Canned | None:
        """What the next prediction gives: one less is left of it."""
        canned = self.next
        if self._next:
            given, times = self._next.popleft()
            if times > 1:
                self._next.appendleft((given, times - 1))
        return canned
