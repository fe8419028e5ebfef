"""A server on a real socket that says what it was asked, so that answers that go astray show."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Echo(BaseHTTPRequestHandler):
    """Answers with path and authorization; connections stay open."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def do_GET(self) -> None:
        body = json.dumps({"path": self.path, "authorization": self.headers["authorization"]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def setup(self) -> None:
        super().setup()
        server = self.server
        assert isinstance(server, EchoServer)
        with server.lock:
            server.connections += 1

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


class EchoServer(ThreadingHTTPServer):
    """With a count of the connections there were."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        self.connections = 0
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), Echo)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def echoing() -> Generator[EchoServer]:
    """A server that runs as long as the block."""
    with EchoServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
