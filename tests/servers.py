"""Servers on real sockets that behave as they are told, badly for the most part; each waits on events only."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from itertools import count
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


class Peer:
    """One connection, as a behaviour sees it."""

    def __init__(self, connection: socket.socket, stop: threading.Event) -> None:
        self._connection = connection
        self._stop = stop

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def peek(self) -> bytes:
        """The beginning of what arrives next, left unread; empty when nothing does."""
        return self._connection.recv(4096, socket.MSG_PEEK)

    def pause(self, seconds: float | None = None) -> bool:
        """Wait that long, or until the server is closed; true when it is."""
        return self._stop.wait(seconds)

    def close(self) -> None:
        """Say goodbye."""
        self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def reset(self) -> None:
        """Hang up without a goodbye."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise ConnectionResetError  # what holds the socket is closed on the way out


Behaviour = Callable[[Peer], None]


class Server:
    """Plays one behaviour a request, the last one again and again; remembers what it was asked."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviours = behaviours
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._open: dict[int, socket.socket] = {}
        self.requests: list[Received] = []
        self.connections = 0
        self.hung_up = threading.Semaphore(0)  # once for each connection that the client closed
        self._listener = socket.create_server(("127.0.0.1", 0), reuse_port=True)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                number = self.connections
                self._open[number] = connection
            self._start(self._serve, connection, number)

    def _serve(self, connection: socket.socket, number: int) -> None:
        peer = Peer(connection, self._stop)
        try:
            with connection, connection.makefile("rb") as arriving:
                while self._admit(peer) and (received := _read(arriving, number)) is not None:
                    with self._lock:
                        self.requests.append(received)
                        behaviour = self._behaviour(received)
                    behaviour(peer)
                self.hung_up.release()
        except (OSError, ValueError):
            self.hung_up.release()

    def _admit(self, peer: Peer) -> bool:
        """Whether the next request is read at all."""
        return True

    def _behaviour(self, received: Received) -> Behaviour:
        """How a request is answered; one at a time is asked about."""
        return self._behaviours[min(len(self.requests), len(self._behaviours)) - 1]

    def _stop_listening(self) -> None:
        with suppress(OSError):  # closed before
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def close(self) -> None:
        self._stop.set()
        self._stop_listening()
        for connection in list(self._open.values()):  # threads forget theirs meanwhile
            with suppress(OSError):  # closed before
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _read(arriving: Any, number: int) -> Received | None:
    line = arriving.readline()
    if not line:
        return None
    method, target, _ = line.decode().split()
    headers: dict[str, str] = {}
    while (line := arriving.readline().strip()) != b"":
        name, _, value = line.decode().partition(":")
        headers[name.lower()] = value.strip()
    return Received(method, target, headers, arriving.read(int(headers.get("content-length", 0))), number)


def answer(
    status: int = 200,
    body: bytes | Any = b"",
    content_type: str | None = "application/json",
    *,
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> bytes:
    """A whole answer; a body that is not bytes is sent as JSON; `length` may lie."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(content) if length is None else length}"]
    lines += [f"Content-Type: {content_type}"] if content_type is not None else []
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def says(data: bytes) -> Behaviour:
    """Sends that, and nothing more until the next request."""
    return lambda peer: peer.send(data)


def says_and_closes(data: bytes) -> Behaviour:
    """Sends that, and says goodbye."""

    def behave(peer: Peer) -> None:
        peer.send(data)
        peer.close()

    return behave


def drips(head: bytes, drop: bytes = b" ", every: float = 0.05, drops: int | None = None) -> Behaviour:
    """Sends the head, and then a drop now and then, so many or for ever."""

    def behave(peer: Peer) -> None:
        peer.send(head)
        for _ in count() if drops is None else range(drops):
            if peer.pause(every):
                break
            peer.send(drop)

    return behave


def closes(peer: Peer) -> None:
    """Says goodbye without an answer."""
    peer.close()


def resets(peer: Peer) -> None:
    """Hangs up without an answer."""
    peer.reset()


@contextmanager
def deaf_url() -> Generator[str]:
    """An address that takes connections, but reads nothing of what is sent to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def unused_url() -> str:
    """An address at which nobody listens, and nobody can begin to."""
    return f"http://127.0.0.1:{_unused_port().getsockname()[1]}"


@cache
def _unused_port() -> socket.socket:
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    return bound
