"""Looking inside the mock service: what it was asked, against what was expected."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from replicate_typed.transports.mock.operations import checked_operation, is_meant
from replicate_typed.transports.mock.problems import is_object

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import MockRequest


class _Absent:
    """What a body does not have; no text is equal to it."""

    def __repr__(self) -> str:
        return "<absent>"


_ABSENT = _Absent()


def complaint(
    requests: Sequence[MockRequest], operation: str, expected: Mapping[str, Any], times: int | None
) -> str | None:
    """What is not as expected of the requests; None if all is.

    As many as `times` requests, or at least one, are to be of the operation, and to have these members in
    their bodies.
    """
    checked_operation(operation)
    calls = [request for request in requests if request.operation and is_meant(operation, request.operation)]
    matching = [call for call in calls if _part(call, expected) == expected]
    if (times is None and matching) or times == len(matching):
        return None
    with_ = f" with\n{_text(expected)}" if expected else ""
    if not calls:
        return f"{operation} was not called{with_}\n{_called(requests)}"
    if matching or not expected:
        return f"{operation} was called {_times(len(matching))}, expected {_times(times or 0)}{with_}"
    closest = max((_text(_part(call, expected)) for call in calls), key=lambda text: _likeness(text, _text(expected)))
    diff = difflib.ndiff(_text(expected).splitlines(), closest.splitlines())
    lines = "\n".join(line for line in diff if not line.startswith("?"))
    which = "the call" if len(calls) == 1 else f"the closest of {len(calls)} calls"
    return f"{operation} was not called as expected; {which} differs (- expected, + called):\n{lines}"


def _part(call: MockRequest, expected: Mapping[str, Any]) -> dict[str, Any]:
    """What the call's body has of the expected members."""
    body = call.body if is_object(call.body) else {}
    return {name: body.get(name, _ABSENT) for name in expected}


def _text(value: object) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False, default=repr)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _called(requests: Sequence[MockRequest]) -> str:
    if not requests:
        return "nothing was called"
    counts = Counter(request.operation or f"{request.method} {request.path}" for request in requests)
    return "called were: " + ", ".join(f"{name} ({_times(count)})" for name, count in counts.items())


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")
