"""What a server tells of itself: lines for people, or JSON for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.style import Style

import replicate_typed
from replicate_typed.transports.mock.calls import target_of
from replicate_typed.transports.mock.serving.asgi import Exchange


class Report(Protocol):
    """Where a server tells."""

    def started(self, url: str, models: Sequence[str], *, needs_token: bool) -> None:
        """Callers are answered from now on."""
        ...

    def exchange(self, exchange: Exchange) -> None:
        """A request has been served."""
        ...


class TextReport:
    """Lines for people, with colours on a terminal."""

    def __init__(self) -> None:
        self._has_colours = Console().color_system is not None

    def started(self, url: str, models: Sequence[str], *, needs_token: bool) -> None:
        served = ", ".join(self._styled("bold", model) for model in models) or "no models"
        print_line(f"replicate-typed {replicate_typed.__version__} serves {served}")
        print_line(f"at {self._styled('bold green', url)}; Ctrl-C stops it.")
        print_line()
        print_line("Point a client at it:")
        print_line(f"    export REPLICATE_BASE_URL={url}")
        print_line(f"    export REPLICATE_API_TOKEN={'…  # the one of --token' if needs_token else 'any'}")
        print_line()

    def exchange(self, exchange: Exchange) -> None:
        status = "broken off" if exchange.status is None else str(exchange.status)
        colour = "green" if exchange.status and exchange.status < 400 else "yellow"
        colour = "red" if exchange.status is None or exchange.status >= 500 else colour
        operation = self._styled("cyan", operation_of(exchange) or "-")
        asked = f"{exchange.method} {exchange.path}"
        print_line(f"{self._styled(colour, status)} {asked} {operation} {exchange.seconds * 1000:.1f} ms")

    def _styled(self, style: str, text: str) -> str:
        return Style.parse(style).render(text) if self._has_colours else text


class JSONReport:
    """One JSON object a line; its member `event` says what it tells of."""

    def started(self, url: str, models: Sequence[str], *, needs_token: bool) -> None:
        version = replicate_typed.__version__
        self._print(event="started", url=url, version=version, models=models, needs_token=needs_token)

    def exchange(self, exchange: Exchange) -> None:
        self._print(
            event="request",
            method=exchange.method,
            path=exchange.path,
            operation=operation_of(exchange),
            status=exchange.status,
            ms=round(exchange.seconds * 1000, 1),
        )

    def _print(self, **members: object) -> None:
        print_line(json.dumps(members))


def operation_of(exchange: Exchange) -> str | None:
    """The id of the operation that was asked for."""
    return target_of(exchange.request).id if exchange.request is not None else None


def print_line(text: str = "") -> None:
    """One more line on the standard output; nothing if nobody reads it any more, for a server goes on."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
