"""What was asked for, and what may be its prediction: pure decisions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from happenings import PREDICTION
from hypothesis import given, strategies as st

from replicate_typed.lost_creates import (
    MARGIN,
    RESOLUTION,
    canonical,
    id_in,
    may_be,
    outcome_of_search,
    sought_in,
    window_of,
)
from replicate_typed.models import Prediction

VERSION = "ab" * 32
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(), values))
def test_a_value_and_its_json_are_the_same(value: dict[str, object]) -> None:
    """However the service writes it: in another order, with other escapes."""
    again = json.loads(json.dumps(value, ensure_ascii=False))
    assert canonical(again) == canonical(value)
    assert canonical(dict(reversed(list(value.items())))) == canonical(value)


def test_what_differs_is_not_the_same() -> None:
    """Types count, but for 1 and 1.0: a service in another language knows only one of them."""
    assert canonical(1.0) == canonical(1)
    assert canonical(-0.0) == canonical(0)
    assert canonical({"a": [1.0, {"b": 2}]}) == canonical({"a": [1, {"b": 2.0}]})
    different = [1, 1.5, "1", True, None, [], {}, [1], {"a": 1}, {"a": None}, {"b": 1}, [1, 2], [2, 1], "a", "A"]
    assert len({canonical(value) for value in different}) == len(different)


@pytest.mark.parametrize(
    ("path", "body", "target"),
    [
        ("/models/Acme/Echo/predictions", {}, "models/acme/echo"),
        ("/deployments/acme/prod/predictions", {}, "deployments/acme/prod"),
        ("/predictions", {"version": VERSION}, f"versions/{VERSION}"),
        ("/predictions", {"version": f"acme/echo:{VERSION}"}, f"versions/{VERSION}"),
        ("/predictions", {"version": "acme/Echo"}, "models/acme/echo"),
        ("/predictions", {"version": 5}, None),
        ("/predictions", {}, None),
        ("/elsewhere/predictions", {}, None),
    ],
)
def test_what_was_asked_for(path: str, body: dict[str, object], target: str | None) -> None:
    """A model, a version or a deployment, in whatever way it was named."""
    sought = sought_in(path, json.dumps(body | {"input": {"b": 1, "a": 2}}).encode())
    assert (sought and sought.target) == target
    if sought:
        assert sought.input == '{"a":2,"b":1}'


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"5", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_create_asks_for_nothing(body: bytes) -> None:
    """A plain request may send anything; and an answer may be anything."""
    assert sought_in("/predictions", body) is None
    assert id_in(body) is None


def test_the_id_of_an_answer() -> None:
    """A string, or none."""
    assert id_in(b'{"id": "abc"}') == "abc"
    assert id_in(b'{"id": 5}') is None


@given(
    server=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    local=st.floats(0, 1e6),
    lost_after=st.floats(0, 600),
    asked_after=st.floats(0, 60),
    took=st.floats(0, 60),
    share=st.floats(0, 1),
    made_after=st.floats(0, 1),
)
def test_the_window_holds_whatever_was_made_meanwhile(
    server: datetime, local: float, lost_after: float, asked_after: float, took: float, share: float, made_after: float
) -> None:
    """Whatever the two clocks say, however long requests take, and however `Date` is rounded."""
    sent = server.replace(tzinfo=UTC)
    made = sent + timedelta(seconds=made_after * lost_after)
    dated = sent + timedelta(seconds=lost_after + asked_after + share * took)
    window = window_of(format_datetime(dated, usegmt=True), local + lost_after + asked_after + took, local)
    assert window is not None
    assert window.start <= made <= window.end
    assert sent - window.start <= MARGIN + RESOLUTION + timedelta(seconds=took + 0.001)
    assert window.end <= dated + MARGIN + RESOLUTION


def test_an_earlier_answer_tells_the_time_too() -> None:
    """It came before the create was sent."""
    window = window_of("Thu, 01 Jan 2026 10:00:00 GMT", 50.0, 110.0)
    assert window is not None
    assert window.start == datetime(2026, 1, 1, 10, 1, 0, tzinfo=UTC) - MARGIN


@pytest.mark.parametrize("date", ["", "now", "Thu, 99 Jan 2026 10:00:00 GMT"])
def test_a_date_that_cannot_be_read_is_none(date: str) -> None:
    """Then there is no window."""
    assert window_of(date, 0.0, 0.0) is None


def test_an_official_model_may_be_asked_for_by_its_name() -> None:
    """The record has a version of its own; what was made on a deployment is not the model's."""
    window = window_of("Thu, 01 Jan 2026 00:00:00 GMT", 0.0, 0.0)
    sought = sought_in("/predictions", b'{"version": "acme/echo", "input": {}}')
    assert window
    assert sought
    made = PREDICTION | {"model": "acme/echo", "version": "hidden"}
    assert may_be(Prediction.from_dict(made), sought, window)
    assert not may_be(Prediction.from_dict(made | {"deployment": "acme/prod"}), sought, window)


def test_what_is_said_of_a_search_in_vain() -> None:
    """What had happened, that it was not sent again, and what it may be."""
    one, two = (Prediction.from_dict(PREDICTION | {"id": id}) for id in ("one", "two"))
    assert outcome_of_search("reset", []) == (
        "reset; it was sent, so a prediction may have been created, and was not asked for again: "
        "it was looked for among the newest predictions, but none is surely the one"
    )
    assert outcome_of_search("reset", [one, two]).endswith("it may be any of one, two, or none of them")
    assert "it may be one, but another call" in outcome_of_search("reset", [one])
