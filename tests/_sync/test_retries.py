# Made by scripts/unasync.py from tests/_async/test_retries.py; do not edit.
"""What is sent again, and how often: the table in `pacing`, row by row."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from happenings import Happening, Service, create, get, good, status

from replicate_api.api.files.files_create import files_create
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

# what happened: (the error in the end, that of a POST that may have made something; how often a repeatable request is
# sent, and how often another), with two retries
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
}


V = "5" * 64

# kind of operation: (the call, its request, whether it may be repeated)
KINDS: dict[str, tuple[Callable[[Client], object], str, bool]] = {
    "read": (lambda client: client.predictions.get("abc"), "GET /predictions/abc", True),
    "list": (lambda client: client.models.list(), "GET /models", True),
    "cancel": (lambda client: client.predictions.cancel("abc"), "POST /predictions/abc/cancel", True),
    "QUERY": (lambda client: client.request("QUERY", "/models"), "QUERY /models", True),
    "PUT": (lambda client: client.request("PUT", "/models", {}), "PUT /models", True),
    "DELETE": (lambda client: client.deployments.delete("a/b"), "DELETE /deployments/a/b", True),
    "PATCH": (lambda client: client.deployments.update("a/b", min_instances=1), "PATCH /deployments/a/b", False),
    "plain PATCH": (lambda client: client.request("PATCH", "/models/a/b", {}), "PATCH /models/a/b", False),
    "prediction": (lambda client: client.predictions.create(f"a/b:{V}"), "POST /predictions", False),
    "of a model": (lambda client: client.models.predictions.create("a/b"), "POST /models/a/b/predictions", False),
    "on a deployment": (lambda client: client.run("deployments/a/b"), "POST /deployments/a/b/predictions", False),
    "bare create": (lambda client: client.send(create()), "POST /predictions", False),
    "plain create": (lambda client: client.request("POST", "/predictions", {}), "POST /predictions", False),
    "training": (
        lambda client: client.trainings.create(f"a/b:{V}", destination="a/c", input={}),
        f"POST /models/a/b/versions/{V}/trainings",
        False,
    ),
    "model": (
        lambda client: client.models.create(owner="a", name="b", visibility="private", hardware="cpu"),
        "POST /models",
        False,
    ),
    "deployment": (
        lambda client: client.deployments.create(
            name="b", model="a/b", version=V, hardware="cpu", min_instances=0, max_instances=1
        ),
        "POST /deployments",
        False,
    ),
    "file": (lambda client: client.send(files_create(io.BytesIO(b"content"))), "POST /files", False),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_what_is_sent_again_and_how_it_ends(row: Any, kind: Any) -> None:
    """The table in `pacing`: what happened, by the kind of operation (V1, V11)."""
    happened, reason, lost, (of_repeatable, of_others) = row
    call, request, is_repeatable = kind
    service = Service(happened)
    with pytest.raises(ReplicateError) as caught:
        call(Client(transport=service, retries=2))
    assert service.asked.count(request) == (of_repeatable if is_repeatable else of_others)
    may_be_made = request.startswith("POST") and not is_repeatable
    assert type(caught.value) is (lost if may_be_made else reason)
    if isinstance(caught.value, AmbiguousCreateError):
        assert type(caught.value.__cause__) is reason
        assert str(caught.value.__cause__) in str(caught.value)
        assert "may have been created, and was not asked for again" in str(caught.value)
        assert caught.value.candidates == []
    elif may_be_made or is_repeatable:
        assert len(service.clock.slept) == service.asked.count(request) - 1


@pytest.mark.parametrize("kind", [KINDS[name] for name in ("read", "cancel", "bare create")])
def test_a_good_answer_that_cannot_be_read_is_the_end(kind: Any) -> None:
    """It was done; asking again would bring the same."""
    call, request, _ = kind
    service = Service(lambda: httpx.Response(200))
    with pytest.raises(UndecodableResponseError):
        call(Client(transport=service, retries=2))
    assert service.asked == [request]


@pytest.mark.parametrize("kind", [KINDS[name] for name in ("prediction", "of a model", "on a deployment")])
def test_a_create_whose_good_answer_cannot_be_read_may_have_made_something(kind: Any) -> None:
    """It is looked for, and never sent again."""
    call, request, _ = kind
    service = Service(lambda: httpx.Response(201))
    with pytest.raises(AmbiguousCreateError) as caught:
        call(Client(transport=service, retries=2))
    assert isinstance(caught.value.__cause__, UndecodableResponseError)
    assert service.asked == [request, "GET /predictions"]


def test_what_is_sent_again_is_the_whole_request() -> None:
    """A create after 429 has its body, to the byte (V21)."""
    service = Service(status(429), status(503, PROBLEM), good)
    Client(transport=service).predictions.create("a/b", {"prompt": "x"})
    assert service.bodies == [b'{"input":{"prompt":"x"}}'] * 3


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
