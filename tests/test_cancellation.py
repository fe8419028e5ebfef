"""What only tasks can do: be canceled from outside while they run a model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest

from replicate_typed import AsyncClient, MockTransport, VirtualClock

pytestmark = pytest.mark.anyio


class Observed(httpx.AsyncBaseTransport):
    """The mock service, with an event for each request that comes in, and one to hold creates back."""

    requires_token = False

    def __init__(self) -> None:
        self.mock = MockTransport()
        self.mock.model("acme/slow", starting=1, processing=1000)(lambda: "done")
        self.polled = anyio.Event()
        self.creating = anyio.Event()
        self.holds_creates = False
        self.loses_creates = False
        self.loses_first_look = False
        self.looked = anyio.Event()

    @property
    def clock(self) -> VirtualClock:
        return self.mock.clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        is_look = request.method == "GET" and request.url.path == "/v1/predictions"
        is_first_look = is_look and not self.looked.is_set() and self.loses_first_look
        if is_first_look or (request.method == "GET" and "/v1/predictions/" in request.url.path):
            (self.looked if is_first_look else self.polled).set()
            await anyio.sleep_forever()
        response = await self.mock.handle_async_request(request)
        if request.method == "POST" and request.url.path.endswith("/predictions"):
            if self.loses_creates:
                raise httpx.ReadError("reset")
            if self.holds_creates:
                self.creating.set()
                await anyio.sleep_forever()
        return response

    @property
    def statuses(self) -> list[str]:
        return [prediction["status"] for prediction in self.mock.predictions]


@asynccontextmanager
async def observed() -> AsyncGenerator[tuple[Observed, AsyncClient]]:
    transport = Observed()
    with anyio.fail_after(10):
        async with AsyncClient(transport=transport, polling=0.001) as client:
            yield transport, client


async def test_canceling_the_task_cancels_the_prediction() -> None:
    """Under asyncio and trio alike, though the task may wait for nothing more."""
    async with observed() as (transport, client), anyio.create_task_group() as tasks:
        tasks.start_soon(client.run, "acme/slow")
        await transport.polled.wait()
        tasks.cancel_scope.cancel()
    assert transport.statuses == ["canceled"]


async def test_canceling_the_task_may_leave_the_prediction_be() -> None:
    """With `cancel_on_exit=False`."""
    async with observed() as (transport, client), anyio.create_task_group() as tasks:
        run = await client.submit("acme/slow")

        async def wait() -> None:
            await run.wait(cancel_on_exit=False)

        tasks.start_soon(wait)
        await transport.polled.wait()
        tasks.cancel_scope.cancel()
    assert transport.statuses == ["starting"]


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_asyncio_wait_for_cancels_the_prediction() -> None:
    """The commonest way to give up."""
    async with observed() as (transport, client):
        task = asyncio.ensure_future(client.run("acme/slow"))
        await transport.polled.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert "of acme/slow" in caught.value.__notes__[0]
    assert transport.statuses == ["canceled"]


@pytest.mark.parametrize("call", ["run", "submit", "create"])
async def test_canceling_the_task_during_a_create_cancels_what_was_made(call: str) -> None:
    """Its id never arrived, so it is looked for, shielded, under asyncio and trio alike (V25)."""
    async with observed() as (transport, client), anyio.create_task_group() as tasks:
        transport.holds_creates = True
        calls: dict[str, Callable[[str], Coroutine[Any, Any, object]]]
        calls = {"run": client.run, "submit": client.submit, "create": client.predictions.create}
        tasks.start_soon(calls[call], "acme/slow")
        await transport.creating.wait()
        tasks.cancel_scope.cancel()
    assert transport.statuses == ["canceled"]


async def test_canceling_the_task_during_a_create_may_leave_the_prediction_be() -> None:
    """With `cancel_on_exit=False`."""
    async with observed() as (transport, client), anyio.create_task_group() as tasks:
        transport.holds_creates = True

        async def run() -> None:
            await client.run("acme/slow", cancel_on_exit=False)

        tasks.start_soon(run)
        await transport.creating.wait()
        tasks.cancel_scope.cancel()
    assert transport.statuses == ["starting"]


async def test_canceling_the_task_while_it_is_looked_for_cancels_it() -> None:
    """The search begins anew, shielded."""
    async with observed() as (transport, client), anyio.create_task_group() as tasks:
        transport.loses_creates = transport.loses_first_look = True
        tasks.start_soon(client.run, "acme/slow")
        await transport.looked.wait()
        tasks.cancel_scope.cancel()
    assert transport.statuses == ["canceled"]


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("cancel_on_exit", [True, False])
async def test_asyncio_wait_for_during_a_create_says_what_became_of_the_prediction(cancel_on_exit: bool) -> None:
    """In a note of the cancellation, with the id (V25)."""
    async with observed() as (transport, client):
        transport.holds_creates = True
        task = asyncio.ensure_future(client.run("acme/slow", cancel_on_exit=cancel_on_exit))
        await transport.creating.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        (prediction,) = transport.mock.predictions
        assert prediction["id"] in caught.value.__notes__[0]
        assert ("now canceled" if cancel_on_exit else "goes on") in caught.value.__notes__[0]
        assert prediction["status"] == ("canceled" if cancel_on_exit else "starting")


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_asyncio_cancellation_twice_ends_the_search() -> None:
    """Who insists need not wait for it; the note says that one may be running."""
    async with observed() as (transport, client):
        transport.holds_creates = transport.loses_first_look = True
        task = asyncio.ensure_future(client.run("acme/slow"))
        await transport.creating.wait()
        task.cancel()
        await transport.looked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert caught.value.__notes__ == ["models.predictions.create was under way: a prediction may be running"]
    assert transport.statuses == ["starting"]


async def test_a_coroutine_that_is_thrown_away_waits_for_nothing() -> None:
    """It cannot: Python would say that it ignored its end."""
    async with observed() as (transport, client):
        transport.holds_creates = True
        coroutine = client.submit("acme/slow")
        coroutine.send(None)
        coroutine.close()
    assert len(transport.statuses) <= 1
