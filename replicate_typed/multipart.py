"""Forms with files in them (RFC 7578), sent piece by piece as they are read."""

from __future__ import annotations

import io
import mimetypes
import os
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import IO, TYPE_CHECKING, cast

import httpx

from replicate_typed.concurrency import AsyncBlocking

if TYPE_CHECKING:
    from replicate_api.types import Part

CHUNK = 2**17
_ESCAPES = {**{chr(code): f"%{code:02X}" for code in (*range(0x20), 0x22)}, "\\": "\\\\"}  # as browsers do


class MultipartStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a form, for both colours; a file is read from its beginning if it can be, each time anew.

    httpx's own reads files on the event loop, which then stands still.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self._boundary = os.urandom(16).hex()
        self._pieces: list[bytes | _Contents] = []
        for part in parts:
            content = part.content.encode() if isinstance(part.content, str) else part.content
            piece = content if isinstance(content, bytes) else _Contents(part.name, content)
            self._pieces += [self._head(part), piece, b"\r\n"]
        self._pieces.append(f"--{self._boundary}--\r\n".encode())

    @property
    def content_type(self) -> str:
        return f"multipart/form-data; boundary={self._boundary}"

    @property
    def length(self) -> int | None:
        """How many bytes it has; None if it holds a file that can be read only once."""
        lengths = [len(piece) if isinstance(piece, bytes) else piece.size for piece in self._pieces]
        return None if None in lengths else sum(cast("list[int]", lengths))

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                at = 0
                while chunk := piece.read_at(at):
                    at += len(chunk)
                    yield chunk

    def __aiter__(self) -> AsyncIterator[bytes]:
        return _Chunks(self._pieces)

    def _head(self, part: Part) -> bytes:
        lines = [f"--{self._boundary}", f'Content-Disposition: form-data; name="{_escaped(part.name)}"']
        kind = part.content_type
        if part.filename is not None:
            lines[1] += f'; filename="{_escaped(part.filename)}"'
            kind = kind or mimetypes.guess_type(part.filename)[0] or "application/octet-stream"
        if kind is not None:
            lines.append(f"Content-Type: {kind}")
        return "\r\n".join([*lines, "", ""]).encode()


class _Contents:
    """The bytes of a file; of one that can be read again, as many as it has now."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        if isinstance(file, io.TextIOBase):
            raise TypeError(f"{name} must be bytes or a file opened in binary mode")
        self._name = name
        self._file = file
        self.size: int | None = file.seek(0, os.SEEK_END) if file.seekable() else None

    def read_at(self, offset: int) -> bytes:
        """The next bytes from there on; no bytes at the end."""
        if self.size is None:
            return self._file.read(CHUNK)
        if offset == self.size:
            return b""
        # Found anew each time: another try may be reading, too, while what is left of the first one ends.
        self._file.seek(offset)
        chunk = self._file.read(min(CHUNK, self.size - offset))
        if not chunk:
            raise ValueError(f"{self._name}: the file ended after {offset} bytes; it had {self.size} before")
        return chunk


class _Chunks(AsyncIterator[bytes]):
    """What the pieces hold, in turn. No generator: trio complains of one that a broken connection leaves half-way."""

    def __init__(self, pieces: Sequence[bytes | _Contents]) -> None:
        self._pieces = iter(pieces)
        self._contents: _Contents | None = None  # what is being read
        self._offset = 0

    async def __anext__(self) -> bytes:
        while True:
            if self._contents is not None:
                if chunk := await AsyncBlocking(self._contents.read_at, self._offset):
                    self._offset += len(chunk)
                    return chunk
                self._contents = None
            try:
                piece = next(self._pieces)
            except StopIteration:
                raise StopAsyncIteration from None
            if isinstance(piece, bytes):
                return piece
            self._contents, self._offset = piece, 0


def _escaped(text: str) -> str:
    return re.sub(r'[\x00-\x1f"\\]', lambda found: _ESCAPES[found[0]], text)
