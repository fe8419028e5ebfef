"""Requests and what happens to them: operations to send, and a service that is told how to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from replicate_api.api.predictions.predictions_cancel import predictions_cancel
from replicate_api.api.predictions.predictions_create import predictions_create
from replicate_api.api.predictions.predictions_get import predictions_get
from replicate_api.types import Operation
from replicate_typed import VirtualClock
from replicate_typed.models import Prediction

PREDICTION: dict[str, Any] = {
    "id": "abc",
    "version": "v",
    "input": {},
    "status": "starting",
    "created_at": "2026-01-01T00:00:00Z",
    "urls": {"get": "https://x/get", "cancel": "https://x/cancel"},
}
Happening = httpx.Response | Exception


class Service(httpx.MockTransport):
    """What happens is given, the last thing again and again; pauses cost no time."""

    def __init__(self, *happenings: Callable[[], Happening]) -> None:
        self.happenings = happenings
        self.clock = VirtualClock()
        self.asked: list[str] = []
        self.bodies: list[bytes] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path.removeprefix('/v1')}")
        self.bodies.append(request.content)
        happened = self.happenings[min(len(self.asked), len(self.happenings)) - 1]()
        if isinstance(happened, Exception):
            raise happened
        return happened


def good() -> httpx.Response:
    return httpx.Response(200, json=PREDICTION)


def status(code: int, body: dict[str, Any] | None = None, **headers: str) -> Callable[[], httpx.Response]:
    """An answer of that status: problem+json if there is a body, else plain text."""
    given = {"content-type": "application/problem+json" if body else "text/plain"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: httpx.Response(code, json=body, headers=given) if body else httpx.Response(code, headers=given)


def get() -> Operation[Prediction]:
    return predictions_get("abc")


def cancel() -> Operation[Prediction]:
    return predictions_cancel("abc")


def create() -> Operation[Prediction]:
    return predictions_create(version="v" * 64, input={})
