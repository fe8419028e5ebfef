"""What a client does, step by step, and what it saw of it, as JSON on the standard output."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread


class Steps:
    """Functions that each do one thing and give what they saw; an error is a thing that is seen, too."""

    def __init__(self) -> None:
        self._steps: list[Callable[[], object]] = []

    def __call__(self, function: Callable[[], object]) -> Callable[[], object]:
        self._steps.append(function)
        return function

    def take(self) -> None:
        """Take all of them, in order."""
        seen: dict[str, object] = {}
        for step in self._steps:
            started = time.perf_counter()
            try:
                found: dict[str, object] = {"value": step()}
            except Exception as error:
                found = {"error": f"{type(error).__name__}: {error}"}
            seen[step.__name__] = found | {"seconds": round(time.perf_counter() - started, 3)}
        print(json.dumps(seen))


def a_file() -> Path:
    """A file with a few words."""
    path = Path(tempfile.mkdtemp()) / "note.txt"
    path.write_bytes(b"hello")
    return path


def webhook_of(create: Callable[[str], object]) -> tuple[dict[str, str], str]:
    """The headers and the body of the one webhook that is sent to an address, after this was called with it."""
    received: list[tuple[dict[str, str], str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            received.append((dict(self.headers.items()), body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *_: object) -> None:
            """Nothing: the standard error is for errors."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.timeout = 30
        creating = Thread(target=create, args=[f"http://127.0.0.1:{server.server_port}/hook"])
        creating.start()
        server.handle_request()
        creating.join()
    return received[0]
