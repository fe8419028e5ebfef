"""What only tasks can do: be canceled from outside while they run a model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import httpx
import pytest

from replicate_typed import AsyncClient, MockTransport

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

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            self.polled.set()
            await anyio.sleep_forever()
        if self.holds_creates and request.url.path.endswith("/predictions"):
            self.creating.set()
            await anyio.sleep_forever()
        return await self.mock.handle_async_request(request)

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


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_canceling_during_a_create_says_that_a_prediction_may_be_running() -> None:
    """Its id is not known, so the interruption carries a note."""
    async with observed() as (transport, client):
        transport.holds_creates = True
        task = asyncio.ensure_future(client.run("acme/slow"))
        await transport.creating.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert "a prediction may be running" in caught.value.__notes__[0]
