"""What can go wrong with the mock service, by rules."""

from __future__ import annotations

import math
import random
import threading
from collections.abc import Callable, Generator
from typing import Literal, TypeAlias

import httpx
from attrs import define, evolve, frozen

from replicate_typed.transports.mock.exchanges import Body, Pause, Reply
from replicate_typed.transports.mock.operations import checked_operation, is_meant
from replicate_typed.transports.mock.problems import ProblemError

When: TypeAlias = Literal["before", "after"]
"""Before the service has read the request, or after it has done what was asked."""

_GARBAGE = b"<html><head><title>Error</title></head><body>\x00\xff Something went wrong</body></html>"


@frozen(kw_only=True)
class Fault:
    """What happens to a request: pauses before it is read, an end before that, a change of the answer."""

    pause: float | None = None
    before: Callable[[], None] | None = None
    after: Callable[[Reply], Reply] | None = None


@define
class Rule:
    """A fault, which requests it happens to, and how often."""

    operation: str | None
    fault: Fault
    times: int | None
    probability: float


class FaultRules:
    """The rules in force: each request meets every pause that is meant for it, and the first other fault.

    In all of them, `operation` is the id of the operation that is meant, by default any; `predictions.create`
    is for all creates of predictions, "stream" for streams and "output_file" for output files. A rule holds for
    the next `times` requests, or with `times=None` for all; with a `probability`, it happens to so many of
    them, drawn from the transport's seed. Raises ValueError for an unknown operation.
    """

    def __init__(self, *, seed: int) -> None:
        self._rules: list[Rule] = []
        self._random = random.Random(seed)  # noqa: S311 -- a draw to be repeated, not a secret
        self._rules_lock = threading.Lock()

    def fail(
        self,
        operation: str | None = None,
        *,
        times: int | None = 1,
        status: int = 500,
        detail: str | None = None,
        retry_after: int | None = None,
        when: When = "before",
        probability: float = 1.0,
    ) -> None:
        """Answer with an error status; with `retry_after`, in seconds, the answer says when to try again."""
        if not 400 <= status <= 599:
            raise ValueError(f"an error's status is from 400 to 599, not {status}")
        if retry_after is not None and retry_after < 0:
            raise ValueError(f"retry_after= is zero or more seconds, not {retry_after}")
        members = {} if retry_after is None else {"retry_after": retry_after}
        headers = {} if retry_after is None else {"retry-after": str(retry_after)}
        problem = ProblemError(status, detail or f"The mock service was told to fail with {status}", members, headers)

        def refuse() -> None:
            raise problem

        fault = Fault(before=refuse) if _is_before(when) else Fault(after=lambda _: problem.reply())
        self._add(operation, fault, times, probability)

    def disconnect(
        self,
        operation: str | None = None,
        *,
        times: int | None = 1,
        when: When = "before",
        probability: float = 1.0,
    ) -> None:
        """Break the connection: before, none is made at all; after, the request was served, and no answer comes."""

        def refuse() -> None:
            raise httpx.ConnectError("the mock service refused the connection")

        def hang_up(_: Reply) -> Reply:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")

        fault = Fault(before=refuse) if _is_before(when) else Fault(after=hang_up)
        self._add(operation, fault, times, probability)

    def delay(
        self, seconds: float, operation: str | None = None, *, times: int | None = 1, probability: float = 1.0
    ) -> None:
        """Read the request so many seconds late, on the transport's clock."""
        if not 0 <= seconds < math.inf:
            raise ValueError(f"a delay is a finite number of seconds, zero or more, not {seconds!r}")
        self._add(operation, Fault(pause=seconds), times, probability)

    def truncate(
        self,
        operation: str | None = None,
        *,
        after: int = 10,
        times: int | None = 1,
        probability: float = 1.0,
    ) -> None:
        """Break the connection after so many bytes of the body, which says that it is longer."""
        _check_count(after)
        self._add(operation, Fault(after=lambda reply: _truncated(reply, after)), times, probability)

    def cut_stream(self, *, after: int, times: int | None = 1, probability: float = 1.0) -> None:
        """End a stream after so many events, with no `done`."""
        _check_count(after)
        self._add("stream", Fault(after=lambda reply: _cut(reply, after)), times, probability)

    def garbage(self, operation: str | None = None, *, times: int | None = 1, probability: float = 1.0) -> None:
        """Serve the request, and answer with bytes that are neither JSON nor text.

        The status stays, but for 204, which has no body: it becomes 200.
        """
        self._add(operation, Fault(after=_spoiled), times, probability)

    def _faults_of(self, operation: str | None) -> list[Fault]:
        """What happens to the next request of this operation: the pauses come first."""
        pauses: list[Fault] = []
        others: list[Fault] = []
        with self._rules_lock:
            for rule in list(self._rules):
                found = others if rule.fault.pause is None else pauses
                if found is others and others:
                    continue
                if rule.operation is not None and not (operation and is_meant(rule.operation, operation)):
                    continue
                if rule.probability < 1 and self._random.random() >= rule.probability:
                    continue
                if rule.times is not None:
                    rule.times -= 1
                    if not rule.times:
                        self._rules.remove(rule)
                found.append(rule.fault)
        return pauses + others

    def _add(self, operation: str | None, fault: Fault, times: int | None, probability: float) -> None:
        if operation is not None:
            checked_operation(operation)
        if times is not None and times < 1:
            raise ValueError(f"a fault happens at least once, not {times} times; times=None is always")
        if not 0 < probability <= 1:
            raise ValueError(f"a probability is above 0 and at most 1, not {probability}")
        with self._rules_lock:
            self._rules.append(Rule(operation, fault, times, probability))


def _check_count(after: int) -> None:
    if after < 0:
        raise ValueError(f"after= is zero or more, not {after}")


def _is_before(when: str) -> bool:
    if when not in ("before", "after"):
        raise ValueError(f'when is "before" or "after", not {when!r}')
    return when == "before"


def _spoiled(reply: Reply) -> Reply:
    return evolve(reply, status=200 if reply.status == 204 else reply.status, body=_GARBAGE)


def _truncated(reply: Reply, after: int) -> Reply:
    whole = reply.body if isinstance(reply.body, bytes) else b""

    def body() -> Body:
        if isinstance(reply.body, bytes):
            yield whole[:after]
        else:
            yield from _first(reply.body, after)
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")

    length = {"content-length": str(max(len(whole), after + 1))} if isinstance(reply.body, bytes) else {}
    return evolve(reply, body=body(), headers=reply.headers | length)


def _first(body: Body, count: int) -> Generator[Pause | bytes]:
    for step in body:
        if isinstance(step, bytes):
            yield step[:count]
            count -= len(step)
            if count <= 0:
                return
        else:
            yield step


def _cut(reply: Reply, after: int) -> Reply:
    if isinstance(reply.body, bytes):
        return reply  # there is no stream: it is over, or never was
    whole = reply.body

    def body() -> Body:
        left = after
        for step in whole:
            if isinstance(step, bytes) and step.startswith(b"event:"):
                if not left:
                    return
                left -= 1
            yield step

    return evolve(reply, body=body())
