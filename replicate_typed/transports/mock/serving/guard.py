"""Who may ask a service that is served: callers with its token, or programs on the same machine."""

from __future__ import annotations

import hmac
import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import httpx

from replicate_typed.transports.mock.calls import Target, target_of
from replicate_typed.transports.mock.problems import ProblemError

if TYPE_CHECKING:
    from replicate_typed.transports.protocols import AsyncTransport

# As recorded, byte by byte.
_UNAUTHENTICATED = (
    b'{"title":"Unauthenticated","detail":"You did not pass a valid authentication token","status":401}\n'
)
_ORIGIN = re.compile(r"https?://([^/:]+|\[[^]]+\])(?::\d+)?")


class Guard(httpx.AsyncBaseTransport):
    """Answers those who may not ask, and hands the requests of all others to a transport.

    Args:
        transport: What answers.
        token: What callers must send, as `Bearer` or as the older `Token`; addresses that are secrets need none.
            With `None`, a request must name a host of this machine. Else any web page could ask, through the browser
            of somebody who visits it and a host name that leads here: DNS rebinding.
    """

    def __init__(self, transport: AsyncTransport, token: str | None) -> None:
        self._transport = transport
        self._token = token

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._token is None:
            for host in hosts_named_by(request):
                if not is_of_this_machine(host):
                    return foreign_host(host).response()
        elif not (is_open_to_all(target_of(request)) or self._knows(request)):
            headers = {"content-type": "application/problem+json"}
            return httpx.Response(401, headers=headers, content=_UNAUTHENTICATED)
        return await self._transport.handle_async_request(request)

    def _knows(self, request: httpx.Request) -> bool:
        assert self._token is not None
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        is_same = hmac.compare_digest(token.strip().encode(), self._token.encode())  # in a time that tells nothing
        return is_same and kind.lower() in ("bearer", "token")


def is_open_to_all(target: Target) -> bool:
    """Whether the address is a secret itself: of a stream, an output file, a signed download."""
    if target.operation is None:
        return target.id is not None
    return not target.operation.needs_token


def hosts_named_by(request: httpx.Request) -> list[str]:
    """The hosts that the caller says it asks, and that it comes from; only browsers say that."""
    hosts = [request.url.host]
    if (origin := request.headers.get("origin")) is not None:
        found = _ORIGIN.fullmatch(origin)
        hosts.append(found[1].strip("[]") if found else origin)
    return hosts


@lru_cache(maxsize=100)
def is_of_this_machine(host: str) -> bool:
    """Whether a host can only be the machine that asks for it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def foreign_host(host: str) -> ProblemError:
    """403, for a host that is none of this machine's."""
    return ProblemError(
        403,
        f"Without a token, this service answers requests for 127.0.0.1, ::1 and localhost only, and not for {host!r}. "
        "Start it with --token to call it by another name, or from a web page.",
    )
