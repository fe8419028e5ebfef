"""The local service, lean enough not to be what is measured; it runs in a process of its own.

It answers GETs of one prediction and of two streams from memory, and runs models: the last part of a model's name is
the run that it belongs to, and `input.seconds` is how long the model takes, by the monotonic clock that all processes
share. `Prefer: wait` is honoured as the real service does: the answer is held until the prediction is done, which it
then calls processing, or for so many seconds, after which it calls it starting.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import threading
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, cast

from .bodies import EVENTS, ID, encoded, prediction

STATUSES = {200: "OK", 201: "Created", 404: "Not Found"}
HEADERS = f"""\
Date: {formatdate(usegmt=True)}
Content-Type: application/json
Connection: keep-alive
CF-Cache-Status: DYNAMIC
CF-RAY: 7f7be8b17b47f8d1-SEA
ratelimit-remaining: 59999
ratelimit-reset: 1
Strict-Transport-Security: max-age=15552000
via: 1.1 google
NEL: {{"success_fraction":0,"report_to":"cf-nel","max_age":604800}}
Server: cloudflare
""".replace("\n", "\r\n")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PREFER = re.compile(rb"\r\nprefer: *wait(?:=(\d+))?", re.IGNORECASE)
LONGEST_HOLD = 60.0


def answer(status: int, body: bytes) -> bytes:
    """A whole answer."""
    return f"HTTP/1.1 {status} {STATUSES[status]}\r\n{HEADERS}Content-Length: {len(body)}\r\n\r\n".encode() + body


def stream(kind: str) -> bytes:
    """A whole stream of events, in one body, or chunked, an event a chunk."""
    head = f"HTTP/1.1 200 OK\r\n{HEADERS}".replace("application/json", "text/event-stream; charset=utf-8")
    if kind == "whole":
        body = b"".join(EVENTS)
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    chunks = [b"%x\r\n%b\r\n" % (len(event), event) for event in [*EVENTS, b""]]
    return f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + b"".join(chunks)


@dataclass
class Run:
    """What was asked of the service for one run."""

    requests: int = 0
    ends: list[float] = field(default_factory=list[float])  # when each of its predictions is done


@dataclass
class Started:
    """A prediction of a run."""

    id: str
    run: Run
    input: dict[str, Any]
    end: float

    def body(self, status: str, *, is_held: bool = False) -> bytes:
        return encoded(prediction(self.id, status=status, input=self.input, is_held=is_held))


class Service:
    """Its predictions, and what it was asked."""

    def __init__(self) -> None:
        self.fixed = {f"/v1/predictions/{ID}".encode(): answer(200, encoded(prediction()))}
        self.runs: dict[str, Run] = {}
        self._started: dict[str, Started] = {}

    def tell(self, url: str) -> None:
        """Have streams at this address, and models whose predictions name them."""
        for kind in ("whole", "chunked"):
            created = prediction(status="processing")
            created["urls"]["stream"] = f"{url}/v1/streams/{kind}"
            self.fixed[f"/v1/models/acme/{kind}/predictions".encode()] = answer(201, encoded(created))
            self.fixed[f"/v1/streams/{kind}".encode()] = stream(kind)

    def create(self, run: str, input: dict[str, Any], now: float) -> Started:
        of = self.runs.setdefault(run, Run())
        of.requests += 1
        of.ends.append(now + input["seconds"])
        started = Started(f"{ID[:18]}{len(self._started):08}", of, input, of.ends[-1])
        self._started[started.id] = started
        return started

    def get(self, id: str, now: float) -> bytes:
        started = self._started.get(id)
        if started is None:
            return answer(404, encoded({"detail": "Not found.", "status": 404}))
        started.run.requests += 1
        return answer(200, started.body("succeeded" if now >= started.end else "processing"))


class Connection(asyncio.Protocol):
    """One kept connection of a client."""

    def __init__(self, service: Service, loop: asyncio.AbstractEventLoop) -> None:
        self._service = service
        self._loop = loop
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head = self._waiting[:end]
            length = LENGTH.search(head)
            body_end = end + 4 + (int(length[1]) if length else 0)
            if len(self._waiting) < body_end:
                return
            body, self._waiting = self._waiting[end + 4 : body_end], self._waiting[body_end:]
            self._serve(head, body)

    def _serve(self, head: bytes, body: bytes) -> None:
        method, target, _ = head.split(b" ", 2)
        if (fixed := self._service.fixed.get(target)) is not None:
            self._transport.write(fixed)
            return
        last = target.decode().split("/")
        if method == b"POST":
            self._create(last[-2], json.loads(body)["input"], PREFER.search(head))
        else:
            self._transport.write(self._service.get(last[-1], self._loop.time()))

    def _create(self, run: str, input: dict[str, Any], prefer: re.Match[bytes] | None) -> None:
        now = self._loop.time()
        started = self._service.create(run, input, now)
        if prefer is None:
            self._send(started.body("starting"))
            return
        given_up = now + (float(prefer[1]) if prefer[1] else LONGEST_HOLD)
        is_late = given_up < started.end
        body = started.body("starting") if is_late else started.body("processing", is_held=True)
        self._loop.call_at(min(started.end, given_up), self._send, body)

    def _send(self, body: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer(201, body))


async def serve() -> None:
    """Tell the address, and then, for each line of the standard input, what was asked of the runs; end with it."""
    loop = asyncio.get_running_loop()
    service = Service()
    server = await loop.create_server(lambda: Connection(service, loop), "127.0.0.1", 0, backlog=1000)
    is_over = asyncio.Event()

    def say(value: object) -> None:
        print(json.dumps(value), flush=True)

    def tell() -> None:
        runs = {name: {"requests": run.requests, "ends": run.ends} for name, run in service.runs.items()}
        say({"value": runs})

    def listen() -> None:
        for _ in sys.stdin:
            loop.call_soon_threadsafe(tell)
        loop.call_soon_threadsafe(is_over.set)

    threading.Thread(target=listen, daemon=True).start()
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    service.tell(url)
    say({"url": url})
    await is_over.wait()


if __name__ == "__main__":
    asyncio.run(serve())
