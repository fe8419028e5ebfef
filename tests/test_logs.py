"""What logs tell: how far the work has come, and what is new."""

from __future__ import annotations

import copy
import pickle
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st
from predictions import BODY

from replicate_typed import Progress, Update
from replicate_typed.logs import new_logs, progress_of
from replicate_typed.models import Prediction

HALF = "50%|█████     | 5/10 [00:05<00:05,  1.00it/s]"


@pytest.mark.parametrize(
    ("logs", "progress"),
    [
        (HALF, Progress(0.5, 5, 10)),
        (f"loading\n  0%|          | 0/10\r 10%|█         | 1/10\r {HALF}", Progress(0.5, 5, 10)),
        (f"{HALF}\n100%|██████████| 7/7 [00:01<00:00]\nsaving\n", Progress(1.0, 7, 7)),
        (f"{HALF}\r\nsaving", Progress(0.5, 5, 10)),
        (" 33% |###   | 1 / 3\n", None),
        ("33% |###   | 1/3", Progress(0.33, 1, 3)),
        ("  7%|7         |  1/ 14", None),
        ("done: 50% | all of it", None),
        ("epoch 1:  50%|█████     | 5/10", Progress(0.5, 5, 10)),
        ("step 50%|█████     | 5/10", None),
        ("50%|█████     | 5/?", None),
        ("50%\n|█████     | 5/10", None),
        (f"a\u2028{HALF}", None),
        ("999%|█████     | 5/10", Progress(1.0, 5, 10)),
        (f"50%|█████     | 5/{'9' * 5000}", Progress(0.5, 5, int("9" * 18))),
        ("", None),
        (None, None),
    ],
)
def test_progress_is_what_the_last_bar_shows(logs: str | None, progress: Progress | None) -> None:
    """Of tqdm, whose bars are drawn over each other; whatever else is printed is no progress."""
    assert progress_of(logs) == progress


def test_a_line_of_any_length_is_read_in_no_time() -> None:
    """It comes from a model, which may be somebody else's."""
    assert progress_of("50%|" + "|" * 200_000) is None
    assert progress_of("50%|a|" + " " * 200_000 + "x") is None
    assert progress_of("\n" * 200_000) is None
    assert progress_of(": " * 200_000) is None
    assert progress_of(": " + " " * 200_000) is None
    assert progress_of("a: 50%|" * 100_000) is None


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_what_is_new_is_what_the_logs_have_grown_by(first: str, second: str, third: str) -> None:
    """All that was new, one after the other, is the logs; no line is lost, and none is told twice."""
    states: list[str | None] = [None, first, first + second, first + second + third]
    told = [new_logs(before, now) for before, now in pairwise(states)]
    assert "".join(told) == states[-1]


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        (None, None, ""),
        ("a", None, ""),
        ("a\n", "b\n", "b\n"),
        ("one\ntwo\n", "two\nthree\n", "two\nthree\n"),
        ("ab", "a", "a"),
        ("50%|█", "50%|██", "█"),
    ],
)
def test_logs_that_were_replaced_are_new_as_a_whole(before: str | None, now: str | None, new: str) -> None:
    """Nothing is guessed; logs that were removed say nothing, and an unfinished line goes on later."""
    assert new_logs(before, now) == new


def test_an_update_is_a_value() -> None:
    """Which one can make in a test of a callback, compare, copy and pickle."""
    prediction = Prediction.from_dict({**BODY, "status": "processing", "logs": HALF})
    update = Update(prediction, new_logs="x")
    assert update == pickle.loads(pickle.dumps(update)) == copy.deepcopy(update)
    assert update.progress == pickle.loads(pickle.dumps(update.progress)) == Progress(0.5, 5, 10)
    assert update.status == "processing"
    assert repr(update) == "<Update prediction p1: processing, 5 of 10, new logs 'x'>"
    assert repr(Update(Prediction.from_dict(BODY))) == "<Update prediction p1: starting>"
    with pytest.raises(AttributeError):
        update.new_logs = "y"  # type: ignore[misc]  # wrong on purpose
