"""Files that a cassette is read from."""

from __future__ import annotations

from functools import partial
from typing import IO

from replicate_typed.transports.cassettes.limits import MOST_BYTES

_PIECE = 2**16


class Source:
    """A file of bytes, of which no more is read than a cassette has, as it may go on for ever."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = MOST_BYTES

    def read(self, size: int) -> bytes:
        """The next bytes, at most so many; none at the end."""
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data

    def whole(self) -> bytes:
        """All of it, from its beginning."""
        self._begin()
        return b"".join(iter(partial(self.read, _PIECE), b""))

    def is_blank(self) -> bool:
        """Whether there is nothing in it but white space; then it has been read, else it is at its beginning."""
        while piece := self.read(_PIECE):
            if not piece.isspace():
                self._begin()
                return False
        return True

    def goes_on(self) -> bool:
        """Whether there is more than was read."""
        return bool(self._file.read(1))

    def _begin(self) -> None:
        self._file.seek(0)
        self._left = MOST_BYTES
