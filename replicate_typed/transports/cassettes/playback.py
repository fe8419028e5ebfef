"""Recorded answers, played."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import httpx

from replicate_typed.errors import CassetteError

if TYPE_CHECKING:
    from replicate_typed.clock import Clock
    from replicate_typed.transports.cassettes.interactions import Interaction


def played(interaction: Interaction, file: str, clock: Clock | None) -> httpx.Response:
    """The answer as httpx has it, its body unread; with a clock, its frames come after the recorded pauses."""
    response = interaction.response
    in_pieces = response.frames or response.ending != "whole"
    return httpx.Response(
        response.status,
        headers=response.headers,
        stream=PlayedBody(interaction, file, clock) if in_pieces else httpx.ByteStream(response.body),
        extensions={"reason_phrase": response.reason.encode("ascii", "replace")} if response.reason else {},
    )


class PlayedBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in its frames, for both colours, and ends as it ended."""

    def __init__(self, interaction: Interaction, file: str, clock: Clock | None) -> None:
        self._interaction = interaction
        self._file = file
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for pause, chunk in self._frames():
            if self._clock:
                self._clock.sleep(pause)
            yield chunk

    def __aiter__(self) -> AsyncIterator[bytes]:
        return _AsyncFrames(self._frames(), self._clock)

    def _frames(self) -> Iterator[tuple[float, bytes]]:
        response, start = self._interaction.response, 0
        for frame in response.frames:
            yield frame.pause, response.body[start : start + frame.length]
            start += frame.length
        if start < len(response.body):
            yield 0.0, response.body[start:]
        match response.ending:
            case "broken":
                raise httpx.ReadError("the connection broke here when this was recorded")
            case "closed":
                raise CassetteError(
                    f"{self._file}: {self._interaction} was closed here by its reader when it was recorded; "
                    "to read on, record it again"
                )
            case "whole":
                pass


class _AsyncFrames(AsyncIterator[bytes]):
    """The frames, one after the other; no generator, as Trio complains of those that are left half-way."""

    def __init__(self, frames: Iterator[tuple[float, bytes]], clock: Clock | None) -> None:
        self._frames = frames
        self._clock = clock

    async def __anext__(self) -> bytes:
        try:
            pause, chunk = next(self._frames)
        except StopIteration:
            raise StopAsyncIteration from None
        if self._clock:
            await self._clock.asleep(pause)
        return chunk
