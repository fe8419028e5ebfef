"""How long to wait below the service's rate: pure decisions."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from replicate_api.api.account.account_get import account_get
from replicate_api.api.deployments_predictions.deployments_predictions_create import deployments_predictions_create
from replicate_api.api.files.files_list import files_list
from replicate_api.api.models_predictions.models_predictions_create import models_predictions_create
from replicate_api.api.predictions.predictions_cancel import predictions_cancel
from replicate_api.api.predictions.predictions_create import predictions_create
from replicate_api.api.predictions.predictions_get import predictions_get
from replicate_api.api.predictions.predictions_list import predictions_list
from replicate_api.api.trainings.trainings_create import trainings_create
from replicate_typed.foreign import foreign_get
from replicate_typed.plain import plain_operation
from replicate_typed.rates import (
    CREATES,
    LOOK_AGAIN,
    OTHERS,
    READS,
    Seen,
    kind_of,
    look_again,
    seen_in_answer,
    seen_in_refusal,
    wait_after,
    wait_unknowing,
)
from replicate_typed.turns import PLENTY, Turns


def test_what_is_counted_together() -> None:
    """As was recorded: creates of predictions, reads of one, all else; files and other hosts are not counted."""
    kinds = [
        (predictions_create(version="v", input={}), CREATES),
        (models_predictions_create("a/b", input={}), CREATES),
        (deployments_predictions_create("a/b", input={}), CREATES),
        (plain_operation("POST", "/predictions", {}), CREATES),
        (predictions_get("x"), READS),
        (plain_operation("GET", "/predictions/x"), READS),
        (predictions_cancel("x"), OTHERS),
        (predictions_list(), OTHERS),
        (trainings_create("a/b", "v", destination="a/c", input={}), OTHERS),
        (account_get(), OTHERS),
        (files_list(), None),
        (plain_operation("GET", "/files/x"), None),
        (foreign_get("stream", "https://x/predictions/1", "https://y"), None),
    ]
    assert [kind_of(operation) for operation, _ in kinds] == [kind for _, kind in kinds]


def test_what_remains_may_be_sent_at_once() -> None:
    """What was sent since counts against it; after that, one more every so often."""
    seen = Seen(remaining=3, at=100.0, reset=2.0)
    assert [wait_after(seen, sent, 100.0) for sent in range(6)] == [0, 0, 0, 2, 4, 6]
    assert [wait_after(seen, sent, 103.0) for sent in range(6)] == [0, 0, 0, 0, 1, 3]


def test_nothing_is_sent_while_the_service_says_to_wait() -> None:
    """And then as many as it said."""
    seen = Seen(remaining=1, at=110.0, learned=10.0)
    assert [wait_after(seen, sent, 100.0) for sent in range(3)] == [10, 20, 30]
    assert [wait_after(seen, sent, 110.0) for sent in range(3)] == [0, 10, 20]


def test_how_fast_more_come_is_learned_from_what_remains_after_a_wait() -> None:
    """The header tells when, but not how many."""
    empty = Seen(remaining=0, at=0.0)
    seen = seen_in_answer(empty, remaining=9, reset=1, sent=1, now=1.0)
    assert (seen.remaining, seen.at) == (9, 1.0)
    assert seen.learned == pytest.approx(1 / 9)
    slower = seen_in_answer(seen, remaining=1, reset=1, sent=12, now=2.0)  # three more than there were
    assert slower.learned == pytest.approx(1 / 9)


def test_nothing_is_learned_from_a_bucket_that_may_be_full() -> None:
    """After an hour of nothing, no more are there than at most."""
    full = Seen(remaining=599, at=0.0)
    assert seen_in_answer(full, remaining=599, reset=1, sent=1, now=3600.0).learned is None
    half = Seen(remaining=300, at=0.0)
    assert seen_in_answer(half, remaining=599, reset=1, sent=1, now=3600.0).learned is None


def test_how_fast_more_come_is_learned_from_a_refusal() -> None:
    """Six in a minute are one in ten seconds: asked after one second, it says to wait nine more."""
    empty = Seen(remaining=0, at=0.0)
    refused = seen_in_refusal(empty, 9, sent=1, now=1.0)
    assert refused == Seen(remaining=1, at=10.0, learned=10.0)
    assert wait_after(refused, 0, 1.0) == 9
    sent = seen_in_answer(refused, remaining=0, reset=1, sent=1, now=10.0)
    assert wait_after(sent, 0, 10.0) == 10


def test_what_was_sent_before_the_service_said_to_wait_ends_no_wait() -> None:
    """Its answer may come later, with what remained before."""
    refused = seen_in_refusal(None, 9, sent=1, now=1.0)
    assert seen_in_answer(refused, remaining=3, reset=1, sent=1, now=2.0) is refused


@given(
    before=st.none()
    | st.builds(
        Seen, st.integers(0, 10**6), st.floats(0, 1e6), st.floats(0, 60), learned=st.none() | st.floats(0.01, 60)
    ),
    retry_after=st.floats(0, 1e9),
    sent=st.integers(1, 1000),
    now=st.floats(0, 1e6),
)
def test_no_wait_is_longer_than_a_minute(before: Seen | None, retry_after: float, sent: int, now: float) -> None:
    """Whatever the service says: after that it is asked again (V23)."""
    refused = seen_in_refusal(before, retry_after, sent, now)
    assert refused.interval <= 60
    assert refused.at <= max(now, before.at if before else 0) + 60
    assert seen_in_answer(None, 0, retry_after, 1, now).interval <= 60


def test_while_nothing_is_known_creates_go_out_by_twos_and_fours() -> None:
    """The first is to tell; should its answer be held back, twice as many may be under way every half second."""
    assert wait_unknowing(0, 0.0) == 0
    assert wait_unknowing(1, 0.0) == LOOK_AGAIN
    assert [wait_unknowing(1, 0.5), wait_unknowing(2, 0.5), wait_unknowing(3, 1.0), wait_unknowing(4, 1.0)] == [
        0, LOOK_AGAIN, 0, LOOK_AGAIN,
    ]  # fmt: skip
    assert wait_unknowing(10**6, 1e9) == 0


def test_a_long_wait_is_looked_at_again_half_way() -> None:
    """There may be more by then; while the rate is not known, as soon as it may be."""
    assert look_again(0.01, None) == 0.01
    assert look_again(100.0, Seen(0, 0.0, reset=1.0)) == 1.0
    assert look_again(100.0, Seen(0, 0.0, learned=10.0)) == 50.0


def test_who_came_first_goes_first() -> None:
    """Nobody who comes later overtakes those who wait, though there may be enough for one."""
    turns = Turns(is_careful=True)
    assert turns.take(0.0) == 1
    turns.answered(1, {"ratelimit-remaining": "0", "ratelimit-reset": "10"}, 0.0)
    assert turns.take(1.0) is None
    first, second, third = turns.join(), turns.join(), turns.join()
    assert turns.take_at(second, 10.0)[0] is None
    assert turns.take(10.0) is None
    assert turns.take_at(first, 10.0) == (2, 0.0)
    turns.leave(second)
    turns.answered(2, {"ratelimit-remaining": "1", "ratelimit-reset": "10"}, 10.0)
    assert turns.take_at(third, 10.0) == (3, 0.0)
    assert turns.take(10.0) is None


def test_an_answer_without_headers_is_of_a_service_without_limits() -> None:
    """A Cog server, say: from then on everything goes out at once."""
    turns = Turns(is_careful=True)
    assert [turns.take(0.0), turns.take(0.0)] == [1, None]
    turns.answered(1, {}, 0.1)
    assert [turns.take(0.1) for _ in range(3)] == [2, 3, 4]


def test_a_request_that_came_to_nothing_tells_nothing() -> None:
    """The next one is still the one to tell."""
    turns = Turns(is_careful=True)
    turns.take(0.0)
    turns.unanswered()
    assert [turns.take(9.0), turns.take(9.0)] == [2, None]


def test_an_answer_that_was_overtaken_is_old_news() -> None:
    """What remained when a later request came counts."""
    turns = Turns(is_careful=False)
    assert [turns.take(0.0), turns.take(0.0)] == [1, 2]
    turns.answered(2, {"ratelimit-remaining": "0"}, 1.0)
    turns.answered(1, {"ratelimit-remaining": "1"}, 1.0)
    assert turns.take(1.0) is None


@pytest.mark.parametrize("nonsense", ["", "-1", "many", "1.5", "٣", "9" * 30])
def test_a_header_that_is_no_number_is_none(nonsense: str) -> None:
    """And stops nobody."""
    turns = Turns(is_careful=False)
    turns.take(0.0)
    turns.answered(1, {"ratelimit-remaining": nonsense}, 0.0)
    assert turns.take(0.0) == 2


def test_while_plenty_remains_only_some_answers_are_read() -> None:
    """Reading the headers takes longer than all the rest; but often enough to see the end coming."""

    class Headers(dict[str, str]):
        read = 0

        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]  # counts
            self.read += 1
            return super().get(name, default)

    turns = Turns(is_careful=False)
    headers = Headers({"ratelimit-remaining": str(10 * PLENTY), "ratelimit-reset": "1"})
    for _ in range(PLENTY):
        number = turns.take(0.0)
        assert number is not None
        turns.answered(number, headers, 0.0)
    assert headers.read <= 8
