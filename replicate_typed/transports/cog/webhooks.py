"""Where a Cog server on the same machine tells of the progress of a prediction."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer  # HTTPServer asks a name server for its own name
from typing import TYPE_CHECKING, Self

from replicate_typed.transports.cog.reports import Report, report_of

if TYPE_CHECKING:
    from types import TracebackType


class WebhookReceiver:
    """An address on the loopback interface, at a path that nobody guesses; every report goes to `hear`."""

    def __init__(self, hear: Callable[[Report], None]) -> None:
        self.completed: threading.Event = threading.Event()
        """Set with the last report."""
        path = f"/{secrets.token_urlsafe(16)}"
        completed = self.completed

        class Handler(BaseHTTPRequestHandler):
            timeout = 10  # seconds for a request to arrive

            def do_POST(self) -> None:
                if not secrets.compare_digest(self.path.encode(), path.encode()):
                    self.send_error(404)
                    return
                report = report_of(self.rfile.read(int(self.headers.get("content-length", 0))))
                self.send_response(204)
                self.end_headers()
                if report is not None:
                    hear(report)
                    if report.is_final:
                        completed.set()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing on the user's terminal."""

        self._server = TCPServer(("127.0.0.1", 0), Handler)
        self.url: str = f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
