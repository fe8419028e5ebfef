"""Predictions for tests: a mock service that makes them, and one that tells how a single one goes."""

from __future__ import annotations

from typing import Any

import httpx

from replicate_typed import MockTransport

VERSION = "5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa"
BODY: dict[str, Any] = {
    "id": "p1",
    "version": VERSION,
    "model": "acme/echo",
    "input": {},
    "status": "starting",
    "created_at": "2025-01-01T00:00:00Z",
    "urls": {"get": "https://api.replicate.com/v1/predictions/p1", "cancel": "https://x"},
}
DONE = {"status": "succeeded", "output": ["a"]}


def mock_service() -> MockTransport:
    """For a fixture: a service with a model that takes ten seconds, one that fails, and a deployment."""
    service = MockTransport()

    @service.model("acme/echo", version=VERSION, starting=1, processing=9)
    def echo(text: str, times: int = 1) -> str:
        for line in ("warming up", "50%", "100%"):
            service.log(line)
        return text * times

    @service.model("acme/broken")
    def broken() -> None:
        raise RuntimeError("CUDA out of memory")

    service.deployment("acme/prod", model="acme/echo")
    return service


class Scripted(httpx.MockTransport):
    """Answers every request with the next of some predictions, the last one for ever."""

    def __init__(self, *changes: dict[str, Any]) -> None:
        self.left = list(changes)
        self.paths: list[str] = []
        self.clock = MockTransport().clock
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.paths.append(f"{request.method} {request.url.path}")
        change = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        return httpx.Response(201 if request.method == "POST" else 200, json={**BODY, **change})
