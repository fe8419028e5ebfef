"""A mock service that is given files, and what it got."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import IO, Any

from predictions import VERSION

from replicate_typed import MockTransport

SMALL = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
BIG = SMALL + os.urandom(300_000)
INLINE = 256 * 1024


def eating_service() -> MockTransport:
    """For a fixture: a service with a model that says which files it was given: `name: checksum`."""
    service = MockTransport()

    @service.model("acme/eat", version=VERSION)
    def eat(image: Path | None = None, images: list[Path] | None = None, text: str = "", more: Any = None) -> list[str]:
        given = ([image] if image else []) + (images or [])
        return [eaten(path.name, path.read_bytes()) for path in given]

    @service.training("acme/eat")
    def train(image: Path | None = None, text: str = "", more: Any = None) -> None: ...

    service.model("acme/new")(lambda: None)
    service.deployment("acme/prod", model="acme/eat")
    return service


def eaten(name: str, content: bytes) -> str:
    return f"{name}: {hashlib.sha256(content).hexdigest()}"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def opened(path: Path, content: bytes, buffering: int = -1) -> IO[bytes]:
    """A new file, open for reading."""
    return open(written(path, content), "rb", buffering)


def sent(mock: MockTransport) -> tuple[Any, list[bytes]]:
    """The input of the last create, and the forms that were uploaded."""
    creates = [made.body for made in mock.requests if made.operation and made.operation.endswith(".create")]
    uploads = [made.body for made in mock.requests if made.operation == "files.create"]
    return creates[-1]["input"], uploads


def contents(mock: MockTransport) -> list[tuple[str, str, bytes]]:
    """Name, type and content of what was uploaded."""
    kept = mock._state.files.newest_first()[::-1]  # pyright: ignore[reportPrivateUsage] -- what was uploaded
    return [(file.name, file.content_type, file.content) for file in kept]


class Pipe(io.RawIOBase):
    """A file that can be read only once, as those of pipes and answers."""

    def __init__(self, content: bytes) -> None:
        self._left = io.BytesIO(content)
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        got = self._left.readinto(memoryview(buffer)[:100_000])
        self.given += got
        return got
