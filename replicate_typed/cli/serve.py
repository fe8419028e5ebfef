"""`replicate-typed serve`: the service in memory, over HTTP."""

from __future__ import annotations

import contextlib
import errno
import re
import signal
import socket
import sys
import traceback
from typing import TYPE_CHECKING

from replicate_typed.cli import stop
from replicate_typed.cli.report import JSONReport, Report, TextReport
from replicate_typed.cli.server import serve_app
from replicate_typed.clock import SystemClock
from replicate_typed.transports.mock.loading import load_mock
from replicate_typed.transports.mock.serving.asgi import ASGIApp
from replicate_typed.transports.mock.serving.front_page import FrontPage
from replicate_typed.transports.mock.serving.guard import Guard, is_of_this_machine

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from replicate_typed.transports.mock import MockTransport


def serve(models: Path, *, host: str, port: int, token: str | None, as_json: bool) -> None:
    """Serve the mock of a file until the program is told to stop."""
    family, address = _address_of(host, port)
    if token is None and not is_of_this_machine(address[0]):
        stop(f"{host!r} is open to other machines, so callers need a token: add --token", 2)
    if token is not None and not re.fullmatch(r"[!-~]+", token):
        stop("a token is of printable ASCII characters, without spaces", 2)
    mock = _loaded(models)
    listener = _bound(family, address)
    report: Report = JSONReport() if as_json else TextReport()
    url = _url_of(listener)
    app = ASGIApp(Guard(FrontPage(mock, needs_token=token is not None), token), log=report.exchange)
    mock.use_clock(SystemClock())
    if not mock.delivers_webhooks:  # the file has not said where to
        mock.deliver_webhooks()  # each to its own address, as the service does
    signal.signal(signal.SIGTERM, _end)  # until the server takes signals, and when it hands on what it took
    with contextlib.closing(mock), contextlib.suppress(KeyboardInterrupt):  # to be stopped is no failure of a server
        serve_app(app, listener, lambda: report.started(url, mock.models, needs_token=token is not None))


def _address_of(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        stop(f"--host {host!r}: {error}", 2)
    return family, (str(address[0]), port)


def _loaded(models: Path) -> MockTransport:
    try:
        return load_mock(models)
    except ValueError as error:
        if cause := error.__cause__:
            frames = cause.__traceback__ and cause.__traceback__.tb_next  # from the file on
            traceback.print_exception(cause.with_traceback(frames))
        stop(str(error), 1)


def _bound(family: socket.AddressFamily, address: tuple[str, int]) -> socket.socket:
    # That it is TCP must be said: asyncio turns off Nagle's algorithm, which holds answers back, only if it is known.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        host, port = address
        if error.errno == errno.EADDRINUSE:
            stop(f"port {port} of {host} is in use by another program; --port 0 takes a free one", 1)
        stop(f"port {port} of {host} cannot be bound: {error.strerror}", 1)
    return listener


def _url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
