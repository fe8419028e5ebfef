# Made by scripts/unasync.py from replicate_typed/_async/base_client.py; do not edit.
"""What a client is beneath the verbs: its settings, its lifetime, and the sending of operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from replicate_typed._sync.connection import Connection, usable
from replicate_typed._sync.resources.tree import Resources
from replicate_typed._sync.session import Session
from replicate_typed.logger import set_up_logging
from replicate_typed.plain import plain_operation
from replicate_typed.responses import RawResponse
from replicate_typed.settings import checked_headers, read_settings

if TYPE_CHECKING:
    from types import TracebackType

    import httpx

    from replicate_api.types import Operation, QueryValue
    from replicate_typed.settings import RequestHooks, ResponseHooks
    from replicate_typed.transports.protocols import Transport

T = TypeVar("T")


class BaseClient(Resources):
    """A client without its verbs; the arguments are those of `Client`."""

    def __init__(
        self,
        *,
        token: str | None = None,
        base_url: str | None = None,
        transport: Transport | httpx.Client | None = None,
        timeout: float | None = None,
        retries: int | None = None,
        polling: float | None = None,
        headers: Mapping[str, str] | None = None,
        on_request: RequestHooks | None = None,
        on_response: ResponseHooks | None = None,
    ) -> None:
        set_up_logging()
        settings = read_settings(
            token=token,
            base_url=base_url,
            timeout=timeout,
            retries=retries,
            polling=polling,
            headers=headers,
            on_request=on_request,
            on_response=on_response,
        )
        self._session = Session(Connection(usable(transport)), settings)

    def with_options(
        self,
        *,
        token: str | None = None,
        timeout: float | None = None,
        retries: int | None = None,
        polling: float | None = None,
        headers: Mapping[str, str] | None = None,
        on_request: RequestHooks | None = None,
        on_response: ResponseHooks | None = None,
    ) -> Self:
        """A copy with other settings, and the same transport; closing either closes both. None keeps a setting."""
        now = self._session.settings
        changed = read_settings(
            token=now.given_token if token is None else token,
            base_url=now.base_url,
            timeout=now.timeout if timeout is None else timeout,
            retries=now.retries if retries is None else retries,
            polling=now.poll_interval if polling is None else polling,
            headers={**now.headers, **checked_headers({} if headers is None else headers)},
            on_request=now.on_request if on_request is None else on_request,
            on_response=now.on_response if on_response is None else on_response,
        )
        copy = type(self).__new__(type(self))
        copy._session = Session(self._session.connection, changed)
        return copy

    def send(self, operation: Operation[T], /) -> T:
        """What the service answers to an operation, read as the API describes it."""
        with self._session.clock.participant():
            return self._session.send(operation)

    def send_raw(self, operation: Operation[T], /) -> RawResponse[T]:
        """The answer to an operation with its status, headers and body; raises as `send` does."""
        with self._session.clock.participant():
            response, token = self._session.answer(operation)
        return RawResponse(operation, response, token)

    def request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The plain JSON of any path of the API: a dict, a list …; text as str, and None for an empty answer.

        Args:
            method: The HTTP method.
            path: Below the base URL, such as "/hardware"; a full address of the API will do.
            body: A JSON object to send.
            query: What stands behind the question mark.
            headers: Headers for this request.
        """
        operation = plain_operation(
            method, path, body, query=query, headers=headers, base_url=self._session.settings.base_url
        )
        return self.send(operation)

    def close(self) -> None:
        """Close the transport; every request after this is refused."""
        self._session.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._session.settings.base_url}>"
