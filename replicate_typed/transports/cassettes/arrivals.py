"""Answers that are being recorded: what has arrived of them, noted while it is handed on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import httpx

from replicate_typed.transports.cassettes.interactions import Ending, Frame, Interaction, RecordedResponse, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from replicate_typed.transports.cassettes.interactions import Headers, RecordedRequest

_MILLISECONDS = 3  # digits of a pause that are kept


class Arrival:
    """The answer to one request, as far as it has arrived."""

    def __init__(self, request: RecordedRequest, now: Callable[[], float]) -> None:
        self._request = request
        self._now = now
        self._at = now()
        self._head: tuple[int, str, Headers] | None = None
        self._pauses: list[float] = []
        self._chunks: list[bytes] = []
        self._ending: Ending | None = None

    def begin(self, response: httpx.Response) -> None:
        """Note the head of the answer."""
        self._head = response.status_code, response.reason_phrase, tuple(response.headers.raw)

    def take(self, chunk: bytes) -> None:
        """Note a piece of the body."""
        now = self._now()
        self._pauses.append(now - self._at)
        self._chunks.append(chunk)
        self._at = now

    def end(self, ending: Ending) -> None:
        """Note how the body ended; only the first time counts."""
        self._ending = self._ending or ending

    @property
    def interaction(self) -> Interaction | None:
        """What can be played of it; None if that is nothing of use."""
        ending = self._ending or "closed"
        if self._head is None:
            return None
        status, reason, headers = self._head
        if ending != "whole" and not _is_of_use_in_part(value_of(headers, b"content-type"), ending):
            return None
        frames = tuple(
            Frame(round(max(pause, 0.0), _MILLISECONDS), len(chunk))
            for pause, chunk in zip(self._pauses, self._chunks, strict=False)
        )
        return Interaction(
            self._request,
            RecordedResponse(
                status,
                reason,
                headers,
                b"".join(self._chunks),
                frames=frames if len(frames) > 1 else (),
                ending=ending,
            ),
        )


def _is_of_use_in_part(content_type: str, ending: Ending) -> bool:
    """Whether the beginning of a body means something.

    JSON does not; the request is sent again, and that answer is recorded. A stream of events goes on where it broke.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "text/event-stream" or (ending == "closed" and not media_type.endswith("json"))


class NotedStream(httpx.SyncByteStream):
    """A body that is noted while it is read."""

    def __init__(self, stream: httpx.SyncByteStream, arrival: Arrival) -> None:
        self._stream = stream
        self._arrival = arrival

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._stream:
                self._arrival.take(chunk)
                yield chunk
        except Exception:
            self._arrival.end("broken")
            raise
        self._arrival.end("whole")

    def close(self) -> None:
        self._arrival.end("closed")
        self._stream.close()


class AsyncNotedStream(httpx.AsyncByteStream):
    """A body that is noted while it is read."""

    def __init__(self, stream: httpx.AsyncByteStream, arrival: Arrival) -> None:
        self._stream = stream
        self._arrival = arrival
        self._iterator: AsyncIterator[bytes] | None = None

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._iterator = self._stream.__aiter__()
        return self

    async def __anext__(self) -> bytes:
        assert self._iterator is not None
        try:
            chunk = await self._iterator.__anext__()
        except StopAsyncIteration:
            self._arrival.end("whole")
            raise
        except Exception:
            self._arrival.end("broken")
            raise
        self._arrival.take(chunk)
        return chunk

    async def aclose(self) -> None:
        self._arrival.end("closed")
        await self._stream.aclose()
        # Trio complains of generators that are left half-way.
        if self._iterator is not None and type(self._stream).__module__.startswith("httpx."):
            with suppress(Exception):  # one of these has others inside, which end with their connection
                while True:
                    await self._iterator.__anext__()
        elif self._iterator is not cast("object", self._stream) and (close := getattr(self._iterator, "aclose", None)):
            await close()


def noted(response: httpx.Response, arrival: Arrival) -> httpx.Response:
    """The answer, noted while it is read; at once if it has been read before."""
    arrival.begin(response)
    stream = response.stream
    if isinstance(stream, httpx.ByteStream):  # in memory, and perhaps read by now
        for chunk in stream:
            arrival.take(chunk)
        arrival.end("whole")
    elif isinstance(stream, httpx.SyncByteStream):
        response.stream = NotedStream(stream, arrival)
    return response


def anoted(response: httpx.Response, arrival: Arrival) -> httpx.Response:
    """The answer, noted while it is read; at once if it has been read before."""
    if not isinstance(response.stream, httpx.ByteStream):
        arrival.begin(response)
        response.stream = AsyncNotedStream(cast("httpx.AsyncByteStream", response.stream), arrival)
        return response
    return noted(response, arrival)
