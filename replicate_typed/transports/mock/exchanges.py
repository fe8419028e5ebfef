"""Exchanges without a colour: they pause where they must wait, and whoever plays them sleeps."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Generator, Iterator
from typing import TYPE_CHECKING, TypeAlias

import httpx
from attrs import frozen

from replicate_typed.deadlines import Timeouts

if TYPE_CHECKING:
    from replicate_typed.alarms import Alarm
    from replicate_typed.timeline import Timeline


_NO_TIME = 1e-7  # seconds: sums of pauses that should be equal differ by less


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

    def response(self, timeline: Timeline, request: httpx.Request) -> httpx.Response:
        """The answer to a request as httpx has it."""
        if isinstance(self.body, bytes):
            return httpx.Response(self.status, headers=self.headers, content=self.body)
        return httpx.Response(self.status, headers=self.headers, stream=PlayedBody(self.body, timeline, request))


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
    """A body that comes in chunks, for both colours; it may be read once.

    Our clients wait no longer for a chunk than their read timeout, which is of the time that this goes by; the
    timeouts of others are of the real time, which does not pass.
    """

    def __init__(self, body: Body, timeline: Timeline, request: httpx.Request) -> None:
        self._body = body
        self._timeline = timeline
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        late = self._late()
        for step in self._body:
            if isinstance(step, bytes):
                yield step
                late = self._late()
            else:
                left = max(0.0, late - self._timeline.now())
                self._timeline.sleep(min(step.seconds, left), step.alarm, step.heard)
                if left < step.seconds:
                    self._check(late)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        late = self._late()
        for step in self._body:
            if isinstance(step, bytes):
                yield step
                late = self._late()
            else:
                left = max(0.0, late - self._timeline.now())
                await self._timeline.asleep(min(step.seconds, left), step.alarm, step.heard)
                if left < step.seconds:
                    self._check(late)

    def _late(self) -> float:
        """When the next chunk comes too late."""
        timeouts = self._request.extensions.get("timeout")
        return self._timeline.now() + timeouts["read"] if isinstance(timeouts, Timeouts) else math.inf

    def _check(self, late: float) -> None:
        if self._timeline.now() > late - _NO_TIME:  # and no alarm has ended the pause before
            raise httpx.ReadTimeout("the next chunk did not come in time")
