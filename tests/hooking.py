"""A mock service whose models are made for webhooks and streams, and an app that receives webhooks."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

import anyio
import httpx
import pytest
from clocks import forbid_real_sleep

from replicate_typed.transports.mock import MockTransport

HOOK = "https://example.com/hooks/replicate?job=7"
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def talking_service(monkeypatch: pytest.MonkeyPatch) -> MockTransport:
    """For a fixture: a service where something happens every second of a run; sleeping for real is an error."""
    forbid_real_sleep(monkeypatch)
    mock = MockTransport()

    @mock.model("acme/talk", starting=2, processing=5)
    def talk() -> Iterator[str]:
        mock.log("warming up")
        yield "Hello"
        yield " world"
        mock.log("cooling down")

    @mock.model("acme/echo", starting=2, processing=8)
    def echo(text: str) -> str:
        return text

    @mock.model("acme/fail", starting=2, processing=8)
    def fail() -> str:
        raise ValueError("no way")

    return mock


def create_hooked(client: httpx.Client, webhook: str = HOOK) -> None:
    body = {"input": {"text": "x"}, "webhook": webhook}
    assert client.post("/models/acme/echo/predictions", json=body).status_code == 201


async def pass_time(mock: MockTransport, colour: str) -> None:
    """Twelve seconds: in this event loop, while it stands still, or in a thread without one."""
    if colour == "async":
        await mock.clock.asleep(12)
    elif colour == "sync":
        mock.clock.sleep(12)
    else:
        await anyio.to_thread.run_sync(mock.clock.sleep, 12)


in_every_colour = pytest.mark.parametrize("colour", ["async", "sync", "thread"])


class App:
    """An ASGI app that answers as it is told, the last thing again and again; keeps what it was sent."""

    def __init__(self, *statuses: int) -> None:
        self._statuses = statuses or (200,)
        self.paths: list[str] = []
        self.bodies: list[Any] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        self.paths.append(scope["path"])
        self.bodies.append(json.loads(await body_of(receive)))
        await self.work()
        status = self._statuses[min(len(self.bodies), len(self._statuses)) - 1]
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def work(self) -> None:
        """What it does before it answers."""


async def body_of(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        chunk: bytes = message.get("body", b"")
        body += chunk
        if not message.get("more_body"):
            return body
