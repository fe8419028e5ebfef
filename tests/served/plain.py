"""A models file as somebody would write it, and some answers that do not come to their end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import httpx

from replicate_typed import MockTransport


class Unruly(MockTransport):
    """The service, with endless streams."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/endless":
            return httpx.Response(200, content=endless(), headers={"content-type": "text/event-stream"})
        if request.url.path == "/held":
            await anyio.sleep_forever()
        return await super().handle_async_request(request)


async def endless() -> AsyncIterator[bytes]:
    yield b"event: output\ndata: first\n\n"
    await anyio.sleep_forever()


mock = Unruly()
mock.disconnect("hardware.list", when="before", times=None)
mock.disconnect("account.get", when="after", times=None)
mock.truncate("models.list", times=None)


@mock.model("acme/echo", starting=0, processing=0)
def echo(prompt: str) -> str:
    return prompt
