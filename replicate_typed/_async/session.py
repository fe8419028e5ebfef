"""Sending operations: the one place where something may be sent again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import httpx

from replicate_typed._async.connection import connection_error
from replicate_typed._async.hooks import AsyncHooks
from replicate_typed.answers import error_of, is_problem, value_of
from replicate_typed.deadlines import Deadline, seconds_held
from replicate_typed.errors import (
    AmbiguousCreateError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    MissingTokenError,
    RateLimitError,
    ReplicateError,
    UndecodableResponseError,
)
from replicate_typed.logger import is_logging, log_answer, log_failure
from replicate_typed.pacing import LONGEST_PAUSES, Mishap, may_have_happened, may_send_again, mishap_of, retry_pause
from replicate_typed.rates import is_create
from replicate_typed.refusal import is_refused
from replicate_typed.requests import can_be_made_anew, name_of, request_for, seconds_to_send
from replicate_typed.settings import positive_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from replicate_api.types import Operation
    from replicate_typed._async.connection import AsyncConnection
    from replicate_typed.claims import Claims, Flight
    from replicate_typed.clock import Clock
    from replicate_typed.deadlines import Timeouts
    from replicate_typed.settings import Settings
    from replicate_typed.turns import Turns

T = TypeVar("T")
WITHOUT_ONE = (
    "no API token: set the environment variable REPLICATE_API_TOKEN, or pass token=; "
    "tokens are at https://replicate.com/account/api-tokens"
)


class Failure(NamedTuple):
    """What came instead of a good answer."""

    error: APIConnectionError | APIStatusError
    mishap: Mishap


class AsyncSession:
    """A connection and the settings to use it with."""

    __slots__ = ("connection", "hooks", "settings")

    def __init__(self, connection: AsyncConnection, settings: Settings) -> None:
        self.connection: AsyncConnection = connection
        self.settings: Settings = settings
        self.hooks: AsyncHooks | None = AsyncHooks(settings) if settings.on_request or settings.on_response else None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.connection, self.settings)

    @property
    def clock(self) -> Clock:
        return self.connection.clock

    @property
    def claims(self) -> Claims:
        """Which predictions are whose, and what was lost."""
        from replicate_typed.claims import claims_of

        return claims_of(self.clock)

    def deadline(self, seconds: float | None) -> Deadline:
        """The deadline that a `timeout=` stands for; raises ValueError or TypeError when it is no time."""
        return Deadline(self.clock, None if seconds is None else positive_seconds("timeout", seconds))

    async def send(self, operation: Operation[T], deadline: Deadline | None = None, *, is_poll: bool = False) -> T:
        """What the service answers to an operation, before the deadline."""
        response, token = await self.answer(operation, deadline, is_poll=is_poll)
        return value_of(operation, response, token)

    async def open(self, operation: Operation[Any], opening: Deadline, reading: Deadline) -> httpx.Response:
        """The successful answer to an operation, its body unread.

        It has come before `opening`; each read may then take as long as a request, but not longer than `reading`.
        """
        response, _ = await self.answer(operation, opening)
        cast("Timeouts", response.request.extensions["timeout"]).read_within(self.settings.timeout, reading)
        return response

    async def answer(
        self, operation: Operation[Any], deadline: Deadline | None = None, *, is_poll: bool = False
    ) -> tuple[httpx.Response, str | None]:
        """The successful answer to an operation, and the token it was asked for with.

        Tries again as the table in `pacing` says, and raises in the end. A poll is logged for debugging alone.
        """
        self.connection.check_open(name_of(operation))
        deadline = deadline or self.deadline(None)
        token = self._token(operation)
        tries, paused = 0, 0.0
        while True:
            tries += 1
            outcome = await self._try(operation, token, deadline, tries, is_poll=is_poll)
            if isinstance(outcome, httpx.Response):
                return outcome, token
            error, mishap = outcome
            if (
                tries > self.settings.retries
                or not may_send_again(mishap, is_repeatable=operation.is_repeatable)
                or not can_be_made_anew(operation)
            ):
                raise _final(operation, error, mishap)
            retry_after = error.retry_after if isinstance(error, APIStatusError) else None
            pause = retry_pause(tries, retry_after=retry_after, chance=random.random())  # noqa: S311 -- not a secret
            paused += pause
            if pause >= deadline.remaining or paused > LONGEST_PAUSES:
                raise _final(operation, error, mishap)
            await self.clock.asleep(pause)

    async def _try(
        self, operation: Operation[Any], token: str | None, deadline: Deadline, tries: int, *, is_poll: bool
    ) -> httpx.Response | Failure:
        """The answer to one request, if it is a good one, else what came instead."""
        request = request_for(operation, self.settings, token if self.hooks is None else None)
        if self.hooks is not None:
            request = await self.hooks.before(request, token if operation.needs_token else None)
        what = f"{name_of(operation)} at {self.connection.address or request.url.netloc.decode()}"
        turns = self.connection.limits.turns(operation, token)
        number = 0 if turns is None else turns.take(self.clock.now()) or await self._turn(turns, deadline, what)
        flight = self.claims.depart(operation, request.content, self.clock.now()) if is_create(operation) else None
        try:
            outcome = await self._exchange(operation, request, token, deadline, what, tries=tries, is_poll=is_poll)
        except BaseException as reason:
            self._settle(reason, turns, number, flight)
            raise
        self._settle(outcome, turns, number, flight)
        return outcome

    async def _turn(self, turns: Turns, deadline: Deadline, what: str) -> int:
        """The number of a request once it may be sent, after those that waited before."""
        place, since = turns.join(), self.clock.now()
        try:
            while True:
                number, pause = turns.take_at(place, self.clock.now())
                if number is not None:
                    return number
                if deadline.has_passed:
                    waited = self.clock.now() - since
                    raise APITimeoutError(f"{what}: not sent: waited {waited:.3g} s for the rate limit, in vain")
                await self.clock.asleep(min(pause, deadline.remaining))
        finally:
            turns.leave(place)

    async def _exchange(
        self,
        operation: Operation[Any],
        request: httpx.Request,
        token: str | None,
        deadline: Deadline,
        what: str,
        *,
        tries: int,
        is_poll: bool,
    ) -> httpx.Response | Failure:
        is_logged = is_logging()
        sent_at = self.clock.now() if is_logged else 0.0
        try:
            response = await self.connection.exchange(
                request,
                deadline.within(_patience(operation, self.settings.timeout) + seconds_to_send(request)),
                what=what,
                is_streamed=operation.is_streamed,
            )
        except (httpx.HTTPError, OSError, APIConnectionError) as cause:
            if is_logged:
                log_failure(operation, cause, self.clock.now() - sent_at, tries)
            error, mishap = connection_error(what, cause)
            error.__cause__ = None if error is cause else cause
            return Failure(error, mishap)
        if is_logged:
            log_answer(operation, response, self.clock.now() - sent_at, tries, is_poll=is_poll)
        if self.hooks is not None:
            await self.hooks.after(response)
        if response.is_success:
            return response
        refusal = error_of(name_of(operation), response, token)
        has_retry_after = refusal.retry_after is not None
        return Failure(
            refusal, mishap_of(response.status_code, is_problem=is_problem(response), has_retry_after=has_retry_after)
        )

    def _settle(
        self,
        outcome: httpx.Response | Failure | BaseException,
        turns: Turns | None,
        number: int,
        flight: Flight | None,
    ) -> None:
        """Remember what a request has come to, for those that come after it."""
        now = self.clock.now()
        error = outcome.error if isinstance(outcome, Failure) else None
        headers: Mapping[str, str] | None = None
        if isinstance(outcome, httpx.Response):
            headers = outcome.headers
        elif isinstance(error, APIStatusError):
            headers = error.headers
        if turns is not None:
            if headers is not None:
                self.connection.last_answer = headers, now
            if isinstance(error, RateLimitError) and error.retry_after is not None:
                turns.refused(number, error.retry_after, now)
            elif headers is not None and (error is None or "ratelimit-remaining" in headers):
                turns.answered(number, headers, now)
            else:  # errors may come from something on the way to the service, which knows of no limits
                turns.unanswered()
        if flight is not None:
            from replicate_typed.lost_creates import id_in

            id = id_in(outcome.content) if isinstance(outcome, httpx.Response) else None
            if id is None and _may_have_created(outcome):
                flight.claims.lose(flight, now)  # for `creates` to look for
            else:
                flight.claims.land(flight, id)

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


def _may_have_created(outcome: httpx.Response | Failure | BaseException) -> bool:
    """Whether a create that came to this may have made a prediction."""
    if isinstance(outcome, Failure):
        return may_have_happened(outcome.mishap)
    # Our own errors are those of requests that were not sent, but for the one about what came back.
    return not isinstance(outcome, ReplicateError) or isinstance(outcome, UndecodableResponseError)


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
