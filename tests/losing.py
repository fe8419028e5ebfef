"""The mock service, and what becomes of the creates that are sent to it, one after the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx
from predictions import VERSION

from replicate_typed import MockTransport, VirtualClock

Change = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


class Fate(NamedTuple):
    """What becomes of a create: whether the service gets it, and after how many seconds what comes back."""

    arrives: bool = True
    seconds: float = 0.0
    error: Callable[[], BaseException] | None = None


GOOD = Fate()
LOST = Fate(error=lambda: httpx.ReadError("reset"))
"""A prediction is made, and its answer lost."""
NOT_MADE = Fate(arrives=False, error=lambda: httpx.ReadError("reset"))
"""None is made; it looks the same."""


def late(seconds: float) -> Fate:
    """Made at once, and answered late."""
    return Fate(seconds=seconds)


def echo(text: str, times: int = 1) -> str:
    return text * times


def within_timeout(request: httpx.Request, fate: Fate) -> tuple[float, Fate]:
    """For how long the client waits, and what it then sees."""
    left = request.extensions.get("timeout", {}).get("read", math.inf)
    if fate.seconds <= left:
        return fate.seconds, fate
    return left, Fate(error=lambda: httpx.ReadTimeout("no answer"))


class Losing(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The service with a model that echoes its text after ten seconds; creates past the given ones are good."""

    requires_token = False

    def __init__(self, *fates: Fate, page_size: int | None = None) -> None:
        self.mock = MockTransport(page_size=page_size)
        self.mock.model("acme/echo", version=VERSION, starting=1, processing=9)(echo)
        self.mock.deployment("acme/prod", model="acme/echo")
        self.fates = list(fates)
        self.before: Callable[[httpx.Request], None] = lambda request: None
        self.listed: Change = lambda predictions: predictions

    @property
    def clock(self) -> VirtualClock:
        return self.mock.clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.before(request)
        fate = self._fate(request)
        response = self.mock.handle_request(request) if fate.arrives else httpx.Response(500)
        if fate.seconds:
            seconds, fate = within_timeout(request, fate)
            self.clock.sleep(seconds)
        return self._answer(request, fate, response)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.before(request)
        fate = self._fate(request)
        response = await self.mock.handle_async_request(request) if fate.arrives else httpx.Response(500)
        if fate.seconds:
            seconds, fate = within_timeout(request, fate)
            await self.clock.asleep(seconds)
        return self._answer(request, fate, response)

    def _fate(self, request: httpx.Request) -> Fate:
        is_create = request.method == "POST" and request.url.path.endswith("/predictions")
        return self.fates.pop(0) if is_create and self.fates else GOOD

    def _answer(self, request: httpx.Request, fate: Fate, response: httpx.Response) -> httpx.Response:
        if fate.error is not None:
            raise fate.error()
        if request.url.path.endswith("/v1/predictions") and response.status_code == 200:
            page = response.json()
            return httpx.Response(
                200, json=page | {"results": self.listed(page["results"])}, headers={"date": response.headers["date"]}
            )
        return response

    @property
    def creates(self) -> int:
        """How many creates have arrived."""
        return sum(request.method == "POST" and request.path.endswith("/predictions") for request in self.mock.requests)

    @property
    def looks(self) -> int:
        """How often predictions were listed."""
        return sum(request.operation == "predictions.list" for request in self.mock.requests)

    @property
    def statuses(self) -> list[str]:
        return [prediction["status"] for prediction in self.mock.predictions]

    @property
    def ids(self) -> list[str]:
        return [prediction["id"] for prediction in self.mock.predictions]
