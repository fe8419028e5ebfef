"""Cassettes of the tests: interactions made by hand, and what a transport answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx

from replicate_typed import RecordedTransport
from replicate_typed.transports.cassettes.interactions import Interaction, RecordedRequest, RecordedResponse

API = "https://api.replicate.com/v1"
JSON = ((b"content-type", b"application/json"),)


def asked(
    method: str = "GET", url: str = f"{API}/account", body: bytes = b"", content_type: str | None = "application/json"
) -> RecordedRequest:
    headers = ((b"content-type", content_type.encode()),) if content_type is not None else ()
    return RecordedRequest(method, url, headers, body)


def told(body: bytes = b"{}", status: int = 200) -> RecordedResponse:
    return RecordedResponse(status, "", JSON, body)


def interaction(method: str, path: str, answer: bytes = b"{}", body: bytes = b"", status: int = 200) -> Interaction:
    return Interaction(asked(method, f"{API}{path}", body), told(answer, status))


class Pieces(httpx.SyncByteStream):
    """A body that comes in pieces; one that is an error is raised."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        self.is_closed = True


class Service(httpx.BaseTransport):
    """Gives these answers, one after the other, and remembers what it was asked."""

    def __init__(self, *answers: httpx.Response) -> None:
        self._answers = iter(answers)
        self.requests: list[httpx.Request] = []
        self.is_closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return next(self._answers)

    def close(self) -> None:
        self.is_closed = True


def recorded(path: Path, answers: Iterable[httpx.Response], requests: Iterable[httpx.Request], **options: Any) -> None:
    """Have the answers to the requests recorded in a file."""
    with RecordedTransport(path, inner=Service(*answers), **options) as transport:
        for request in requests:
            exchange(transport, request)


def exchange(transport: httpx.BaseTransport, request: httpx.Request) -> httpx.Response:
    """The answer with its body read, still encoded, as `content` of an answer without the encoding."""
    response = transport.handle_request(request)
    response.request = request
    assert isinstance(response.stream, httpx.SyncByteStream)
    raw = b"".join(response.stream)
    response.close()
    response.stream = httpx.ByteStream(raw)
    return response


def raw(response: httpx.Response) -> bytes:
    """The body as it came."""
    assert isinstance(response.stream, httpx.ByteStream)
    return b"".join(response.stream)
