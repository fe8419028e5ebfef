# Made by scripts/unasync.py from replicate_typed/_async/session.py; do not edit.
"""Sending operations: the one place where something may be sent again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from replicate_typed._sync.connection import connection_error
from replicate_typed.answers import error_of, is_problem, value_of
from replicate_typed.deadlines import Deadline, seconds_held
from replicate_typed.errors import AmbiguousCreateError, APIConnectionError, APIStatusError, MissingTokenError
from replicate_typed.pacing import Mishap, may_have_happened, may_send_again, mishap_of, retry_pause
from replicate_typed.refusal import is_refused
from replicate_typed.requests import can_be_made_anew, name_of, request_for, seconds_to_send
from replicate_typed.settings import positive_seconds

if TYPE_CHECKING:
    from replicate_api.types import Operation
    from replicate_typed._sync.connection import Connection
    from replicate_typed.clock import Clock
    from replicate_typed.settings import Settings

T = TypeVar("T")
WITHOUT_ONE = (
    "no API token: set the environment variable REPLICATE_API_TOKEN, or pass token=; "
    "tokens are at https://replicate.com/account/api-tokens"
)


class Session:
    """A connection and the settings to use it with."""

    __slots__ = ("connection", "settings")

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self.connection: Connection = connection
        self.settings: Settings = settings

    @property
    def clock(self) -> Clock:
        return self.connection.clock

    def deadline(self, seconds: float | None) -> Deadline:
        """The deadline that a `timeout=` stands for; raises ValueError or TypeError when it is no time."""
        return Deadline(self.clock, None if seconds is None else positive_seconds("timeout", seconds))

    def send(self, operation: Operation[T], deadline: Deadline | None = None) -> T:
        """What the service answers to an operation, before the deadline."""
        response, token = self.answer(operation, deadline)
        return value_of(operation, response, token)

    def answer(self, operation: Operation[Any], deadline: Deadline | None = None) -> tuple[httpx.Response, str | None]:
        """The successful answer to an operation, and the token it was asked for with.

        Tries again as the table in `pacing` says, and raises in the end.
        """
        name = name_of(operation)
        self.connection.check_open(name)
        deadline = deadline or self.deadline(None)
        token = self._token(operation)
        tries = 0
        while True:
            request = request_for(operation, self.settings, token)
            what = f"{name} at {self.connection.address or request.url.netloc.decode()}"
            tries += 1
            error: APIConnectionError | APIStatusError
            retry_after = None
            try:
                response = self.connection.exchange(
                    request,
                    deadline.within(_patience(operation, self.settings.timeout) + seconds_to_send(request)),
                    what=what,
                    is_streamed=operation.is_streamed,
                )
            except (httpx.HTTPError, OSError, APIConnectionError) as cause:
                error, mishap = connection_error(what, cause)
                error.__cause__ = None if error is cause else cause
            else:
                if response.is_success:
                    return response, token
                error = error_of(name, response, token)
                retry_after = error.retry_after
                mishap = mishap_of(
                    response.status_code, is_problem=is_problem(response), has_retry_after=retry_after is not None
                )
            if (
                tries > self.settings.retries
                or not may_send_again(mishap, is_repeatable=operation.is_repeatable)
                or not can_be_made_anew(operation)
            ):
                raise _final(operation, error, mishap)
            pause = retry_pause(tries, retry_after=retry_after, chance=random.random())  # noqa: S311 -- not a secret
            if pause >= deadline.remaining:
                raise _final(operation, error, mishap)
            self.clock.sleep(pause)

    def _token(self, operation: Operation[Any]) -> str | None:
        token = self.settings.token
        if token is not None or not operation.needs_token:
            return token
        if self.connection.requires_token and not is_refused(self.settings.base_url):  # one that is refused needs none
            raise MissingTokenError(f"{name_of(operation)}: {WITHOUT_ONE}")
        return token


def _patience(operation: Operation[Any], timeout: float) -> float:
    """Seconds for one request: always more than the service was asked to hold its answer back."""
    if not operation.headers:
        return timeout
    prefer = next((value for name, value in operation.headers.items() if name.lower() == "prefer"), "")
    held = seconds_held(prefer)
    return timeout if held is None else max(timeout, held + 10)


def _final(
    operation: Operation[Any], error: APIConnectionError | APIStatusError, mishap: Mishap
) -> APIConnectionError | APIStatusError | AmbiguousCreateError:
    """The error to raise: a create whose answer was lost is one of its own."""
    if operation.method != "POST" or operation.is_repeatable or not may_have_happened(mishap):
        return error
    ambiguous = AmbiguousCreateError(
        f"{error}; it was sent, so what it asked for may have been created, and was not asked for again: "
        f"look for it before you do (client.predictions.list() shows the newest first)"
    )
    ambiguous.__cause__ = error
    return ambiguous
