"""One request out, one answer in, over one transport: the contract that bare transports leave to their caller."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, Self, cast

import httpx

from replicate_typed import refusal
from replicate_typed._async.network import timed
from replicate_typed.answers import mend_charset, undecodable
from replicate_typed.clock import SystemClock
from replicate_typed.deadlines import Timeouts
from replicate_typed.errors import APIConnectionError, APITimeoutError, ClosedClientError
from replicate_typed.pacing import Mishap
from replicate_typed.settings import transport_name
from replicate_typed.transports.stand_ins import stand_in
from replicate_typed.turns import Limits

if TYPE_CHECKING:
    from replicate_typed.clock import Clock
    from replicate_typed.deadlines import Deadline
    from replicate_typed.transports.protocols import AsyncTransport

SYSTEM_CLOCK = SystemClock()
NEVER_CONNECTED = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol
)  # fmt: skip


class AsyncConnection:
    """A transport and its clock; the clients that share it are closed together.

    One that was given no transport uses what stands in for the network while there is such a thing; else what the
    environment names.
    """

    def __init__(self, transport: AsyncTransport | None) -> None:
        self._transport = transport  # made or loaded when it is first needed, if it was not given
        self._is_given = transport is not None
        self._name = transport_name() if transport is None else None
        self._lock = threading.Lock()
        self.is_closed: bool = False
        self.address: str | None = getattr(transport, "address", None)
        self.limits: Limits = Limits()
        self.last_answer: tuple[Mapping[str, str], float] | None = None
        """The headers of the last answer, and when it had come."""

    @property
    def transport(self) -> AsyncTransport:
        """What carries the requests; the real one is made when it is first needed, as its TLS context takes a while."""
        transport = self._known_transport
        if transport is not None:
            return transport
        with self._lock:
            if self._transport is None:
                from replicate_typed._async.transports import AsyncHTTPTransport

                self._transport = AsyncHTTPTransport()
        return self._transport

    @property
    def clock(self) -> Clock:
        """The transport's, if it has one."""
        return cast("Clock", getattr(self._known_transport, "clock", None) or SYSTEM_CLOCK)

    @property
    def requires_token(self) -> bool:
        """Whether requests go to the real API: true unless the transport says otherwise, or answers in memory."""
        transport = self._known_transport
        if isinstance(transport, (httpx.MockTransport, httpx.ASGITransport, httpx.WSGITransport)):
            return False
        return bool(getattr(transport, "requires_token", True))

    @property
    def stores_files(self) -> bool:
        """Whether files can be uploaded: true unless the transport says otherwise."""
        return bool(getattr(self._known_transport, "stores_files", True))

    @property
    def _known_transport(self) -> AsyncTransport | None:
        """The transport, unless it is the real one and still to be made."""
        if self._is_given:
            return self._transport
        standing_in = stand_in()
        if standing_in is None and self._transport is None and self._name is not None:
            from replicate_typed._async.named_transports import named_transport

            with self._lock:
                if self._transport is None:
                    self._transport = named_transport(self._name)
                    self.address = getattr(self._transport, "address", None)
        return standing_in or self._transport

    def check_open(self, what: str) -> None:
        """Raise ClosedClientError if this was closed."""
        if self.is_closed:
            raise ClosedClientError(f"{what}: the client is closed")

    async def exchange(
        self, request: httpx.Request, deadline: Deadline, *, what: str, is_streamed: bool = False
    ) -> httpx.Response:
        """The answer to a request, called `what` in errors, whatever its status, before the deadline.

        Its body is read and its connection given back, on every path; with `is_streamed`, a successful answer
        is handed over with its body unread. Raises what `connection_error` describes, and NetworkRefusedError.
        """
        self.check_open(what)
        if deadline.has_passed:
            raise httpx.ConnectTimeout("no time was left to send it")
        request.extensions["timeout"] = timeouts = Timeouts(deadline)
        if refusal.is_in_force:
            refusal.guard(request, self.address, what)
        response = await self.transport.handle_async_request(request)
        response.request = request
        if is_streamed and response.is_success:
            timeouts.stand_still()
            return await _as_it_arrives(response, what)
        if not response.is_closed:
            response = await _read(response, what, deadline)
        mend_charset(response)
        return response

    async def close(self) -> None:
        """Close the transport; every request after this is refused."""
        self.is_closed = True
        if self._transport is not None:
            await self._transport.aclose()

    def __reduce__(self) -> tuple[Any, ...]:
        if self._is_given:
            raise TypeError(
                f"a client with a transport of its own ({type(self._transport).__name__}) cannot be pickled: "
                "connections and what is in memory do not go elsewhere; make a client where it is used"
            )
        return type(self), (None,), {"is_closed": self.is_closed}

    def __deepcopy__(self, memo: object) -> Self:
        return self  # as in copies by `with_options`


async def _read(response: httpx.Response, what: str, deadline: Deadline) -> httpx.Response:
    """The answer with its body read, and closed."""
    stream = AsyncWatchedStream(cast("httpx.AsyncByteStream", response.stream), what)
    chunks: list[bytes] = []
    try:
        async for chunk in stream:
            if deadline.has_passed:
                raise APITimeoutError(f"{what}: no answer in time: it is still arriving")
            chunks.append(chunk)
    finally:
        await stream.aclose()
    content = b"".join(chunks)
    response.stream = httpx.ByteStream(content)
    try:
        response.read()
    except httpx.DecodingError as error:
        reason = str(error)
    else:
        return response
    headers = [pair for pair in response.headers.multi_items() if pair[0] != "content-encoding"]
    as_it_came = httpx.Response(response.status_code, headers=headers, content=content, request=response.request)
    if response.is_success:
        token = response.request.headers.get("authorization", "").removeprefix("Bearer ")
        raise undecodable(f"{what}: the body is not encoded as it says: {reason}", as_it_came, token)
    return as_it_came  # an error is the one that its status says, whatever its body is


async def _as_it_arrives(response: httpx.Response, what: str) -> httpx.Response:
    """The answer with its body still to be read."""
    asked = response.request
    timeouts = {"timeout": asked.extensions["timeout"]}  # for whoever reads the body
    bare = httpx.Request(asked.method, asked.url, extensions=timeouts)  # without the token
    if response.is_closed:  # a transport in memory has read it
        outdated = {"content-encoding", "content-length"} if "content-encoding" in response.headers else set[str]()
        headers = [pair for pair in response.headers.multi_items() if pair[0] not in outdated]
        body = AsyncHeldStream(response.content)
        return httpx.Response(response.status_code, headers=headers, stream=body, request=bare)
    response.request = bare
    response.stream = AsyncWatchedStream(cast("httpx.AsyncByteStream", response.stream), what)
    if response.headers.get("content-encoding", "identity") != "identity":
        await response.aclose()
        raise undecodable(f"{what}: asked for the bytes as they are, but they came encoded", response, None)
    return response


def usable(transport: AsyncTransport | httpx.AsyncClient | None) -> AsyncTransport | None:
    """The transport that an argument stands for; raises TypeError when it is of the other colour, or none at all."""
    if isinstance(transport, httpx.AsyncClient):
        from replicate_typed._async.transports import AsyncHTTPTransport

        return AsyncHTTPTransport(transport)
    if isinstance(transport, httpx.AsyncHTTPTransport):
        return timed(transport)
    if isinstance(transport, type):
        raise TypeError(f"transport must be an object, not the class {transport.__name__}")
    if transport is not None and not hasattr(transport, "handle_async_request"):
        raise TypeError(f"transport must have handle_async_request, which {type(transport).__name__} has not")
    return transport


class AsyncWatchedStream(httpx.AsyncByteStream):
    """A body whose breaking off is an error of ours."""

    def __init__(self, stream: httpx.AsyncByteStream, what: str) -> None:
        self._stream = stream
        self._what = what
        self._iterator: AsyncIterator[bytes] | None = None

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._iterator = self._stream.__aiter__()
        return self

    async def __anext__(self) -> bytes:
        assert self._iterator is not None
        try:
            return await self._iterator.__anext__()
        except (httpx.HTTPError, OSError) as error:
            raise connection_error(self._what, error)[0] from error

    async def aclose(self) -> None:
        with contextlib.suppress(httpx.HTTPError, OSError):  # the body is over in any case
            await self._stream.aclose()
        if self._iterator is not None and type(self._stream).__module__.startswith("httpx."):
            # Trio complains of generators that are left half-way; those of a closed connection end soon.
            with contextlib.suppress(Exception):
                while True:
                    await self._iterator.__anext__()
        elif (end := getattr(self._iterator, "aclose", None)) is not None:
            with contextlib.suppress(httpx.HTTPError, OSError):
                await end()


class AsyncHeldStream(httpx.AsyncByteStream):
    """A body that is in memory."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content


def connection_error(what: str, error: Exception) -> tuple[APIConnectionError, Mishap]:
    """Our error for one of the transport's, and what it means for sending again."""
    if isinstance(error, APIConnectionError):
        return error, Mishap.UNANSWERED
    if isinstance(error, httpx.HTTPError):
        error.request = httpx.Request("GET", "https://api.replicate.com")  # the real one holds the token
    if isinstance(error, httpx.HTTPStatusError):  # from a hook of a ready-made client
        error.response = httpx.Response(error.response.status_code, request=error.request)
    never_connected = isinstance(error, NEVER_CONNECTED)
    reason = str(error) or type(error).__name__
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return APITimeoutError(f"{what}: no answer in time: {reason}"), _mishap(never_connected)
    state = "could not connect" if never_connected else "the connection broke"
    return APIConnectionError(f"{what}: {state}: {reason}"), _mishap(never_connected)


def _mishap(never_connected: bool) -> Mishap:
    return Mishap.NOT_CONNECTED if never_connected else Mishap.UNANSWERED
