"""A service that tells a prediction's stream as it is written down, well or badly."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, TypeAlias

import httpx
from predictions import BODY

from replicate_typed import VirtualClock

STREAM = "https://stream.example/v1/streams/p1"
CREATED: dict[str, Any] = {**BODY, "urls": {**BODY["urls"], "stream": STREAM}}
RUNNING: dict[str, Any] = {**CREATED, "status": "processing"}
DONE: dict[str, Any] = {**CREATED, "status": "succeeded", "output": ["Hello", " world", "!"], "logs": "x\n"}
TOLD = (
    b": hi\n\nevent: logs\nid: 1:0\ndata: x\ndata: \n\nevent: output\nid: 1:1\ndata: Hello\n\n"
    b"event: output\nid: 2:0\ndata:  world\n\nevent: output\nid: 2:1\ndata: !\n\nevent: done\nid: 2:2\ndata: {}\n\n"
)
EVENTS = [("logs", "x\n"), ("output", "Hello"), ("output", " world"), ("output", "!"), ("done", "{}")]

Steps: TypeAlias = "bytes | list[bytes | BaseException]"
"""A body: its chunks, up to its end, or up to what breaks it off."""


class Played(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of steps, for both colours."""

    def __init__(self, steps: Steps) -> None:
        self._steps = [steps] if isinstance(steps, bytes) else steps

    def __iter__(self) -> Iterator[bytes]:
        for step in self._steps:
            if isinstance(step, BaseException):
                raise step
            yield step

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


class Telling(httpx.MockTransport):
    """Each connection to the stream gets the next of some answers, each look the next of some predictions.

    The last ones are for ever. Pauses cost no time.
    """

    def __init__(
        self, *told: Steps | Exception | httpx.Response, looks: list[dict[str, Any] | int] | None = None
    ) -> None:
        self.told = list(told)
        self.looks = [DONE] if looks is None else looks
        self.created = CREATED
        self.clock = VirtualClock()
        self.requests: list[httpx.Request] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.host == "stream.example":
            told = self.told.pop(0) if len(self.told) > 1 else self.told[0]
            if isinstance(told, Exception):
                raise told
            if isinstance(told, httpx.Response):
                return told
            return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Played(told))
        if request.url.path.endswith("/cancel"):
            return httpx.Response(200, json={**CREATED, "status": "canceled"})
        if request.method == "POST":
            return httpx.Response(201, json=self.created)
        look = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return httpx.Response(look) if isinstance(look, int) else httpx.Response(200, json=look)

    def asked(self, what: str) -> list[httpx.Request]:
        """The requests whose address ends so."""
        return [request for request in self.requests if str(request.url).endswith(what)]
