"""Pauses, and what may be sent again: pure decisions."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from replicate_typed import VirtualClock
from replicate_typed.deadlines import LONGEST_TIMEOUT, SHORTEST_TIMEOUT, Deadline, Timeouts
from replicate_typed.pacing import (
    Mishap,
    may_have_happened,
    may_send_again,
    mishap_of,
    poll_pause,
    retry_pause,
)


@pytest.mark.parametrize(
    ("mishap", "repeatable", "other", "happened"),
    [
        (Mishap.NOT_CONNECTED, True, True, False),
        (Mishap.NOT_ACCEPTED, True, True, False),
        (Mishap.UNANSWERED, True, False, True),
        (Mishap.BROKEN, True, False, True),
        (Mishap.REFUSED, False, False, False),
    ],
)
def test_the_table_is_the_one_in_the_module(mishap: Mishap, repeatable: bool, other: bool, happened: bool) -> None:
    """What may have happened is never sent again, unless it may happen twice."""
    assert may_send_again(mishap, is_repeatable=True) is repeatable
    assert may_send_again(mishap, is_repeatable=False) is other
    assert may_have_happened(mishap) is happened


@given(st.integers(300, 999), st.booleans(), st.booleans())
def test_every_error_status_means_something(status: int, is_problem: bool, has_retry_after: bool) -> None:
    """And only 429 and a 503 of the service's own say that nothing was accepted."""
    mishap = mishap_of(status, is_problem=is_problem, has_retry_after=has_retry_after)
    refused_for_now = status == 429 or (status == 503 and (is_problem or has_retry_after))
    assert (mishap is Mishap.NOT_ACCEPTED) == refused_for_now
    assert (mishap is Mishap.REFUSED) == (status < 500 and status not in {408, 429})


@given(st.integers(1, 2000), st.floats(0, 1))
def test_pauses_between_tries_grow_to_a_limit(tries: int, chance: float) -> None:
    """Twice as long each time, eight seconds at most, and anything below that by chance."""
    pause = retry_pause(tries, retry_after=None, chance=chance)
    assert 0 <= pause <= min(8, 0.5 * 2 ** min(tries - 1, 10))
    assert pause == chance * retry_pause(tries, retry_after=None, chance=1)


@given(st.floats(0, 1e9), st.floats(0, 1))
def test_a_pause_that_is_asked_for_is_kept_to_a_minute(seconds: float, chance: float) -> None:
    """Chance has no part in it."""
    assert retry_pause(1, retry_after=seconds, chance=chance) == min(seconds, 60)


def test_pauses_between_looks_are_a_tenth_of_what_has_passed() -> None:
    """A tenth of a second at least, three at most; or the interval that is set."""
    elapsed = (0, 0.5, 1, 5, 20, 30, 1000)
    assert [poll_pause(each, None) for each in elapsed] == [0.1, 0.1, 0.1, 0.5, 2, 3, 3]
    assert {poll_pause(each, 0.25) for each in elapsed} == {0.25}


def test_timeouts_are_what_is_left() -> None:
    """Each when it is looked up, until they stand still; never so short that a socket would not wait at all."""
    clock = VirtualClock()
    timeouts = Timeouts(Deadline(clock, 10))
    assert dict(timeouts) == {"connect": 10, "read": 10, "write": 10, "pool": 10}
    clock.sleep(4)
    assert timeouts["connect"] == timeouts.get("read") == 6
    clock.sleep(6)
    assert timeouts.get("read") == SHORTEST_TIMEOUT
    assert timeouts.get("other") is None
    timeouts.stand_still()
    assert timeouts.get("read") == 10


def test_timeouts_are_never_longer_than_a_socket_takes() -> None:
    """However long the deadline, or if there is none."""
    for seconds in (1e300, None):
        assert Timeouts(Deadline(VirtualClock(), seconds)).get("read") == LONGEST_TIMEOUT


def test_a_deadline_passes() -> None:
    """And an earlier one within it passes first."""
    clock = VirtualClock()
    deadline = Deadline(clock, 10)
    earlier, never = deadline.within(4), Deadline(clock, None)
    assert deadline.within(40).remaining == 10
    clock.sleep(4)
    assert (earlier.has_passed, deadline.has_passed, never.has_passed) == (True, False, False)
    assert (deadline.elapsed, deadline.remaining) == (4, 6)
    clock.sleep(7)
    assert (deadline.has_passed, deadline.remaining) == (True, 0)
