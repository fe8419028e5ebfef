"""Cassettes of clients that were given no transport: one for all of them."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from replicate_typed.transports.cassettes.connections import PassingConnections
from replicate_typed.transports.cassettes.transport import RecordedTransport

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.transport import Mode

VARIABLE = "REPLICATE_RECORD"
MODES: dict[str, Mode] = {"none": "none", "once": "once", "new": "new_episodes", "all": "all"}
"""The modes as command lines and the environment name them."""

_shared: dict[str, SharedRecording] = {}
_lock = threading.Lock()


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
