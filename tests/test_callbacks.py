"""Callbacks of a client without tasks."""

from __future__ import annotations

import functools

import pytest

from replicate_typed import Client, MockTransport, Update


async def coroutine(update: Update) -> None:
    """Nothing would ever await it."""


class Coroutine:
    async def __call__(self, update: Update) -> None:
        """Nor this."""


@pytest.fixture
def mock() -> MockTransport:
    service = MockTransport()
    service.model("acme/slow", processing=9)(lambda: "done")
    return service


@pytest.mark.parametrize("function", [coroutine, functools.partial(coroutine)])
def test_a_coroutine_function_is_refused_before_any_request(mock: MockTransport, function: object) -> None:
    """The error names the client that takes one."""
    client = Client(transport=mock)
    with pytest.raises(TypeError, match="on_update must be a plain function: an AsyncClient awaits"):
        client.run("acme/slow", on_update=function)  # type: ignore[call-overload]  # wrong on purpose
    with pytest.raises(TypeError, match="on_request must be a plain function: an AsyncClient awaits"):
        Client(transport=mock, on_request=function)  # type: ignore[arg-type]  # wrong on purpose
    assert mock.requests == []


def test_a_coroutine_that_nobody_would_await_is_an_error(mock: MockTransport) -> None:
    """Where it cannot be seen sooner; the prediction is canceled."""
    with pytest.raises(TypeError, match="on_update must be a plain function"):
        Client(transport=mock).run("acme/slow", on_update=Coroutine())
    assert mock.predictions[0]["status"] == "canceled"
