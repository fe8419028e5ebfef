"""The load on a server: kept connections, each of which asks again as soon as it is answered.

It is written on bare sockets, so that it is not what is measured: it tells which part of the time it was at work
itself.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from typing import cast
from urllib.parse import urlsplit

from .clients import TOKEN
from .worker import WrongAnswerError, obey

CONNECTIONS = 8
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
LARGEST = 65536


class Connection:
    """One kept connection, with an answer under way."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._came = b""

    def ask(self, request: bytes) -> None:
        self._came = b""
        self.socket.sendall(request)

    def hear(self) -> bytes | None:
        """The whole answer, or None if more of it is to come."""
        data = self.socket.recv(LARGEST)
        if not data:
            raise WrongAnswerError("the server closed a connection")
        self._came += data
        end = self._came.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = LENGTH.search(self._came, 0, end + 2)
        if length is None:
            raise WrongAnswerError("an answer does not tell how long it is")
        return self._came if len(self._came) >= end + 4 + int(length[1]) else None

    def get(self, request: bytes) -> bytes:
        """The answer to one request, waited for."""
        self.ask(request)
        while (answer := self.hear()) is None:
            pass
        return answer


class Load:
    """A prediction of a server that is asked for."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._host = address.netloc.encode()
        self._connections = [Connection(address.hostname or "", address.port or 80) for _ in range(CONNECTIONS)]
        created = self._connections[0].get(
            self._request(b"POST /v1/models/acme/echo/predictions", b'{"input":{"prompt":"a wombat"}}')
        )
        check(created, b"201")
        id: str = json.loads(created.partition(b"\r\n\r\n")[2])["id"]
        self._get = self._request(b"GET /v1/predictions/" + id.encode())

    def _request(self, asked: bytes, body: bytes = b"") -> bytes:
        head = b"%b HTTP/1.1\r\nHost: %b\r\nAccept: application/json\r\nAuthorization: Bearer %b\r\n"
        head += b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" if body else b"\r\n"
        return head % (asked, self._host, TOKEN.encode(), *([len(body)] if body else [])) + body

    def get(self, seconds: float) -> tuple[float, float]:
        """Seconds an answer, with all connections at work, and the part of them in which this process was."""
        selector = selectors.DefaultSelector()
        at_work, start = time.process_time(), time.perf_counter()
        end, done = start + seconds, 0
        for connection in self._connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(self._get)
        while selector.get_map():
            ready = selector.select(10)
            if not ready:
                raise WrongAnswerError("no answer within 10 seconds")
            for key, _ in ready:
                connection = cast("Connection", key.data)
                answer = connection.hear()
                if answer is None:
                    continue
                check(answer, b"200")
                done += 1
                if time.perf_counter() < end:
                    connection.ask(self._get)
                else:
                    selector.unregister(connection.socket)
        passed = time.perf_counter() - start
        selector.close()
        return passed / done, (time.process_time() - at_work) / passed


def check(answer: bytes, status: bytes) -> None:
    if not answer.startswith(b"HTTP/1.1 %b " % status):
        raise WrongAnswerError(f"the server answered: {answer[:1000].decode(errors='replace')}")


if __name__ == "__main__":
    obey(lambda: Load(*sys.argv[1:]))
