"""Bodies that came compressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx

from replicate_typed.transports.cassettes.interactions import values_of
from replicate_typed.transports.cassettes.limits import MOST_BYTES

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.interactions import Headers

_PIECE = 2**16  # bytes of a compressed body that are decoded at a time


def is_encoded(headers: Headers) -> bool:
    return any(value.strip().lower() not in (b"", b"identity") for value in values_of(headers, b"content-encoding"))


def decoded(headers: Headers, body: bytes) -> bytes | None:
    """The body as it was before it was compressed; None if that cannot be told, or is far too much."""
    if not is_encoded(headers):
        return body
    encodings = [(b"content-encoding", value) for value in values_of(headers, b"content-encoding")]
    response = httpx.Response(200, headers=encodings, stream=_Pieces(body))
    chunks: list[bytes] = []
    size = 0
    try:
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > MOST_BYTES:
                return None
    except httpx.DecodingError:
        return None
    return b"".join(chunks)


def without_encoding(headers: Headers, length: int) -> Headers:
    """The headers of a body that is not compressed any more; one that is said to be of some length is of this one."""
    return with_length(tuple(pair for pair in headers if pair[0].lower() != b"content-encoding"), length)


def with_length(headers: Headers, length: int) -> Headers:
    """The headers of a body that was changed."""
    return tuple(
        (name, str(length).encode() if name.lower() == b"content-length" else value) for name, value in headers
    )


class _Pieces(httpx.SyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), _PIECE):
            yield self._body[start : start + _PIECE]
