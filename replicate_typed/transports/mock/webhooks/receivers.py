"""Who is sent the webhooks of the mock service: a function, an app, an address."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol, TypeAlias, cast

import httpx
from attrs import frozen

from replicate_typed.errors import NetworkRefusedError
from replicate_typed.refusal import REFUSAL, is_refused
from replicate_typed.transports.mock.webhooks.loops import OwnLoop
from replicate_typed.transports.mock.webhooks.webhook import is_address

Answer: TypeAlias = int | httpx.Response | None
"""What a function answers: a status, 200 if it is None."""
Message: TypeAlias = MutableMapping[str, Any]
App: TypeAlias = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
"""An ASGI app."""
ReceivingFunction: TypeAlias = Callable[[httpx.Request], Answer | Awaitable[Answer]]

_PATIENCE = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}  # seconds
_NEW_CONNECTIONS = httpx.Limits(max_keepalive_connections=0)


@frozen
class Receipt:
    """What became of a request."""

    status: int | None = None
    error: str | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether it is sent again."""
        return self.status >= 400 if self.status is not None else self.error is not None


class Receiver(Protocol):
    """What takes the requests, in both colours."""

    def deliver(self, request: httpx.Request) -> Receipt: ...

    async def adeliver(self, request: httpx.Request) -> Receipt: ...


def receiver_of(to: App | ReceivingFunction | str | None) -> Receiver:
    """The receiver that is meant; TypeError or ValueError if it is none."""
    if to is None or isinstance(to, str):
        return NetworkReceiver(to)
    if _takes(to, 3) and not _takes(to, 1):
        return AppReceiver(cast("App", to))
    if _takes(to, 1):
        return FunctionReceiver(cast("ReceivingFunction", to))
    raise TypeError(f"webhooks go to a function of one request, an ASGI app or a URL, not {to!r}")


class FunctionReceiver:
    """A function of the request, plain or async; what it raises reaches whoever moves the time."""

    def __init__(self, function: ReceivingFunction) -> None:
        self._function = function
        self._loop = OwnLoop()

    def deliver(self, request: httpx.Request) -> Receipt:
        answer = self._function(request)
        return _receipt(self._loop.run(answer) if isinstance(answer, Awaitable) else answer)

    async def adeliver(self, request: httpx.Request) -> Receipt:
        answer = self._function(request)
        return _receipt(await answer if isinstance(answer, Awaitable) else answer)


class AppReceiver:
    """An ASGI app, in the event loop of who delivers, or in one of its own; what it raises is a 500."""

    def __init__(self, app: App) -> None:
        self._transport = httpx.ASGITransport(app)
        self._loop = OwnLoop()

    def deliver(self, request: httpx.Request) -> Receipt:
        return self._loop.run(self.adeliver(request))

    async def adeliver(self, request: httpx.Request) -> Receipt:
        try:
            response = await self._transport.handle_async_request(request)
        except Exception as error:
            return Receipt(500, _words_of(error))
        return Receipt(response.status_code)


class NetworkReceiver:
    """A server somewhere: each webhook goes to its own address, or all to one."""

    def __init__(self, url: str | None) -> None:
        if url is not None and not is_address(url):
            raise ValueError(f"webhooks go to an http or https address, not {url!r}")
        self._url = url

    def deliver(self, request: httpx.Request) -> Receipt:
        sent = httpx.Request(
            "POST",
            self._url or request.url,
            headers={name: value for name, value in request.headers.items() if name != "host"},
            content=request.content,
            extensions={"timeout": _PATIENCE},
        )
        if is_refused(str(sent.url)):
            raise NetworkRefusedError(
                f"a webhook to {sent.url.host}: {REFUSAL}: deliver webhooks to a function, an app or this machine"
            )
        try:
            with httpx.HTTPTransport(verify=sent.url.scheme == "https", limits=_NEW_CONNECTIONS) as transport:
                response = transport.handle_request(sent)
                response.close()
        except (httpx.HTTPError, OSError) as error:
            return Receipt(error=_words_of(error))
        return Receipt(response.status_code)

    async def adeliver(self, request: httpx.Request) -> Receipt:
        from anyio import to_thread

        return await to_thread.run_sync(self.deliver, request)


def _receipt(answer: Answer) -> Receipt:
    if isinstance(answer, httpx.Response):
        return Receipt(answer.status_code)
    if answer is None:
        return Receipt(200)
    if not isinstance(answer, int) or not 100 <= answer <= 599:  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"a webhook is answered with a status, an httpx.Response or None, not {answer!r}")
    return Receipt(answer)


def _words_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _takes(function: object, number: int) -> bool:
    """Whether it can be called with so many arguments."""
    if not callable(function):
        return False
    try:
        inspect.signature(function).bind(*range(number))
    except TypeError:
        return False
    except ValueError:  # it does not tell
        return number == 1
    return True
