"""Waiting on a handle when time runs out."""

from __future__ import annotations

from typing import Any

import pytest

from replicate_typed import AsyncClient, MockTransport, RunTimeoutError

pytestmark = pytest.mark.anyio


@pytest.fixture
def mock() -> MockTransport:
    service = MockTransport()
    service.model("acme/slow", starting=1, processing=9)(lambda: "done")
    return service


async def test_a_handle_knows_what_became_of_a_prediction_that_took_too_long(mock: MockTransport) -> None:
    """It was canceled, and the handle shows it."""
    run = await AsyncClient(transport=mock).submit("acme/slow")
    with pytest.raises(RunTimeoutError):
        await run.wait(timeout=3)
    assert run.prediction.status == "canceled"


async def test_a_handle_can_be_waited_on_again(mock: MockTransport) -> None:
    """With `cancel_on_exit=False`, running out of time ends the wait alone."""
    run = await AsyncClient(transport=mock).submit("acme/slow")
    with pytest.raises(RunTimeoutError):
        await run.wait(timeout=3, cancel_on_exit=False)
    assert run.prediction.status == "processing"
    assert await run.result(timeout=30) == "done"


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), "5", True])
async def test_a_timeout_that_is_no_time_is_refused(mock: MockTransport, timeout: Any) -> None:
    """Before the prediction is looked at."""
    run = await AsyncClient(transport=mock).submit("acme/slow")
    with pytest.raises((ValueError, TypeError), match="timeout must be a number of seconds"):
        await run.wait(timeout=timeout)
    assert len(mock.requests) == 1
