"""What loops over streams can do in one colour only: be left without a block, and be canceled with their task."""

from __future__ import annotations

import gc
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import anyio
import httpx
import pytest
from hooking import talking_service

from replicate_typed import AsyncClient, Client, MockTransport

mock = pytest.fixture(talking_service)


def statuses(mock: MockTransport) -> list[str]:
    return [prediction["status"] for prediction in mock.predictions]


def test_leaving_a_loop_cancels_the_prediction(mock: MockTransport) -> None:
    """At once, and without the garbage collector, if nothing else holds the stream."""
    gc.disable()
    try:
        for _ in Client(transport=mock).stream("acme/talk"):
            break
        assert statuses(mock) == ["canceled"]
    finally:
        gc.enable()


def test_an_error_in_a_loop_cancels_the_prediction(mock: MockTransport) -> None:
    """Before it reaches the caller."""

    def read() -> None:
        for _ in Client(transport=mock).stream("acme/talk"):
            raise LookupError

    with pytest.raises(LookupError):
        read()
    assert statuses(mock) == ["canceled"]


def test_a_stream_that_is_held_goes_on_after_a_loop(mock: MockTransport) -> None:
    """Until it is closed."""
    stream = Client(transport=mock).stream("acme/talk")
    for _ in stream:
        break
    assert statuses(mock) == ["processing"]
    assert str(next(stream)) == "Hello"
    stream.close()
    assert statuses(mock) == ["canceled"]


def slow() -> Iterator[str]:
    yield "done"


class Held(httpx.AsyncBaseTransport):
    """The mock service, whose streams never say anything; an event tells that one is being read."""

    requires_token = False

    def __init__(self) -> None:
        self.mock = MockTransport()
        self.mock.model("acme/slow", starting=1, processing=1000)(slow)
        self.is_read = anyio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if "/streams/" in request.url.path:
            self.is_read.set()
            await anyio.sleep_forever()
        await anyio.lowlevel.checkpoint()
        return await self.mock.handle_async_request(request)


async def read_all(client: AsyncClient) -> None:
    async for _ in client.stream("acme/slow"):
        pass


async def read_in_a_block(client: AsyncClient) -> None:
    async with client.stream("acme/slow") as events:
        async for _ in events:
            pass


async def dawdle_in_a_block(client: AsyncClient) -> None:
    async with client.stream("acme/talk") as events:
        async for _ in events:
            await anyio.sleep_forever()


@pytest.mark.anyio
@pytest.mark.parametrize("read", [read_all, read_in_a_block])
async def test_canceling_the_task_cancels_the_prediction(
    read: Callable[[AsyncClient], Coroutine[Any, Any, None]],
) -> None:
    """V25: under asyncio and trio alike, though the task may wait for nothing more."""
    transport = Held()
    with anyio.fail_after(10):
        async with AsyncClient(transport=transport) as client, anyio.create_task_group() as tasks:
            tasks.start_soon(read, client)
            await transport.is_read.wait()
            tasks.cancel_scope.cancel()
    assert statuses(transport.mock) == ["canceled"]


@pytest.mark.anyio
async def test_canceling_the_task_between_two_events_cancels_the_prediction(mock: MockTransport) -> None:
    """In the block, where the caller waits for something else."""
    with anyio.fail_after(10):
        async with AsyncClient(transport=mock) as client, anyio.create_task_group() as tasks:
            tasks.start_soon(dawdle_in_a_block, client)
            while mock.clock.now() < 3:
                await anyio.lowlevel.checkpoint()
            tasks.cancel_scope.cancel()
    assert statuses(mock) == ["canceled"]


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_leaving_an_async_loop_cancels_the_prediction_in_time(mock: MockTransport) -> None:
    """Under asyncio, a few turns of the event loop later; a block does it at once."""
    async for _ in AsyncClient(transport=mock).stream("acme/talk"):
        break
    with anyio.fail_after(10):
        while statuses(mock) != ["canceled"]:
            await anyio.lowlevel.checkpoint()
