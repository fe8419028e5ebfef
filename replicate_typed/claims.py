"""Which predictions are known to be whose, in this process: no two calls ever take the same one for theirs.

A prediction belongs to the call that was answered with it. One whose answer was lost is looked for, and adopted by
these rules, for calls that asked for the same thing at about the same time:

- While another of them is under way, nothing is adopted: a prediction that is seen may be the other's, whose answer is
  still on its way. Nor is anything adopted beside one that was lost and given up.
- Else there are as many lost calls as are being looked for. With exactly as many predictions that nobody has, all are
  surely theirs, and each takes one. With more or fewer, none does: that would be a guess.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from replicate_typed.lost_creates import MARGIN, RESOLUTION, Sought, sought_in

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Operation
    from replicate_typed.clock import Clock

MOST_CLAIMED = 10_000
SLACK = 2 * (MARGIN + RESOLUTION).total_seconds()  # of two windows


class Flight:
    """A create whose prediction is not known: it is under way, or its answer was lost."""

    __slots__ = ("_body", "_sought", "claims", "ended", "is_looked_for", "operation", "sent")

    def __init__(self, claims: Claims, operation: Operation[Any], body: bytes, now: float) -> None:
        self.claims: Claims = claims
        """Where it is known."""
        self.operation: Operation[Any] = operation
        self._body = body
        self._sought: Sought | None = None
        self.sent: float = now
        self.ended: float = math.inf
        """When its answer was lost."""
        self.is_looked_for: bool = False

    @property
    def sought(self) -> Sought | None:
        """What it asked for; only told apart when something is lost, as that takes a while."""
        if self._body:
            self._sought, self._body = sought_in(self.operation.path, self._body), b""
        return self._sought

    def overlaps(self, other: Flight) -> bool:
        """Whether a prediction of one may be taken for one of the other, going by time."""
        return self.sent <= other.ended + SLACK and other.sent <= self.ended + SLACK


class Claims:
    """The creates that are under way or lost, and the predictions that have somebody; for all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: list[Flight] = []
        self._claimed: set[str] = set()
        self._order: deque[str] = deque()

    def depart(self, operation: Operation[Any], body: bytes, now: float) -> Flight:
        """A create is about to be sent."""
        flight = Flight(self, operation, body, now)
        with self._lock:
            needed = [each for each in self._flights if each.is_looked_for or each.ended == math.inf]
            self._flights = [each for each in self._flights if any(map(each.overlaps, [*needed, flight]))]
            self._flights.append(flight)
        return flight

    def land(self, flight: Flight, prediction_id: str | None) -> None:
        """It was answered with that prediction; or, with None, it surely made none."""
        with self._lock:
            self._flights.remove(flight)
            if prediction_id is not None:
                self._claim(prediction_id)

    def lose(self, flight: Flight, now: float) -> None:
        """Its answer was lost."""
        flight.ended = now

    def lost(self, operation: Operation[Any]) -> Flight | None:
        """The create of this very operation that was lost; None if it surely made no prediction."""
        with self._lock:
            return next((flight for flight in self._flights if flight.operation is operation), None)

    def adopt(self, flight: Flight, found: Sequence[Prediction]) -> tuple[Prediction | None, list[Prediction]]:
        """The one of the predictions found that is now this create's, if one is; and all that nobody had before."""
        with self._lock:
            free = [prediction for prediction in found if prediction.id not in self._claimed]
            others = [
                other
                for other in self._flights
                if other is not flight and other.overlaps(flight) and other.sought == flight.sought
            ]
            if not free or len(free) != 1 + len(others) or not all(other.is_looked_for for other in others):
                return None, free
            # In the order in which they were sent, as each looks no further back than that.
            rank = sum(other.sent < flight.sent for other in others)
            adopted = sorted(free, key=lambda prediction: prediction.created_at)[rank]
            self._flights.remove(flight)
            self._claim(adopted.id)
            return adopted, free

    def _claim(self, prediction_id: str) -> None:
        if prediction_id in self._claimed:
            return
        self._claimed.add(prediction_id)
        self._order.append(prediction_id)
        if len(self._order) > MOST_CLAIMED:
            self._claimed.remove(self._order.popleft())


_of_clocks: WeakKeyDictionary[Clock, Claims] = WeakKeyDictionary()
_of_others = Claims()  # clocks that cannot be keys
_lock = threading.Lock()


def claims_of(clock: Clock) -> Claims:
    """The claims of all clients on this clock: those of the real service have one, and each mock has its own."""
    with _lock:
        try:
            return _of_clocks.setdefault(clock, Claims())
        except TypeError:
            return _of_others
