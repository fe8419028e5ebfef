# Made by scripts/unasync.py from tests/_async/test_handles.py; do not edit.
"""Handles on predictions: waiting when time runs out, and coming back to one."""

from __future__ import annotations

from typing import Any

import pytest

from replicate_typed import Client, MockTransport, NotFoundError, RunTimeoutError

pytestmark = pytest.mark.anyio


@pytest.fixture
def mock() -> MockTransport:
    service = MockTransport()
    service.model("acme/slow", starting=1, processing=9)(lambda: "done")
    return service


def test_a_handle_knows_what_became_of_a_prediction_that_took_too_long(mock: MockTransport) -> None:
    """It was canceled, and the handle shows it."""
    run = Client(transport=mock).submit("acme/slow")
    with pytest.raises(RunTimeoutError):
        run.wait(timeout=3)
    assert run.prediction.status == "canceled"


def test_a_handle_can_be_waited_on_again(mock: MockTransport) -> None:
    """With `cancel_on_exit=False`, running out of time ends the wait alone."""
    run = Client(transport=mock).submit("acme/slow")
    with pytest.raises(RunTimeoutError):
        run.wait(timeout=3, cancel_on_exit=False)
    assert run.prediction.status == "processing"
    assert run.result(timeout=30) == "done"


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), "5", True])
def test_a_timeout_that_is_no_time_is_refused(mock: MockTransport, timeout: Any) -> None:
    """Before the prediction is looked at."""
    run = Client(transport=mock).submit("acme/slow")
    with pytest.raises((ValueError, TypeError), match="timeout must be a number of seconds"):
        run.wait(timeout=timeout)
    assert len(mock.requests) == 1


def test_one_can_come_back_to_a_prediction_from_anywhere(mock: MockTransport) -> None:
    """By its id, which costs one request, or by the prediction itself, which costs none."""
    started = Client(transport=mock).submit("acme/slow")
    client = Client(transport=mock)
    before = len(mock.requests)
    run = client.attach(started.id)
    assert [f"{request.method} {request.path}" for request in mock.requests[before:]] == [
        f"GET /predictions/{started.id}"
    ]
    again = client.attach(run.prediction)
    assert len(mock.requests) == before + 1
    assert (run.id, run.status, run.logs) == (again.id, again.status, again.logs) == (started.id, "starting", "")
    assert run.result() == again.result() == "done"


def test_a_handle_of_what_has_ended_asks_for_nothing_more(mock: MockTransport) -> None:
    """The result is there, whoever asks for it."""
    run = Client(transport=mock).submit("acme/slow")
    run.wait()
    again = Client(transport=mock).attach(run.id)
    before = len(mock.requests)
    assert again.result() == "done"
    assert len(mock.requests) == before


@pytest.mark.parametrize("wrong", [None, 5, "", ".."])
def test_what_is_no_prediction_is_refused_before_any_request(mock: MockTransport, wrong: Any) -> None:
    """The argument is named."""
    client = Client(transport=mock)
    for call in (client.attach, client.wait):
        with pytest.raises((TypeError, ValueError), match="prediction must"):
            call(wrong)
    assert mock.requests == []


def test_an_id_that_nobody_has_is_not_found(mock: MockTransport) -> None:
    """As for any request for it."""
    with pytest.raises(NotFoundError):
        Client(transport=mock).attach("nobody")


def test_a_handle_says_what_it_is_of(mock: MockTransport) -> None:
    """Which prediction of what, and how far it was when it was last seen."""
    run = Client(transport=mock).submit("acme/slow")
    assert repr(run).removeprefix("<Async").removeprefix("<") == f"Run prediction {run.id} of acme/slow: starting>"
    run.cancel()
    assert repr(run).endswith(": canceled>")
