"""The types of transports, clocks and the service in memory, for mypy and pyright to check; never run."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Literal, assert_type

import httpx

from replicate_typed import (
    AsyncCogTransport,
    AsyncHTTPTransport,
    AsyncTransport,
    Clock,
    CogTransport,
    HTTPTransport,
    MockTransport,
    RecordedTransport,
    SystemClock,
    Transport,
    VirtualClock,
)
from replicate_typed.transports.mock import MockRequest, MockWebhook


def transports(
    request: httpx.Request, transport: Transport, http: HTTPTransport, cog: CogTransport, recorded: RecordedTransport
) -> None:
    assert_type(transport.handle_request(request), httpx.Response)
    assert_type(transport.close(), None)
    assert_type(http.handle_request(request), httpx.Response)
    assert_type(http.close(), None)
    assert_type(http.requires_token, bool)
    assert_type(cog.handle_request(request), httpx.Response)
    assert_type(cog.close(), None)
    assert_type((cog.requires_token, cog.stores_files), tuple[bool, bool])
    assert_type(recorded.handle_request(request), httpx.Response)
    assert_type(recorded.close(), None)
    assert_type((recorded.requires_token, recorded.unused), tuple[bool, list[str]])
    assert_type((recorded.path, recorded.address, recorded.clock), tuple[str, str | None, Clock | None])
    assert_type(recorded.mode, Literal["once", "none", "new_episodes", "all"])


async def async_transports(
    request: httpx.Request,
    transport: AsyncTransport,
    http: AsyncHTTPTransport,
    cog: AsyncCogTransport,
    recorded: RecordedTransport,
) -> None:
    assert_type(await transport.handle_async_request(request), httpx.Response)
    assert_type(await transport.aclose(), None)
    assert_type(await http.handle_async_request(request), httpx.Response)
    assert_type(await http.aclose(), None)
    assert_type(http.requires_token, bool)
    assert_type(await cog.handle_async_request(request), httpx.Response)
    assert_type(await cog.aclose(), None)
    assert_type((cog.requires_token, cog.stores_files), tuple[bool, bool])
    assert_type(await recorded.handle_async_request(request), httpx.Response)
    assert_type(await recorded.aclose(), None)


async def clocks(clock: Clock, system: SystemClock, virtual: VirtualClock, see: Any) -> None:
    assert_type(clock.now(), float)
    assert_type(clock.sleep(1), None)
    assert_type(await clock.asleep(1), None)
    assert_type(clock.participant(), AbstractContextManager[None])
    assert_type(system.now(), float)
    assert_type(system.sleep(1), None)
    assert_type(await system.asleep(1), None)
    assert_type(system.participant(), AbstractContextManager[None])
    assert_type(virtual.now(), float)
    assert_type(virtual.sleep(1), None)
    assert_type(await virtual.asleep(1), None)
    assert_type(virtual.slept, list[float])
    assert_type(virtual.schedule(5.0, see), None)
    assert_type(virtual.participant().__enter__(), None)
    assert_type(virtual.expect(2, within=5).__enter__(), None)


def the_service_in_memory(mock: MockTransport, clock: Clock, request: httpx.Request) -> None:
    @mock.training("acme/trainer", processing=60)
    def train(text: str) -> str:
        return text

    assert_type(mock.model("acme/poet")(train)("a"), str)
    assert_type(mock.training("acme/poet")(train)("a"), str)
    assert_type(mock.reply("acme/echo", "a", error=None, logs=["a"], after=2.5, times=1), None)
    assert_type(mock.example("acme/echo", {"text": "a"}), None)
    assert_type(mock.deployment("acme/prod", model="acme/echo", hardware="cpu", min_instances=1), None)
    assert_type(mock.collection("best", models=["acme/echo"]), None)
    assert_type(mock.log("a line"), None)
    assert_type(mock.seed(), MockTransport)
    assert_type(mock.use_clock(clock), None)
    assert_type(mock.file_signing_secret, str)
    assert_type(mock.close(), None)
    assert_type((mock.requires_token, mock.handle_request(request)), tuple[bool, httpx.Response])


async def what_befalls_it(mock: MockTransport, request: httpx.Request) -> None:
    assert_type(mock.fail("predictions.get", status=503, retry_after=1, when="after", times=None), None)
    assert_type(mock.delay(5, "predictions.get", probability=0.5), None)
    assert_type(mock.disconnect(when="before"), None)
    assert_type(mock.truncate(after=10), None)
    assert_type(mock.garbage(times=2), None)
    assert_type(mock.cut_stream(after=2), None)
    assert_type(await mock.aclose(), None)
    assert_type(await mock.handle_async_request(request), httpx.Response)


def what_was_asked_of_it(mock: MockTransport) -> None:
    assert_type(mock.requests, list[MockRequest])
    assert_type(mock.assert_called("predictions.create", times=1, input={}), None)
    assert_type(mock.models, list[str])
    assert_type(mock.predictions, list[dict[str, Any]])
    assert_type(mock.webhooks, list[MockWebhook])
    assert_type(mock.deliver_webhooks("https://acme.example"), None)
    assert_type(mock.deliver_webhooks(lambda request: 200), None)
    assert_type(mock.delivers_webhooks, bool)
