"""How long to wait before sending, so as to stay below the service's rate; pure.

The service counts creates of predictions, reads of one prediction and everything else apart, by the minute, and files
not at all. Each answer says how many more there may be just now (`ratelimit-remaining`); what was not used is there
for a burst, and more come with time. `ratelimit-reset` says in how many seconds, but not how many more: that is learned
from what remains after a wait, or from how long a refusal says to wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from replicate_api.types import Operation

CREATES, READS, OTHERS = "creates", "reads", "others"
LONGEST_HOLD = 60.0  # seconds; whatever the service says, it is asked again after that
USUAL_RESET = 1.0  # seconds; what was recorded
DOUBLING = 0.5  # seconds in which twice as many creates may be under way as before, while nothing is known
LOOK_AGAIN = 0.05  # seconds; an answer may come at any time
NO_TIME = 1e-6  # seconds: sums that should be equal differ by less


class Seen(NamedTuple):
    """What the service said last."""

    remaining: int
    at: float
    """When it said so; or until when nothing more may be sent, and that many then."""
    reset: float = USUAL_RESET
    learned: float | None = None
    """Seconds in which one more is allowed, as far as is known."""

    @property
    def interval(self) -> float:
        """The best guess at it."""
        return self.reset if self.learned is None else self.learned


def kind_of(operation: Operation[Any]) -> str | None:
    """What an operation counts as; None if it is not limited: files, and whatever is not of the API."""
    path = operation.path
    if path.startswith("/predictions/") and operation.method == "GET" and path.count("/") == 2:
        return READS
    if not path.startswith("/") or path == "/files" or path.startswith("/files/"):
        return None
    return CREATES if is_create(operation) else OTHERS


def is_create(operation: Operation[Any]) -> bool:
    """Whether an operation creates a prediction, in any of the three ways or as a plain request."""
    return operation.method == "POST" and operation.path.endswith("/predictions")


def wait_after(seen: Seen, sent: int, now: float) -> float:
    """Seconds to wait before one more is sent, when so many were sent since the service said what it said."""
    missing = max(0, 1 - seen.remaining + sent)
    wait = seen.at - now + missing * seen.interval
    return wait if wait > NO_TIME else 0.0


def wait_unknowing(under_way: int, elapsed: float) -> float:
    """Seconds to wait before another create while nothing was said yet, and so many wait for their answers.

    The first is to tell; should its answer be held back, more and more go all the same.
    """
    if under_way < 2.0 ** min(elapsed / DOUBLING, 60.0):
        return 0.0
    return LOOK_AGAIN


def look_again(wait: float, seen: Seen | None) -> float:
    """Seconds of a wait after which it is worth another look: there may be more by then than was thought."""
    if wait <= LOOK_AGAIN:
        return wait
    return min(wait, seen.reset) if seen is not None and seen.learned is None else wait / 2


def seen_in_answer(before: Seen | None, remaining: int, reset: float | None, sent: int, now: float) -> Seen:
    """What is known after an answer to the last of `sent` requests since `before`."""
    reset = USUAL_RESET if reset is None else min(reset, LONGEST_HOLD)
    if before is None:
        return Seen(remaining, now, reset)
    if now < before.at:  # sent before the service said to wait
        return before
    learned = before.learned
    was_exhausted = sent > before.remaining
    came = remaining - before.remaining + sent
    if was_exhausted and came >= 2 and now > before.at:
        # Parts of one were there before, and are there now: at least one less has come in whole.
        interval = (now - before.at) / (came - 1)
        learned = interval if learned is None else min(learned, interval)
    return Seen(remaining, now, reset, learned)


def seen_in_refusal(before: Seen | None, retry_after: float, sent: int, now: float) -> Seen:
    """What is known after 429 to the last of `sent` requests since `before`: one may be sent in so many seconds."""
    retry_after = min(retry_after, LONGEST_HOLD)
    at = now + retry_after
    if before is None:
        return Seen(1, at, max(retry_after, USUAL_RESET))
    # Those between were accepted, for all that is known; with the next one, so many will have come since then.
    came = sent - before.remaining
    learned = (at - before.at) / came if came >= 1 and at > before.at else max(before.interval, retry_after)
    return Seen(1, max(at, before.at), before.reset, min(learned, LONGEST_HOLD))
