"""Apps are sent the mock service's webhooks without a server."""

from __future__ import annotations

import asyncio
import gc
import threading

import anyio
import httpx
import pytest
from clocks import quickly
from hooking import App, Message, Receive, Send, create_hooked, in_every_colour, pass_time, talking_service
from mocking import client_of

from replicate_typed import AsyncClient
from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.webhooks.loops import OwnLoop

mock = pytest.fixture(talking_service)
client = pytest.fixture(client_of)
quick = pytest.fixture(autouse=True)(quickly)


@pytest.mark.anyio
@in_every_colour
async def test_an_app_is_called_without_a_server(mock: MockTransport, client: httpx.Client, colour: str) -> None:
    """At the path of the webhook's address, whatever its host."""
    app = App(204)
    mock.deliver_webhooks(app)
    create_hooked(client)
    await pass_time(mock, colour)
    assert app.paths == ["/hooks/replicate"]
    assert app.bodies == [sent.body for sent in mock.webhooks]
    assert [(sent.status, sent.at) for sent in mock.webhooks] == [(204, 10)]


@pytest.mark.anyio
@in_every_colour
async def test_an_app_that_refuses_is_asked_again(mock: MockTransport, client: httpx.Client, colour: str) -> None:
    """As any receiver."""
    mock.deliver_webhooks(App(500, 404, 200))
    create_hooked(client)
    await pass_time(mock, colour)
    await pass_time(mock, colour)
    assert [(sent.status, sent.at) for sent in mock.webhooks] == [(500, 10), (404, 11), (200, 13)]


@pytest.mark.anyio
@in_every_colour
async def test_what_an_app_raises_is_a_500(mock: MockTransport, client: httpx.Client, colour: str) -> None:
    """As a server would answer; it is told with the try."""

    class Broken(App):
        async def work(self) -> None:
            if len(self.bodies) == 1:
                raise ValueError("no such job")

    mock.deliver_webhooks(Broken())
    create_hooked(client)
    await pass_time(mock, colour)
    assert [(sent.status, sent.error) for sent in mock.webhooks] == [(500, "ValueError: no such job"), (200, None)]


@pytest.mark.anyio
async def test_an_app_that_does_not_answer_is_a_500(mock: MockTransport, client: httpx.Client) -> None:
    """It is broken, too."""

    async def silent(scope: Message, receive: Receive, send: Send) -> None:
        pass

    mock.deliver_webhooks(silent)
    create_hooked(client)
    await mock.clock.asleep(10)
    assert [sent.status for sent in mock.webhooks] == [500]


@pytest.mark.anyio
async def test_an_app_is_in_the_event_loop_of_its_caller(mock: MockTransport, client: httpx.Client) -> None:
    """So it shares what belongs to that loop."""
    called = anyio.Event()

    class Setting(App):
        async def work(self) -> None:
            called.set()

    mock.deliver_webhooks(Setting())
    create_hooked(client)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(mock.clock.asleep, 12)
        await called.wait()
    assert mock.webhooks[0].status == 200


def test_an_app_has_one_event_loop_where_there_is_none(mock: MockTransport, client: httpx.Client) -> None:
    """The same for every webhook, so that it can keep its connections."""
    loops: set[asyncio.AbstractEventLoop] = set()

    class Keeping(App):
        async def work(self) -> None:
            loops.add(asyncio.get_running_loop())

    app = Keeping(500, 200)
    mock.deliver_webhooks(app)
    create_hooked(client)
    create_hooked(client)
    mock.clock.sleep(20)
    assert len(app.bodies) == 3
    assert len(loops) == 1


def test_the_event_loop_of_an_app_ends_with_it() -> None:
    """It is not left behind by every test that has one."""
    loop = OwnLoop()

    async def thread() -> threading.Thread:
        return threading.current_thread()

    its_thread = loop.run(thread())
    assert loop.run(thread()) is its_thread
    del loop
    gc.collect()
    its_thread.join(5)
    assert not its_thread.is_alive()


@pytest.mark.anyio
@in_every_colour
async def test_an_app_may_use_the_service_itself(mock: MockTransport, client: httpx.Client, colour: str) -> None:
    """Though it waits there, on the clock that is stopped for it, and in tasks of its own."""
    own = AsyncClient(transport=mock, polling=1)
    outputs: list[str] = []

    class Chaining(App):
        async def work(self) -> None:
            async with anyio.create_task_group() as tasks:
                for _ in range(3):
                    tasks.start_soon(self.go_on)

        async def go_on(self) -> None:
            outputs.append(await own.run("acme/echo", {"text": "next"}))

    mock.deliver_webhooks(Chaining())
    create_hooked(client)
    await pass_time(mock, colour)
    assert outputs == ["next"] * 3
    assert mock.clock.now() == 20
    assert [sent.status for sent in mock.webhooks] == [200]
