"""Whose turn it is to send: those who share a limit of the service, in the order in which they came."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from replicate_typed.rates import (
    CREATES,
    Seen,
    kind_of,
    look_again,
    seen_in_answer,
    seen_in_refusal,
    wait_after,
    wait_unknowing,
)

if TYPE_CHECKING:
    from replicate_api.types import Operation

PLENTY = 1000  # no more than that is under way at a time


class Turns:
    """Requests that are counted together, sent by any number of threads and tasks."""

    __slots__ = ("_answered", "_joined", "_lock", "_seen", "_sent", "_settled", "_since", "_unknowing", "_waiting")

    def __init__(self, *, is_careful: bool) -> None:
        self._lock = threading.Lock()
        self._sent = 0
        self._settled = 0  # how many of them are under way no more
        self._since = 0.0  # when the first of those under way was sent
        self._answered = 0  # the last one whose answer has told something
        self._seen: Seen | None = None
        self._unknowing = is_careful  # nothing was answered yet, and that calls for care
        self._joined = 0
        self._waiting: list[int] = []  # who waits, in order

    def take(self, now: float) -> int | None:
        """The number of a request that may be sent at once; None if others wait, or it must."""
        with self._lock:
            if self._waiting or self._wait(0, now):
                return None
            return self._send(now)

    def join(self) -> int:
        """A place at the end of those who wait."""
        with self._lock:
            self._joined += 1
            self._waiting.append(self._joined)
            return self._joined

    def take_at(self, place: int, now: float) -> tuple[int | None, float]:
        """The number of the request of who waits at that place, or None and seconds after which to ask again."""
        with self._lock:
            ahead = bisect_left(self._waiting, place)
            if wait := self._wait(ahead, now):
                return None, look_again(wait, self._seen)
            del self._waiting[ahead]
            return self._send(now), 0.0

    def leave(self, place: int) -> None:
        """Wait no more."""
        with self._lock:
            ahead = bisect_left(self._waiting, place)
            if ahead < len(self._waiting) and self._waiting[ahead] == place:
                del self._waiting[ahead]

    def answered(self, number: int, headers: Mapping[str, str], now: float) -> None:
        """A request was answered, with limits in the headers or without any."""
        seen = self._seen
        if seen is not None and seen.remaining > PLENTY and number - self._answered < PLENTY // 2:
            self._settled += 1  # what it says can wait: reading it takes longer than all the rest
            return
        remaining = _whole(headers.get("ratelimit-remaining"))
        with self._lock:
            self._settled += 1
            self._unknowing = False
            if remaining is None:
                self._seen = None
            elif number > self._answered:
                reset = _whole(headers.get("ratelimit-reset"))
                self._seen = seen_in_answer(self._seen, remaining, reset, number - self._answered, now)
                self._answered = number

    def refused(self, number: int, retry_after: float, now: float) -> None:
        """A request was one too many; all wait as long as its answer says."""
        with self._lock:
            self._settled += 1
            self._unknowing = False
            self._seen = seen_in_refusal(self._seen, retry_after, max(number - self._answered, 1), now)
            self._answered = max(self._answered, number)

    def unanswered(self) -> None:
        """A request came to nothing that tells of limits."""
        with self._lock:
            self._settled += 1

    def _send(self, now: float) -> int:
        if self._settled == self._sent:
            self._since = now
        self._sent += 1
        return self._sent

    def _wait(self, ahead: int, now: float) -> float:
        if self._seen is not None:
            return wait_after(self._seen, self._sent - self._answered + ahead, now)
        under_way = self._sent - self._settled
        return wait_unknowing(under_way + ahead, now - self._since) if self._unknowing and under_way else 0.0


class Limits:
    """The limits that a client meets: for each token, and each kind of request, those who share it."""

    def __init__(self) -> None:
        self._turns: dict[tuple[str | None, str], Turns] = {}

    def turns(self, operation: Operation[Any], token: str | None) -> Turns | None:
        """Those who share a limit with this operation; None if it has none."""
        kind = kind_of(operation)
        if kind is None:
            return None
        found = self._turns.get((token, kind))
        if found is None:  # limits are those of an account: with no token, there is none to be careful for
            found = self._turns.setdefault((token, kind), Turns(is_careful=kind == CREATES and token is not None))
        return found


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else None
