"""Real traffic once, then replayed: the transport."""

from __future__ import annotations

import os
import weakref
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

import httpx

from replicate_typed.clock import SystemClock
from replicate_typed.errors import CassetteError, ClosedClientError
from replicate_typed.transports.cassettes.arrivals import anoted, noted
from replicate_typed.transports.cassettes.connections import Connections
from replicate_typed.transports.cassettes.files import load, text_of
from replicate_typed.transports.cassettes.interactions import RecordedRequest
from replicate_typed.transports.cassettes.playback import played
from replicate_typed.transports.cassettes.recording import Recording
from replicate_typed.transports.cassettes.redaction import credentials_of, request_without_secrets
from replicate_typed.transports.cassettes.tape import Tape
from replicate_typed.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from replicate_typed.clock import Clock
    from replicate_typed.transports.cassettes.arrivals import Arrival
    from replicate_typed.transports.protocols import AsyncTransport, Transport

Mode: TypeAlias = Literal["once", "none", "new_episodes", "all"]
_SYSTEM_CLOCK = SystemClock()


class RecordedTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Real traffic, recorded once in a file, then replayed: without network, token or waiting, for both clients.

        with Client(transport=RecordedTransport("cassettes/poem.yaml")) as client:
            print(client.run("owner/name", {"prompt": "a poem"}))

    The file is a cassette of vcrpy, which can replay it, as this replays vcrpy's. It is written, whole, when the
    client is closed. Tokens, cookies, secrets of webhooks and signatures in addresses are never in it: something of
    the same length, REDACTED---, stands in their place.

    A request is answered by what was recorded for the same method, path, query and body; the order of a query, the
    layout of JSON, the boundary of a form and the host do not matter. Answers to the same request come in the recorded
    order. After the last one, reading (GET) gets it again; what is created is created as often as it was recorded.

    Args:
        path: The cassette: YAML, or JSON if its name ends in `.json`. YAML needs the extra `recorded`.
        mode: What is replayed, and what is sent and recorded:
            "once": replay the file if there is one, else record it;
            "none": replay only;
            "new_episodes": replay what was recorded, send the rest and add it to the file, in real time;
            "all": send everything, and replace the file.
        inner: What requests are sent through to be recorded: any transport, or a ready-made `httpx.Client`.
            By default the network.
        pauses: Whether a replay takes its time: the recorded pauses between the pieces of a stream, and the client's
            own between polls.
        clock: What a replay tells the time by and sleeps on: by default a `VirtualClock`, on which nothing waits for
            real; with `pauses`, the real one.

    Raises:
        CassetteError: The file is not a cassette; later, when a request has no recorded answer.
        ValueError: There is no such mode, or the path is not that of a file.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        mode: Mode = "once",
        *,
        inner: Transport | AsyncTransport | httpx.Client | httpx.AsyncClient | None = None,
        pauses: bool = False,
        clock: Clock | None = None,
    ) -> None:
        if mode not in get_args(Mode):
            raise ValueError(f"mode must be one of {', '.join(get_args(Mode))}, not {mode!r}")
        self._path = os.fspath(path)
        if not isinstance(self._path, str) or not self._path or self._path.endswith(("/", os.sep)):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
            raise ValueError(f"path must be that of a file, not {path!r}")
        if os.path.exists(self._path) and not os.path.isfile(self._path):
            raise ValueError(f"path must be that of a file, which {self._path!r} is not")
        text_of(self._path)
        self._mode: Mode = mode
        recorded = None if mode == "all" else load(self._path)
        self._tape = Tape(recorded or [])
        self._replays = mode == "none" or recorded is not None
        self._records = mode in ("all", "new_episodes") or not self._replays
        self._pauses = pauses
        self._clock = clock or (_SYSTEM_CLOCK if pauses else VirtualClock())
        self._inner = Connections() if inner is None else _checked(inner)
        self._is_closed = False
        self.how_to_record: str = 'use mode="new_episodes", which adds to the file, or mode="all", which replaces it'
        """What an error says that is to be done when a request has no recorded answer."""
        self._recording = Recording(os.path.abspath(self._path), appends=mode == "new_episodes")
        # For those who forget to close it; at the latest, before the program ends.
        self._finalizer = weakref.finalize(self, self._recording.save)

    @property
    def path(self) -> str:
        return self._path

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def unused(self) -> list[str]:
        """The recorded interactions that were not replayed so far, as `GET https://… -> 200`."""
        return [str(interaction) for interaction in self._tape.unused]

    @property
    def requires_token(self) -> bool:
        """Whether requests go to the real API: not if there is something to replay."""
        return not self._replays and bool(getattr(self._inner, "requires_token", True))

    @property
    def address(self) -> str | None:
        """Where requests go in truth, if the inner transport says so and they are sent."""
        return getattr(self._inner, "address", None) if self._records else None

    @property
    def clock(self) -> Clock | None:
        """What a replay tells the time by; when something may be sent, the inner transport's."""
        return cast("Clock | None", getattr(self._inner, "clock", None)) if self._records else self._clock

    def __repr__(self) -> str:
        count = len(self._tape.interactions)
        states = [f"{self._tape.played} of {count} replayed"] if self._replays else []
        states += [f"{len(self._recording)} recorded"] if self._records else []
        return f"<{type(self).__name__} {self._path} ({self._mode}): {', '.join(states)}>"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, httpx.SyncByteStream):
            raise TypeError("an async request body needs an async client")
        request.read()
        asked = _as_recorded(request)
        response = self._replayed(asked)
        if response is not None:
            return response
        inner: Transport = self._carrier("handle_request")
        arrival = self._arrival(asked)
        return noted(inner.handle_request(request), arrival)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if isinstance(request.stream, httpx.AsyncByteStream):
            await request.aread()
        else:
            request.read()
        asked = _as_recorded(request)
        response = self._replayed(asked)
        if response is not None:
            return response
        inner: AsyncTransport = self._carrier("handle_async_request")
        arrival = self._arrival(asked)
        return anoted(await inner.handle_async_request(request), arrival)

    def close(self) -> None:
        """Write what was recorded, and close the inner transport."""
        self._is_closed = True
        try:
            if hasattr(self._inner, "close"):
                cast("Transport", self._inner).close()
        finally:
            self._finalizer.detach()
            self._recording.save()

    async def aclose(self) -> None:
        """Write what was recorded, and close the inner transport."""
        self._is_closed = True
        try:
            if hasattr(self._inner, "aclose"):
                await cast("AsyncTransport", self._inner).aclose()
            elif hasattr(self._inner, "close"):
                cast("Transport", self._inner).close()
        finally:
            self._finalizer.detach()
            self._recording.save()

    def _replayed(self, asked: RecordedRequest) -> httpx.Response | None:
        """The recorded answer; None if the request is to be sent, `CassetteError` if it must not be."""
        if self._is_closed:
            raise ClosedClientError("the transport is closed")
        if not self._replays:
            return None
        request = request_without_secrets(asked, credentials_of(asked.headers))
        interaction = self._tape.play(request)
        if interaction is not None:
            return played(interaction, self._path, self._clock if self._pauses else None)
        if self._records:
            return None
        what = f"{self._path} has no answer for {request.method} {request.url}"
        why = self._tape.lack(request) if os.path.exists(self._path) else "there is no such file"
        raise CassetteError(f"{what}: {why}\nto record it, {self.how_to_record}")

    def _arrival(self, asked: RecordedRequest) -> Arrival:
        clock = self.clock or _SYSTEM_CLOCK
        return self._recording.arrival(asked, clock.now)

    def _carrier(self, method: str) -> Any:
        """What requests are sent through, which has this method."""
        if not hasattr(self._inner, method):
            colour = "AsyncClient" if method == "handle_request" else "Client"
            raise TypeError(f"inner is of the other colour: to record through {self._inner!r}, use {colour}")
        return self._inner


def _checked(inner: object) -> object:
    """The inner transport that an argument stands for."""
    from replicate_typed import transports

    if isinstance(inner, httpx.Client):
        return transports.HTTPTransport(inner)
    if isinstance(inner, httpx.AsyncClient):
        return transports.AsyncHTTPTransport(inner)
    if isinstance(inner, type) or not (hasattr(inner, "handle_request") or hasattr(inner, "handle_async_request")):
        raise TypeError(f"inner must be a transport, not {inner!r}")
    return inner


def _as_recorded(request: httpx.Request) -> RecordedRequest:
    return RecordedRequest(request.method, str(request.url), tuple(request.headers.raw), request.content)
