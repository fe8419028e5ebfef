# Made by scripts/unasync.py from tests/_async/test_retries.py; do not edit.
"""What is sent again, and how often: the table in `pacing`, row by row."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from happenings import Happening, Service, cancel, create, get, good, status

from replicate_api.types import Operation, Part
from replicate_typed import (
    AmbiguousCreateError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    Client,
    InternalServerError,
    NotFoundError,
    PaymentRequiredError,
    RateLimitError,
    ReplicateError,
    UndecodableResponseError,
    UnprocessableEntityError,
)
from replicate_typed.models import Prediction

pytestmark = pytest.mark.anyio

# what happened: (the error in the end, the error in the end of a create; how often a repeatable request is sent,
# and a create), with two retries
PROBLEM = {"detail": "no"}
AGAIN, NEVER = (3, 3), (1, 1)
REPEATED_ONLY = (3, 1)
TABLE: dict[str, tuple[Callable[[], Happening], type[ReplicateError], type[ReplicateError], tuple[int, int]]] = {
    "not connected": (lambda: httpx.ConnectError("refused"), APIConnectionError, APIConnectionError, AGAIN),
    "not connected in time": (lambda: httpx.ConnectTimeout("late"), APITimeoutError, APITimeoutError, AGAIN),
    "no connection free": (lambda: httpx.PoolTimeout("full"), APITimeoutError, APITimeoutError, AGAIN),
    "no way through the proxy": (lambda: httpx.ProxyError("407"), APIConnectionError, APIConnectionError, AGAIN),
    "broke while sending": (lambda: httpx.WriteError("x"), APIConnectionError, AmbiguousCreateError, REPEATED_ONLY),
    "not sent in time": (lambda: httpx.WriteTimeout("x"), APITimeoutError, AmbiguousCreateError, REPEATED_ONLY),
    "broke off": (lambda: httpx.ReadError("x"), APIConnectionError, AmbiguousCreateError, REPEATED_ONLY),
    "no HTTP": (lambda: httpx.RemoteProtocolError("x"), APIConnectionError, AmbiguousCreateError, REPEATED_ONLY),
    "not answered in time": (lambda: httpx.ReadTimeout("x"), APITimeoutError, AmbiguousCreateError, REPEATED_ONLY),
    "a system error": (lambda: OSError(5, "I/O"), APIConnectionError, AmbiguousCreateError, REPEATED_ONLY),
    "a time-out of the system": (lambda: TimeoutError(), APITimeoutError, AmbiguousCreateError, REPEATED_ONLY),
    "408": (status(408), APIStatusError, AmbiguousCreateError, REPEATED_ONLY),
    "429": (status(429), RateLimitError, RateLimitError, AGAIN),
    "429 with a problem": (status(429, PROBLEM), RateLimitError, RateLimitError, AGAIN),
    "429 with Retry-After": (status(429, retry_after="1"), RateLimitError, RateLimitError, AGAIN),
    "429 with a pause in its body": (status(429, {"retry_after": 1}), RateLimitError, RateLimitError, AGAIN),
    "500": (status(500), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "500 with a problem": (status(500, PROBLEM), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "500 with Retry-After": (status(500, retry_after="1"), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "502": (status(502), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "plain 503": (status(503), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "503 with a problem": (status(503, PROBLEM), InternalServerError, InternalServerError, AGAIN),
    "503 with Retry-After": (status(503, retry_after="1"), InternalServerError, InternalServerError, AGAIN),
    "504": (status(504), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "504 with a problem": (status(504, PROBLEM), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "529": (status(529), InternalServerError, AmbiguousCreateError, REPEATED_ONLY),
    "400": (status(400, PROBLEM), BadRequestError, BadRequestError, NEVER),
    "402": (status(402, PROBLEM), PaymentRequiredError, PaymentRequiredError, NEVER),
    "404 with Retry-After": (status(404, retry_after="1"), NotFoundError, NotFoundError, NEVER),
    "422": (status(422, PROBLEM), UnprocessableEntityError, UnprocessableEntityError, NEVER),
    "undecodable": (lambda: httpx.Response(200), UndecodableResponseError, UndecodableResponseError, NEVER),
}


@pytest.mark.parametrize("operation", [get, cancel], ids=["get", "cancel"])
@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_what_is_safe_to_repeat_is_repeated(row: Any, operation: Callable[[], Operation[Any]]) -> None:
    """Reading, and cancelling, which does the same twice as once."""
    happened, expected, _, (times, _) = row
    service = Service(happened)
    with pytest.raises(ReplicateError) as caught:
        Client(transport=service, retries=2).send(operation())
    assert (type(caught.value), len(service.asked)) == (expected, times)
    assert len(service.clock.slept) == times - 1


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_a_create_is_repeated_only_if_it_was_surely_not_accepted(row: Any) -> None:
    """Else it may be running, and cost money: the error says so, and the reason is its cause."""
    happened, reason, expected, (_, times) = row
    service = Service(happened)
    with pytest.raises(ReplicateError) as caught:
        Client(transport=service, retries=2).send(create())
    assert (type(caught.value), len(service.asked)) == (expected, times)
    if isinstance(caught.value, AmbiguousCreateError):
        assert type(caught.value.__cause__) is reason
        assert str(caught.value.__cause__) in str(caught.value)
        assert "may have been created" in str(caught.value)
        assert caught.value.candidates == []


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_without_retries_everything_is_sent_once(row: Any) -> None:
    """`retries=0` means what it says."""
    for operation in (get, create):
        service = Service(row[0])
        with pytest.raises(ReplicateError):
            Client(transport=service, retries=0).send(operation())
        assert (len(service.asked), service.clock.slept) == (1, [])


@pytest.mark.parametrize("operation", [get, create])
def test_a_good_answer_in_the_end_is_the_answer(operation: Callable[[], Operation[Prediction]]) -> None:
    """What came before it is forgotten."""
    service = Service(lambda: httpx.ConnectError("x"), status(429, PROBLEM), status(503, PROBLEM), good)
    assert (Client(transport=service, retries=3).send(operation())).id == "abc"
    assert len(service.asked) == 4


def test_a_file_is_sent_again_if_it_can_be_read_again() -> None:
    """From its beginning; one that cannot is sent once."""

    class Once(io.BytesIO):
        def seekable(self) -> bool:
            return False

    for file, times in ((io.BytesIO(b"content"), 3), (Once(b"content"), 1)):
        service = Service(status(429))
        operation = Operation("files.create", "POST", "/files", get().parse, body=[Part("content", file)])
        with pytest.raises(RateLimitError):
            Client(transport=service).send(operation)
        assert len(service.bodies) == times
        assert all(b"content\r\n" in body for body in service.bodies)


def test_other_requests_that_are_not_safe_to_repeat_are_not_called_creates() -> None:
    """A PATCH whose answer was lost is sent once, and the plain error comes."""
    service = Service(status(502))
    with pytest.raises(InternalServerError):
        Client(transport=service).request("PATCH", "/deployments/acme/prod", {"min_instances": 1})
    assert service.asked == ["PATCH /deployments/acme/prod"]
