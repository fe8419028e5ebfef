"""What was handed out of a prediction's events is neither lost nor given twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st
from predictions import BODY

from replicate_typed import (
    ModelError,
    Prediction,
    PredictionAbortedError,
    PredictionCanceledError,
    PredictionFailedError,
)
from replicate_typed.events import Event, EventType
from replicate_typed.transcript import Transcript, failure_of, pieces_of, rest

OUTPUT, LOGS, ERROR, DONE = EventType.OUTPUT, EventType.LOGS, EventType.ERROR, EventType.DONE


def prediction(status: str = "processing", **changes: Any) -> Prediction:
    return Prediction.from_dict({**BODY, "status": status, **changes})


def transcript(*given: Event) -> Transcript:
    made = Transcript()
    for event in given:
        made.add(event)
    return made


def outputs(*texts: str) -> list[Event]:
    return [Event(OUTPUT, text) for text in texts]


def events(ids: st.SearchStrategy[str | None]) -> st.SearchStrategy[Event]:
    return st.builds(Event, st.sampled_from(list(EventType)), st.sampled_from(["a", "b"]), ids)


WITHOUT_IDS = st.lists(events(st.none()), max_size=12)
WITH_IDS = st.lists(events(st.sampled_from(["1", "2", "3", "", None])), max_size=12).map(
    lambda others: [Event(OUTPUT, "a", "1"), *others]
)


@given(WITHOUT_IDS | WITH_IDS, st.lists(st.integers(0, 13), max_size=4))
def test_a_service_that_begins_anew_gives_nothing_twice(told: list[Event], cuts: list[int]) -> None:
    """Each event is new once, in order, whether it has an id, or none, or that of others."""
    made = Transcript()
    new: list[Event] = []
    for cut in [*cuts, len(told)]:
        made.begin_again()
        new += [event for event in told[:cut] if made.is_new(event)]
    assert new == told


def test_a_service_that_goes_on_after_the_last_id_loses_nothing() -> None:
    """Events without an id, which came after that one, come again with it."""
    first = [Event(OUTPUT, "a", "1"), Event(OUTPUT, "x"), Event(OUTPUT, "b", "2"), Event(OUTPUT, "c")]
    made = Transcript()
    assert [event for event in first if made.is_new(event)] == first
    made.begin_again()
    following = [Event(OUTPUT, "c"), Event(OUTPUT, "d"), Event(OUTPUT, "e", "3")]
    assert [event.data for event in following if made.is_new(event)] == ["d", "e"]
    made.begin_again()
    assert made.is_new(Event(OUTPUT, "f"))


def test_equal_ids_within_one_connection_are_no_repetition() -> None:
    """A service that does not count its events loses none of them."""
    made = Transcript()
    assert all(made.is_new(event) for event in [Event(OUTPUT, "a", "0"), Event(OUTPUT, "b", "0"), Event(OUTPUT, "c")])


def test_the_text_is_that_of_the_outputs() -> None:
    """And of nothing else."""
    made = transcript(Event(OUTPUT, "a"), Event(LOGS, "x"), Event(EventType("progress"), "50"), Event(OUTPUT, "b"))
    assert made.text == "ab"


@pytest.mark.parametrize(
    ("told", "output", "missing"),
    [
        ([], ["a", "b"], ["a", "b"]),
        (["a"], ["a", "b", ""], ["b", ""]),
        (["a", "b"], ["a", "b"], []),
        (["ab"], ["a", "b", "c"], ["c"]),
        (["a", "b"], "abc", ["c"]),
        ([], None, []),
        ([], "", [""]),
        (["x\ny"], ["x\r\ny", "\rz"], ["\rz"]),
        (["x\n", "y"], "x\ry\rz", ["\nz"]),
        (["?"], ["\ud83d", "b"], ["b"]),
        ([], [{"a": 1}, 2, None, "é"], ['{"a":1}', "2", "null", "é"]),
    ],
)
def test_what_is_missing_is_found_in_the_prediction(told: list[str], output: Any, missing: list[str]) -> None:
    """V22: from the first piece on, whatever pieces were given before, and with what line ends."""
    assert transcript(*outputs(*told)).missing(prediction(output=output)) == outputs(*missing)


@pytest.mark.parametrize(("told", "output"), [(["a"], None), (["a", "b"], ["a"]), (["a"], ["b"]), (["ab"], "a")])
def test_a_prediction_that_does_not_begin_so_is_not_gone_on_with(told: list[str], output: Any) -> None:
    """Nothing is guessed."""
    assert transcript(*outputs(*told)).missing(prediction(output=output)) is None


def test_missing_logs_come_before_missing_output() -> None:
    """Only what is new of them; logs that differ are not given again."""
    made = transcript(Event(LOGS, "50%\n"))
    seen = prediction(logs="50%\r100%\n", output=["a"])
    assert made.missing(seen) == [Event(LOGS, "100%\n"), Event(OUTPUT, "a")]
    assert transcript(Event(LOGS, "else")).missing(seen) == outputs("a")
    assert Transcript().missing(prediction(logs="")) == Transcript().missing(prediction(logs=None)) == []


def test_an_object_is_given_only_when_it_is_whole() -> None:
    """A list is given item by item, and text as it grows."""
    assert Transcript().missing(prediction(output={"a": 1})) == []
    assert Transcript().missing(prediction("succeeded", output={"a": 1})) == outputs('{"a":1}')
    assert pieces_of(5, is_whole=True) == ["5"]


@given(st.lists(st.text(st.sampled_from("ab\n\r")), max_size=6), st.integers(0, 30))
def test_what_was_given_and_the_rest_are_the_whole(whole: list[str], cut: int) -> None:
    """Cut anywhere in the text, which a stream gives with its own line ends."""
    text = "".join(whole)
    given = [text[:cut]] if text[:cut] else []
    following = rest(given, whole)
    assert following is not None
    assert "".join([*given, *following]) == text


@pytest.mark.parametrize(
    ("event", "seen", "kind", "message"),
    [
        (Event(ERROR, '{"detail":"no"}'), prediction("failed", error="boom"), PredictionFailedError, "failed: boom"),
        (Event(ERROR, '{"detail":"no"}'), prediction("failed"), PredictionFailedError, "failed: no"),
        (Event(ERROR, '{"detail":"no"}'), prediction(), PredictionFailedError, "failed: no"),
        (Event(ERROR, '{"detail":"no"}'), prediction("succeeded"), PredictionFailedError, "failed: no"),
        (Event(ERROR, "plain"), prediction(), PredictionFailedError, "failed: plain"),
        (Event(ERROR, ""), prediction(), PredictionFailedError, "failed: no reason given"),
        (Event(DONE, '{"reason":"error"}'), prediction("failed", error="boom"), PredictionFailedError, "failed: boom"),
        (Event(DONE, '{"reason":"error"}'), prediction(), PredictionFailedError, "failed: error"),
        (Event(DONE, '{"reason":"canceled"}'), prediction(), PredictionCanceledError, "was canceled"),
        (Event(DONE, '{"reason":"canceled"}'), prediction("aborted"), PredictionAbortedError,
         "was aborted before it started"),
        (Event(DONE, "{}"), prediction("canceled"), PredictionCanceledError, "was canceled"),
        (Event(DONE, "{}"), prediction("failed"), PredictionFailedError, "failed: no reason given"),
    ],
)  # fmt: skip
def test_an_end_that_is_not_good_is_an_error(
    event: Event, seen: Prediction, kind: type[ModelError], message: str
) -> None:
    """V24: of our tree, with the prediction, in its words if it has any."""
    failure = failure_of(event, seen)
    assert failure is not None
    assert type(failure) is kind
    assert str(failure) == f"prediction p1 of acme/echo {message}"
    assert failure.prediction is seen


@pytest.mark.parametrize(
    ("event", "seen"),
    [
        (Event(DONE, "{}"), prediction()),
        (Event(DONE, ""), prediction("succeeded")),
        (Event(DONE, '{"reason":"canceled"}'), prediction("succeeded")),
    ],
)
def test_any_other_end_is_a_good_one(event: Event, seen: Prediction) -> None:
    """What the prediction itself says counts for more."""
    assert failure_of(event, seen) is None
