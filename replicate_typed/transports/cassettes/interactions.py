"""What a cassette holds: requests, and the answers that they were given."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import field, frozen

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]
Ending: TypeAlias = Literal["whole", "closed", "broken"]
"""How a body ended: with its last byte, when its reader had enough, or when the connection broke."""


@frozen
class RecordedRequest:
    """A request as it was sent."""

    method: str
    url: str
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)


@frozen
class Frame:
    """A piece of a body as it arrived: after so many seconds, so many bytes."""

    pause: float
    length: int


@frozen
class RecordedResponse:
    """An answer as it arrived; the body is still encoded, if it came so."""

    status: int
    reason: str
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)
    frames: tuple[Frame, ...] = field(default=(), repr=False)
    """How the body arrived; empty if it came in one piece."""
    ending: Ending = "whole"


@frozen
class Interaction:
    """A request and its answer."""

    request: RecordedRequest
    response: RecordedResponse

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.url} -> {self.response.status}"


def values_of(headers: Headers, name: bytes) -> list[bytes]:
    """The values of a header, in order; the name is in lower case."""
    return [value for each, value in headers if each.lower() == name]


def value_of(headers: Headers, name: bytes) -> str:
    """The first value of a header as text; empty if it is not there."""
    return next(iter(values_of(headers, name)), b"").decode("latin-1")
