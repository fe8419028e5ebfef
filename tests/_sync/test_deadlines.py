# Made by scripts/unasync.py from tests/_async/test_deadlines.py; do not edit.
"""How long a run waits, how often it looks, and what becomes of the prediction when it is left."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from predictions import BODY, DONE, Scripted, mock_service

from replicate_typed import (
    Client,
    MockTransport,
    PredictionAbortedError,
    PredictionCanceledError,
    RunTimeoutError,
    Update,
    VirtualClock,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def mock() -> MockTransport:
    return mock_service()


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), "5", True])
def test_a_timeout_that_is_no_time_is_refused_before_any_request(mock: MockTransport, timeout: Any) -> None:
    """It must be a number of seconds above zero."""
    client = Client(transport=mock)
    with pytest.raises((ValueError, TypeError), match="timeout must be a number of seconds"):
        client.run("acme/echo", {"text": "a"}, timeout=timeout)
    with pytest.raises((ValueError, TypeError), match="timeout must be a number of seconds"):
        client.wait("abc", timeout=timeout)
    assert mock.requests == []


def test_hold_asks_the_service_to_wait() -> None:
    """`Prefer: wait=n`, with a read timeout that is longer; nothing of the kind without it."""
    seen: list[tuple[str | None, float]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.headers.get("prefer"), request.extensions["timeout"]["read"]))
        return httpx.Response(201, json=BODY | DONE)

    client = Client(transport=httpx.MockTransport(answer), timeout=5)
    client.run("acme/echo", hold=30)
    client.run("acme/echo")
    assert seen[0][0] == "wait=30"
    assert seen[0][1] > 30
    assert seen[1][0] is None
    for wrong in (0, 61, True, 1.5):
        with pytest.raises((ValueError, TypeError), match="hold must be"):
            client.run("acme/echo", hold=wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_an_answer_that_is_held_back_comes_with_the_output(mock: MockTransport) -> None:
    """As soon as there is one, with a single look for the final state; reading it takes no time-out."""
    assert Client(transport=mock, timeout=5).run("acme/echo", {"text": "a"}, hold=60) == "a"
    assert mock.clock.now() == 10
    assert [request.operation for request in mock.requests] == ["models.predictions.create", "predictions.get"]


def test_a_hold_that_ends_without_output_is_followed_by_looks(mock: MockTransport) -> None:
    """The service gives up waiting first; the run does not."""
    assert Client(transport=mock).run("acme/echo", {"text": "a"}, hold=3) == "a"
    assert 10 <= mock.clock.now() <= 11


@pytest.mark.parametrize(
    ("timeout", "held"), [(5, "wait=4"), (2.5, "wait=1"), (1.5, None), (31, "wait=30"), (90, "wait=30")]
)
def test_a_hold_ends_before_the_time_of_the_run(timeout: float, held: str | None) -> None:
    """So that the id is known when time is up, and the prediction can be canceled without a search."""
    seen: list[str | None] = []

    class Seeing(MockTransport):
        def _exchange(self, request: httpx.Request) -> Any:
            if request.method == "POST":
                seen.append(request.headers.get("prefer"))
            return super()._exchange(request)

    service = Seeing()
    service.model("acme/slow", starting=1, processing=999)(lambda: "a")
    with pytest.raises(RunTimeoutError, match="it was canceled") as caught:
        Client(transport=service).run("acme/slow", hold=30, timeout=timeout)
    assert seen[0] == held
    assert service.clock.now() == timeout
    assert service.predictions[0]["id"] == caught.value.prediction_id
    assert service.predictions[0]["status"] == "canceled"


@pytest.mark.parametrize(
    ("starting", "kind"), [(1, PredictionCanceledError), (60, PredictionAbortedError)], ids=["started", "in the queue"]
)
def test_the_service_itself_ends_a_run_after_cancel_after(
    starting: int, kind: type[PredictionCanceledError | PredictionAbortedError]
) -> None:
    """Even if this program is no more; the one that waits is told in what state it was (pain 6)."""
    service = MockTransport()
    service.model("acme/slow", starting=starting, processing=999)(lambda: "a")
    with pytest.raises(kind) as caught:
        Client(transport=service, polling=0.5).run("acme/slow", cancel_after=7)
    assert caught.value.prediction.deadline is not None
    assert service.clock.now() == 7
    for wrong in (4, 0, -1, 7.5, True, "7"):
        with pytest.raises((ValueError, TypeError), match="cancel_after must be"):
            Client(transport=service).run("acme/slow", cancel_after=wrong)  # type: ignore[arg-type]  # wrong on purpose
    assert len(service.predictions) == 1


class ClockAhead(VirtualClock):
    """Ahead by as much as it is told to be."""

    ahead = 0.0

    def now(self) -> float:
        return super().now() + self.ahead


def test_after_an_answer_that_was_held_back_it_looks_at_once_and_often() -> None:
    """It comes with the output when the model is done; the final status, with logs and metrics, follows."""
    clock = ClockAhead()

    class Holding(Scripted):
        def answer(self, request: httpx.Request) -> httpx.Response:
            clock.ahead = 20.0
            return super().answer(request)

    service = Holding(*[{"status": "processing", "output": ["a"]}] * 3, DONE)
    service.clock = clock
    assert Client(transport=service).run("acme/echo", hold=30) == ["a"]
    assert clock.slept == [0.0, 0.1, 0.1]


def test_time_running_out_cancels_the_prediction(mock: MockTransport) -> None:
    """The error carries the prediction, says what was done, and came on time."""
    client = Client(transport=mock)
    with pytest.raises(
        RunTimeoutError, match=r"did not end within 3 s \(last seen processing\); it was canceled"
    ) as caught:
        client.run("acme/echo", {"text": "a"}, timeout=3)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.prediction is not None
    assert mock.clock.now() == 3
    assert (client.predictions.get(caught.value.prediction)).status == "canceled"


def test_time_running_out_may_leave_the_prediction_be(mock: MockTransport) -> None:
    """With `cancel_on_exit=False` it goes on, and can be waited for again."""
    client = Client(transport=mock)
    with pytest.raises(RunTimeoutError, match="it goes on") as caught:
        client.run("acme/echo", {"text": "a"}, timeout=3, cancel_on_exit=False)
    assert caught.value.prediction_id is not None
    assert (client.wait(caught.value.prediction_id)).output == "a"


def test_ending_in_the_last_moment_is_success() -> None:
    """Should the cancel find the prediction finished, its output is the result."""
    service = Scripted({}, {"status": "processing"}, DONE)
    client = Client(transport=service, polling=2)
    assert client.run("acme/echo", timeout=3) == ["a"]
    assert service.paths[-1] == "POST /v1/predictions/p1/cancel"


def test_the_last_poll_before_the_deadline_counts(mock: MockTransport) -> None:
    """A prediction that has ended by then has ended."""
    assert Client(transport=mock, polling=10).run("acme/echo", {"text": "a"}, timeout=10.5) == "a"
    assert mock.clock.now() == 10


def test_polling_follows_the_setting_else_a_tenth_of_the_time(mock: MockTransport) -> None:
    """Pain 18: a fixed interval when one is given; else short pauses at first, then longer ones."""
    Client(transport=mock, polling=4).run("acme/echo", {"text": "a"})
    assert mock.clock.slept == [4, 4, 4]
    Client(transport=mock).run("acme/echo", {"text": "a"})
    pauses = mock.clock.slept[3:]
    assert pauses[0] == 0.1
    assert pauses == sorted(pauses)
    assert sum(pauses) < 11


def test_an_error_in_a_callback_reaches_the_caller_with_the_prediction(mock: MockTransport) -> None:
    """It is not swallowed, the prediction is canceled, and its id is in the notes."""

    def callback(update: Update) -> None:
        raise LookupError(update.prediction.id)

    with pytest.raises(LookupError) as caught:
        Client(transport=mock).run("acme/echo", {"text": "a"}, on_update=callback)
    assert str(caught.value.args[0]) in caught.value.__notes__[0]
    assert "now canceled" in caught.value.__notes__[0]
    assert mock.predictions[0]["status"] == "canceled"


def test_ctrl_c_cancels_the_prediction(mock: MockTransport) -> None:
    """The interruption reaches the caller once the service knows."""

    def interrupt(update: Update) -> None:
        if update.status == "processing":
            raise KeyboardInterrupt

    client = Client(transport=mock)
    with pytest.raises(KeyboardInterrupt):
        client.run("acme/echo", {"text": "a"}, on_update=interrupt)
    assert mock.predictions[0]["status"] == "canceled"
    with pytest.raises(KeyboardInterrupt):
        client.run("acme/echo", {"text": "a"}, on_update=interrupt, cancel_on_exit=False)
    assert mock.predictions[1]["status"] == "processing"
