"""Exchanges without a colour: they pause where they must wait, and whoever plays them sleeps."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Generator, Iterator
from typing import TYPE_CHECKING, TypeAlias

import httpx
from attrs import frozen

if TYPE_CHECKING:
    from replicate_typed.alarms import Alarm
    from replicate_typed.timeline import Timeline


@frozen
class Pause:
    """Seconds to wait; less if the alarm rings, or has rung since it was heard so many times."""

    seconds: float
    alarm: Alarm | None = None
    heard: int | None = None


Body: TypeAlias = Generator[Pause | bytes]
"""A body that comes in chunks, with pauses between them."""


@frozen
class Reply:
    """An answer: its status, its body, and its headers."""

    status: int
    body: bytes | Body
    headers: dict[str, str]

    def response(self, timeline: Timeline) -> httpx.Response:
        """The answer as httpx has it."""
        if isinstance(self.body, bytes):
            return httpx.Response(self.status, headers=self.headers, content=self.body)
        return httpx.Response(self.status, headers=self.headers, stream=PlayedBody(self.body, timeline))


Exchange: TypeAlias = Generator[Pause, None, Reply]


def json_reply(body: object, status: int = 200, **headers: str) -> Reply:
    """A reply whose body is JSON."""
    return Reply(status, to_json(body), {"content-type": "application/json"} | headers)


def to_json(body: object) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def play(exchange: Exchange, timeline: Timeline) -> Reply:
    """The reply that the exchange comes to, after its pauses."""
    try:
        while True:
            pause = next(exchange)
            timeline.sleep(pause.seconds, pause.alarm, pause.heard)
    except StopIteration as end:
        reply: Reply = end.value
        return reply


async def aplay(exchange: Exchange, timeline: Timeline) -> Reply:
    """The reply that the exchange comes to, after its pauses; other tasks run meanwhile."""
    try:
        while True:
            pause = next(exchange)
            await timeline.asleep(pause.seconds, pause.alarm, pause.heard)
    except StopIteration as end:
        reply: Reply = end.value
        return reply


class PlayedBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in chunks, for both colours; it may be read once."""

    def __init__(self, body: Body, timeline: Timeline) -> None:
        self._body = body
        self._timeline = timeline

    def __iter__(self) -> Iterator[bytes]:
        for step in self._body:
            if isinstance(step, bytes):
                yield step
            else:
                self._timeline.sleep(step.seconds, step.alarm, step.heard)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for step in self._body:
            if isinstance(step, bytes):
                yield step
            else:
                await self._timeline.asleep(step.seconds, step.alarm, step.heard)
