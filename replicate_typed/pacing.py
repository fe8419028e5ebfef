"""How long to pause between polls and between tries, and what may be sent again; pure.

What may be sent again, as often as `retries` allows:

| what happened                                      | repeatable | PATCH | any other POST, such as a create      |
|----------------------------------------------------|------------|-------|---------------------------------------|
| the connection was never made                      | again      | again | again                                 |
| 429; 503 with problem+json or Retry-After          | again      | again | again: it was not accepted            |
| sent, but the answer did not come, or broke off    | again      | never | never: what it asks for may be made   |
| 408 and other 5xx                                  | again      | never | never: what it asks for may be made   |
| any other error status                             | never      | never | never                                 |
| a good status, but nothing that can be read        | never      | never | never: what it asks for was made      |

Repeatable is what does the same twice as once: GET, HEAD, PUT, DELETE, QUERY, and the cancels. The service has no key
by which it would recognize a create that it has seen before, so that one is paid for twice if it is sent twice. Where
the table says that it may be made, there is `AmbiguousCreateError`; a prediction is looked for before (`lost_creates`),
and taken if it is surely the one. A file is sent again only if it can be read again from its beginning.

The pause between two tries is what the service asks for, in `Retry-After` (seconds, or a date of its own clock) or in
the body's `retry_after`, a minute at most. Else it is drawn by chance from nothing to half a second, then to one, two,
four, eight seconds (full jitter), so that many clients do not come back at once. No pause is begun that would end after
the call's deadline, or with which the call would have paused for more than two minutes: then the error is final.
"""

from __future__ import annotations

import enum

FIRST_POLL = 0.1
LONGEST_POLL = 3.0
POLLS_PER_ELAPSED = 0.1

FIRST_BACKOFF = 0.5
LONGEST_BACKOFF = 8.0
LONGEST_RETRY_AFTER = 60.0
LONGEST_PAUSES = 120.0  # seconds between all tries of one call


class Mishap(enum.Enum):
    """What came instead of a good answer."""

    NOT_CONNECTED = "the connection was never made"
    NOT_ACCEPTED = "the service refused it for now"
    UNANSWERED = "the answer did not come, or broke off"
    BROKEN = "the service failed"
    REFUSED = "the service refused it"


def mishap_of(status: int, *, is_problem: bool, has_retry_after: bool) -> Mishap:
    """What an error status means for sending again."""
    if status == 429 or (status == 503 and (is_problem or has_retry_after)):
        return Mishap.NOT_ACCEPTED
    return Mishap.BROKEN if status >= 500 or status == 408 else Mishap.REFUSED


def may_send_again(mishap: Mishap, *, is_repeatable: bool) -> bool:
    """The table above."""
    if mishap is Mishap.REFUSED:
        return False
    return is_repeatable or mishap in {Mishap.NOT_CONNECTED, Mishap.NOT_ACCEPTED}


def may_have_happened(mishap: Mishap) -> bool:
    """Whether the service may have done what it was asked to do, though no good answer came."""
    return mishap in {Mishap.UNANSWERED, Mishap.BROKEN}


def retry_pause(tries: int, *, retry_after: float | None, chance: float) -> float:
    """Seconds before the next try after `tries` of them: what the service asks for, capped, else full jitter.

    `chance` is a number from 0 to 1, drawn anew for each pause.
    """
    if retry_after is not None:
        return min(retry_after, LONGEST_RETRY_AFTER)
    longest: float = min(LONGEST_BACKOFF, FIRST_BACKOFF * 2.0 ** min(tries - 1, 10))
    return chance * longest


def poll_pause(elapsed: float, interval: float | None) -> float:
    """Seconds before the next look at a prediction: the interval, else a tenth of what has passed, within limits.

    With a tenth, the end is seen on average 5 % of the run too late.
    """
    if interval is not None:
        return interval
    return min(LONGEST_POLL, max(FIRST_POLL, elapsed * POLLS_PER_ELAPSED))
