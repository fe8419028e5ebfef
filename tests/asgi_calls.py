"""ASGI apps called as a server calls them, in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import anyio
import httpx

from replicate_typed.transports.mock.serving.asgi import ASGIApp

Answer = Callable[[httpx.Request], Awaitable[httpx.Response]]


class Answering(httpx.AsyncBaseTransport):
    """A transport that answers with a function."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._answer(request)


class Body(httpx.AsyncByteStream):
    """A body that some function yields; it knows when it was closed."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self.is_closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks

    async def aclose(self) -> None:
        self.is_closed = True


class Caller:
    """The connection of somebody who sends one request: what came back, and whether it was closed."""

    def __init__(
        self,
        *body: bytes,
        method: str = "GET",
        target: str = "/v1/hardware",
        headers: Sequence[tuple[bytes, bytes]] = ((b"host", b"127.0.0.1:8000"),),
        server: tuple[str, int] = ("127.0.0.1", 8000),
    ) -> None:
        path, _, query = target.partition("?")
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": list(headers),
            "server": server,
        }
        self._sent = [
            {"type": "http.request", "body": chunk, "more_body": number < len(body)}
            for number, chunk in enumerate(body or [b""], start=1)
        ]
        self._gone = anyio.Event()
        self.got = anyio.Event()
        """Set whenever something has come."""
        self.messages: list[dict[str, Any]] = []

    async def call(self, app: ASGIApp) -> None:
        await app(self.scope, self.receive, self.send)

    def go(self) -> None:
        """Hang up."""
        self._sent.clear()
        self._gone.set()

    @property
    def status(self) -> int | None:
        return next((message["status"] for message in self.messages if "status" in message), None)

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)

    @property
    def is_whole(self) -> bool:
        """Whether the answer has come to its end."""
        return bool(self.messages) and not self.messages[-1].get("more_body", "status" in self.messages[-1])

    async def receive(self) -> dict[str, Any]:
        await anyio.lowlevel.checkpoint()
        if self._sent:
            return self._sent.pop(0)
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.messages.append(dict(message))
        self.got.set()
        self.got = anyio.Event()


class Breakable:
    """What uvicorn calls an app with: the connection can be closed from it."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self.transport = self
        self.was_closed = False

    def close(self) -> None:
        self.was_closed = True
        self._caller.go()

    async def send(self, message: Any) -> None:
        await self._caller.send(message)
