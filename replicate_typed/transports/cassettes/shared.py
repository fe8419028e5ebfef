"""Cassettes of clients that were given no transport: one for all of them."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import httpx

from replicate_typed.transports.cassettes.transport import RecordedTransport

if TYPE_CHECKING:
    from replicate_typed.transports import AsyncHTTPTransport, HTTPTransport
    from replicate_typed.transports.cassettes.transport import Mode

VARIABLE = "REPLICATE_RECORD"
MODES: dict[str, Mode] = {"none": "none", "once": "once", "new": "new_episodes", "all": "all"}
"""The modes as command lines and the environment name them."""

_shared: dict[str, SharedRecording] = {}
_lock = threading.Lock()


class PassingConnections:
    """The network for clients of both colours, without connections that are kept.

    Nobody says when such clients are done with them, and those of one event loop are of no use in the next.
    """

    requires_token = True

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sync: HTTPTransport | None = None
        self._async: AsyncHTTPTransport | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            if self._sync is None:
                from replicate_typed.transports import HTTPTransport

                self._sync = HTTPTransport()
        return self._sync.handle_request(_closing(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            if self._async is None:
                from replicate_typed.transports import AsyncHTTPTransport

                self._async = AsyncHTTPTransport()
        return await self._async.handle_async_request(_closing(request))

    def close(self) -> None:
        if self._sync is not None:
            self._sync.close()

    async def aclose(self) -> None:
        self.close()
        if self._async is not None:
            await self._async.aclose()


class SharedRecording(RecordedTransport):
    """A cassette that outlives its clients: when one of them is closed, it is written, and the others go on."""

    def close(self) -> None:
        self._recording.save()

    async def aclose(self) -> None:
        self._recording.save()


def shared_recording(path: str) -> SharedRecording:
    """The cassette of a file, which REPLICATE_RECORD may have record; one for the whole process.

    Raises:
        CassetteError: The file is not a cassette.
        ValueError: REPLICATE_RECORD is no mode, or the path is not that of a file.
    """
    file = os.path.abspath(path) if not path.endswith("/") else path
    with _lock:
        if file not in _shared:
            recording = SharedRecording(file, _mode_of_environment(), inner=PassingConnections())
            recording.how_to_record = (
                f"set {VARIABLE}=new, which adds to the file, or {VARIABLE}=all, which replaces it"
            )
            _shared[file] = recording
        return _shared[file]


def _mode_of_environment() -> Mode:
    choice = os.environ.get(VARIABLE, "").strip() or "none"
    if choice not in MODES:
        raise ValueError(f"{VARIABLE} must be one of {', '.join(MODES)}, got {choice!r}")
    return MODES[choice]


def _closing(request: httpx.Request) -> httpx.Request:
    """The request, with the word that its connection is not used again."""
    headers = request.headers.copy()
    headers["connection"] = "close"
    return httpx.Request(
        request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
    )
