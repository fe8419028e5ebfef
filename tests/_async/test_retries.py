"""What is sent again, how often, and after which pause: the table in `pacing`, row by row."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from servers import Server, answer, closes, resets, says, says_and_closes, unused_url

from replicate_api.api.predictions.predictions_cancel import predictions_cancel
from replicate_api.api.predictions.predictions_create import predictions_create
from replicate_api.api.predictions.predictions_get import predictions_get
from replicate_api.types import Operation, Part
from replicate_typed import (
    AmbiguousCreateError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AsyncClient,
    BadRequestError,
    ClosedClientError,
    InternalServerError,
    NotFoundError,
    PaymentRequiredError,
    RateLimitError,
    ReplicateError,
    UndecodableResponseError,
    UnprocessableEntityError,
    VirtualClock,
)
from replicate_typed.models import Prediction

pytestmark = pytest.mark.anyio

PREDICTION: dict[str, Any] = {
    "id": "abc",
    "version": "v",
    "input": {},
    "status": "starting",
    "created_at": "2026-01-01T00:00:00Z",
    "urls": {"get": "https://x/get", "cancel": "https://x/cancel"},
}
Happening = httpx.Response | Exception


class Service(httpx.MockTransport):
    """What happens is given, the last thing again and again; pauses cost no time."""

    def __init__(self, *happenings: Callable[[], Happening]) -> None:
        self.happenings = happenings
        self.clock = VirtualClock()
        self.asked: list[str] = []
        self.bodies: list[bytes] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path.removeprefix('/v1')}")
        self.bodies.append(request.content)
        happened = self.happenings[min(len(self.asked), len(self.happenings)) - 1]()
        if isinstance(happened, Exception):
            raise happened
        return happened


class Timeless(httpx.AsyncHTTPTransport):
    """The network, with pauses that cost no time."""

    clock = VirtualClock()


def good() -> httpx.Response:
    return httpx.Response(200, json=PREDICTION)


def status(code: int, body: dict[str, Any] | None = None, **headers: str) -> Callable[[], httpx.Response]:
    """An answer of that status: problem+json if there is a body, else plain text."""
    given = {"content-type": "application/problem+json" if body else "text/plain"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: httpx.Response(code, json=body, headers=given) if body else httpx.Response(code, headers=given)


def get() -> Operation[Prediction]:
    return predictions_get("abc")


def cancel() -> Operation[Prediction]:
    return predictions_cancel("abc")


def create() -> Operation[Prediction]:
    return predictions_create(version="v" * 64, input={})


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
async def test_what_is_safe_to_repeat_is_repeated(row: Any, operation: Callable[[], Operation[Any]]) -> None:
    """Reading, and cancelling, which does the same twice as once."""
    happened, expected, _, (times, _) = row
    service = Service(happened)
    with pytest.raises(ReplicateError) as caught:
        await AsyncClient(transport=service, retries=2).send(operation())
    assert (type(caught.value), len(service.asked)) == (expected, times)
    assert len(service.clock.slept) == times - 1


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
async def test_a_create_is_repeated_only_if_it_was_surely_not_accepted(row: Any) -> None:
    """Else it may be running, and cost money: the error says so, and the reason is its cause."""
    happened, reason, expected, (_, times) = row
    service = Service(happened)
    with pytest.raises(ReplicateError) as caught:
        await AsyncClient(transport=service, retries=2).send(create())
    assert (type(caught.value), len(service.asked)) == (expected, times)
    if isinstance(caught.value, AmbiguousCreateError):
        assert type(caught.value.__cause__) is reason
        assert str(caught.value.__cause__) in str(caught.value)
        assert "may have been created" in str(caught.value)
        assert caught.value.candidates == []


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
async def test_without_retries_everything_is_sent_once(row: Any) -> None:
    """`retries=0` means what it says."""
    for operation in (get, create):
        service = Service(row[0])
        with pytest.raises(ReplicateError):
            await AsyncClient(transport=service, retries=0).send(operation())
        assert (len(service.asked), service.clock.slept) == (1, [])


@pytest.mark.parametrize("operation", [get, create])
async def test_a_good_answer_in_the_end_is_the_answer(operation: Callable[[], Operation[Prediction]]) -> None:
    """What came before it is forgotten."""
    service = Service(lambda: httpx.ConnectError("x"), status(429, PROBLEM), status(503, PROBLEM), good)
    assert (await AsyncClient(transport=service, retries=3).send(operation())).id == "abc"
    assert len(service.asked) == 4


@pytest.mark.parametrize(
    ("refusal", "pause"),
    [
        (status(429, retry_after="7"), 7),
        (status(429, {"retry_after": 9}), 9),
        (status(429, {"retry_after": 9}, retry_after="7"), 7),
        (status(503, retry_after="0.25"), 0.25),
        (status(429, retry_after="3600"), 60),
        (status(429, date="Mon, 05 Jan 2026 10:00:00 GMT", retry_after="Mon, 05 Jan 2026 10:00:20 GMT"), 20),
        (status(429, date="Mon, 05 Jan 2026 10:00:00 GMT", retry_after="Mon, 05 Jan 2026 09:00:00 GMT"), 0),
    ],
)
async def test_the_pause_is_the_one_that_was_asked_for(refusal: Callable[[], Happening], pause: float) -> None:
    """In the header, in seconds or as a date, or in the body; a minute at most."""
    service = Service(refusal, good)
    await AsyncClient(transport=service).send(create())
    assert service.clock.slept == [pause]


async def test_pauses_grow_and_are_random() -> None:
    """So that many clients do not come back at once: up to half a second, then twice that, … eight seconds."""
    service = Service(status(500))
    with pytest.raises(InternalServerError):
        await AsyncClient(transport=service, retries=40).send(get())
    pauses = service.clock.slept
    assert all(0 <= pause <= min(8, 0.5 * 2**tries) for tries, pause in enumerate(pauses))
    assert len(set(pauses)) == 40
    assert max(pauses) > 4


async def test_a_pause_past_the_deadline_is_not_begun() -> None:
    """The error comes at once, and is the one that there was."""
    service = Service(status(429, retry_after="50"))
    client = AsyncClient(transport=service)
    session = client._session  # pyright: ignore[reportPrivateUsage] -- deadlines come from runs
    with pytest.raises(RateLimitError):
        await session.send(get(), session.deadline(50))
    assert (len(service.asked), service.clock.slept) == (1, [])


async def test_no_request_is_made_past_the_deadline() -> None:
    """A run that has no time left asks nothing more."""
    service = Service(good)
    session = AsyncClient(transport=service)._session  # pyright: ignore[reportPrivateUsage] -- deadlines come from runs
    with pytest.raises(APITimeoutError, match="no time was left"):
        await session.send(get(), session.deadline(0))
    assert service.asked == []


async def test_a_file_is_sent_again_if_it_can_be_read_again() -> None:
    """From its beginning; one that cannot is sent once."""

    class Once(io.BytesIO):
        def seekable(self) -> bool:
            return False

    for file, times in ((io.BytesIO(b"content"), 3), (Once(b"content"), 1)):
        service = Service(status(429))
        operation = Operation("files.create", "POST", "/files", get().parse, body=[Part("content", file)])
        with pytest.raises(RateLimitError):
            await AsyncClient(transport=service).send(operation)
        assert len(service.bodies) == times
        assert all(b"content\r\n" in body for body in service.bodies)


async def test_nothing_is_sent_again_once_the_client_is_closed() -> None:
    """Another task may have closed it during the pause."""
    service = Service(status(500))
    client = AsyncClient(transport=service, retries=5)

    def fail_and_close() -> httpx.Response:
        client._session.connection.is_closed = True  # pyright: ignore[reportPrivateUsage] -- as `close` does
        return httpx.Response(500)

    service.happenings = (fail_and_close,)
    with pytest.raises(ClosedClientError):
        await client.send(get())
    assert len(service.asked) == 1


async def test_other_requests_that_are_not_safe_to_repeat_are_not_called_creates() -> None:
    """A PATCH whose answer was lost is sent once, and the plain error comes."""
    service = Service(status(502))
    with pytest.raises(InternalServerError):
        await AsyncClient(transport=service).request("PATCH", "/deployments/acme/prod", {"min_instances": 1})
    assert service.asked == ["PATCH /deployments/acme/prod"]


@pytest.mark.parametrize("broken", [closes, resets, says_and_closes(answer(201, b"{", length=100))])
async def test_a_create_is_sent_once_over_a_real_connection_that_breaks(broken: Any) -> None:
    """Closed before the answer, reset, and closed in the middle of it; a look at it is repeated."""
    for operation, times in ((create, 1), (get, 2)):
        with Server(broken, says(answer(200, PREDICTION))) as server:
            transport = Timeless()
            async with AsyncClient(token="r8_secret", base_url=server.url, transport=transport) as client:
                if operation is create:
                    with pytest.raises(AmbiguousCreateError):
                        await client.send(operation())
                else:
                    assert (await client.send(operation())).id == "abc"
            assert len(server.requests) == times


async def test_a_create_that_met_no_server_is_no_ambiguity() -> None:
    """Nothing was sent, so nothing was created."""
    async with AsyncClient(token="r8_secret", base_url=unused_url(), retries=0) as client:
        with pytest.raises(APIConnectionError, match="could not connect") as caught:
            await client.send(create())
    assert not isinstance(caught.value, AmbiguousCreateError)


async def test_a_create_is_not_answered_in_time_over_a_real_connection() -> None:
    """The server has it, and says nothing: sent once, and it may be running."""
    with Server(says(b"")) as server:
        async with AsyncClient(token="r8_secret", base_url=server.url, timeout=0.15) as client:
            with pytest.raises(AmbiguousCreateError) as caught:
                await client.send(create())
        assert len(server.requests) == 1
    assert isinstance(caught.value.__cause__, APITimeoutError)


def subclasses(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(each for child in kind.__subclasses__() for each in subclasses(child))]


@pytest.mark.parametrize("kind", [*subclasses(httpx.TransportError), httpx.DecodingError, httpx.TooManyRedirects])
async def test_nothing_of_httpx_reaches_the_caller(kind: type[Exception]) -> None:
    """Each of its errors is one of ours, with what it said; the request that it holds has no token."""

    def handle(request: httpx.Request) -> httpx.Response:
        error: Any = kind("hello")
        error.request = request
        raise error

    async with AsyncClient(token="r8_secret", transport=httpx.MockTransport(handle), retries=0) as client:
        with pytest.raises(APIConnectionError, match="hello") as caught:
            await client.account.get()
    cause: Any = caught.value.__cause__
    assert "r8_secret" not in str(cause.request.headers.raw)
    assert type(cause) is kind
    assert isinstance(caught.value, APITimeoutError) == issubclass(kind, httpx.TimeoutException)
