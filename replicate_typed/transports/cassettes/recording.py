"""What is being recorded, and when it is written."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from replicate_typed.transports.cassettes.arrivals import Arrival
from replicate_typed.transports.cassettes.files import append, replace
from replicate_typed.transports.cassettes.redaction import credentials_of, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from replicate_typed.transports.cassettes.interactions import Interaction, RecordedRequest


class Recording:
    """The answers that have arrived, in order of their requests; written when it is saved.

    Args:
        path: The file.
        appends: Whether what the file holds is kept.
    """

    def __init__(self, path: str, *, appends: bool) -> None:
        self._path = path
        self._appends = appends
        self._lock = threading.Lock()
        self._arrivals: list[Arrival] = []
        self._count = 0
        self._known: frozenset[bytes] = frozenset()
        self._written: list[Interaction] = []
        self._process = os.getpid()

    def __len__(self) -> int:
        return self._count

    def arrival(self, request: RecordedRequest, now: Callable[[], float]) -> Arrival:
        """Where the answer to a request is noted that is about to be sent."""
        arrival = Arrival(request, now)
        with self._lock:
            self._known |= credentials_of(request.headers)
            self._arrivals.append(arrival)
            self._count += 1
        return arrival

    def save(self) -> None:
        """Write what has arrived and was not written yet, without secrets."""
        if os.getpid() != self._process:  # what was forked records nothing
            return
        with self._lock:
            found = [interaction for arrival in self._arrivals if (interaction := arrival.interaction)]
            known = self._known.union(*(credentials_of(each.response.headers) for each in found))
            clean = [without_secrets(each, known) for each in found]
            if clean == self._written:
                return
            if self._appends:
                append(self._path, clean, known)
                self._arrivals = []
            else:
                replace(self._path, clean)
                self._written = clean
