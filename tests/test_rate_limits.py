"""Many callers of one client: held below the service's rate, instead of bouncing off 429."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import httpx
import pytest
from clocks import forbid_real_sleep, run_threads

from replicate_typed import (
    AmbiguousCreateError,
    APITimeoutError,
    AsyncClient,
    Client,
    MockTransport,
    RateLimitError,
    RunTimeoutError,
    VirtualClock,
)
from replicate_typed.creates import create_operation
from replicate_typed.deadlines import Deadline

TOKEN = "r8_a"  # limits are those of an account


def echo(text: str) -> str:
    return text


class Counted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The mock service; what it answered, and when."""

    requires_token = False

    def __init__(self, creates_per_minute: int) -> None:
        self.mock = MockTransport(creates_per_minute=creates_per_minute)
        self.mock.model("acme/echo", starting=1, processing=1)(echo)
        self.answers: list[tuple[float, str, int]] = []
        self.is_cut_off = False  # by something on the way to it

    @property
    def clock(self) -> VirtualClock:
        return self.mock.clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.noted(request, self.mock.handle_request(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.noted(request, await self.mock.handle_async_request(request))

    def noted(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if self.is_cut_off:
            return httpx.Response(502, text="<html>Bad Gateway")
        path = request.url.path.removeprefix("/v1")
        self.answers.append((self.clock.now(), f"{request.method} {path}", response.status_code))
        return response

    @property
    def refusals(self) -> int:
        return [status for _, _, status in self.answers].count(429)


@pytest.fixture(autouse=True)
def _no_real_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_real_sleep(monkeypatch)


CASES = pytest.mark.parametrize(
    ("creates_per_minute", "number", "refusals", "seconds"),
    [(6, 50, 1, 450), (1, 5, 1, 250), (60, 100, 0, 45), (600, 100, 0, 3), (120, 160, 0, 25)],
    ids=["low credit", "hardly any", "one a second", "usual", "above the usual"],
)


@CASES
@pytest.mark.anyio
async def test_many_tasks_are_held_below_the_rate(
    creates_per_minute: int, number: int, refusals: int, seconds: float
) -> None:
    """All succeed, next to none is refused, and it takes hardly longer than the service makes it (pain 31)."""
    service = Counted(creates_per_minute)
    async with AsyncClient(transport=service, token=TOKEN) as client, anyio.create_task_group() as tasks:
        for n in range(number):
            tasks.start_soon(client.run, "acme/echo", {"text": str(n)})
    assert {prediction["status"] for prediction in service.mock.predictions} == {"succeeded"}
    assert len(service.mock.predictions) == number
    assert service.refusals <= refusals
    assert service.clock.now() <= seconds


@CASES
def test_many_threads_are_held_below_the_rate(
    creates_per_minute: int, number: int, refusals: int, seconds: float
) -> None:
    """The same in the other colour; copies with other options share the limit."""
    service = Counted(creates_per_minute)
    number = min(number, 80)  # threads are dear
    outputs: list[str] = []
    with Client(transport=service, token=TOKEN) as client:
        copies = [client, client.with_options(timeout=30), client.with_options(polling=1)]

        def run(n: int) -> Callable[[], None]:
            return lambda: outputs.append(copies[n % 3].run("acme/echo", {"text": str(n)}))

        run_threads(service.clock, [run(n) for n in range(number)])
    assert sorted(outputs) == sorted(str(n) for n in range(number))
    assert service.refusals <= refusals
    assert service.clock.now() <= seconds


@pytest.mark.anyio
async def test_a_refusal_holds_the_others_back_too() -> None:
    """For as long as it says; reads go on meanwhile."""
    service = Counted(600)
    service.mock.fail("predictions.create", status=429, retry_after=7)
    async with AsyncClient(transport=service, polling=1) as client, anyio.create_task_group() as tasks:
        for n in range(20):
            tasks.start_soon(client.run, "acme/echo", {"text": str(n)})
        tasks.start_soon(client.account.get)
    creates = [(at, status) for at, request, status in service.answers if request.startswith("POST")]
    assert creates[0] == (0.0, 429)
    assert [status for _, status in creates[1:]] == [201] * 20
    assert min(at for at, _ in creates[1:]) >= 7
    assert (0.0, "GET /account", 200) in service.answers


@pytest.mark.anyio
async def test_an_error_that_says_nothing_of_limits_changes_nothing() -> None:
    """It may come from something on the way to the service."""
    service = Counted(6)
    client = AsyncClient(transport=service)
    for n in range(6):
        await client.predictions.create("acme/echo", {"text": str(n)})
    service.is_cut_off = True
    with pytest.raises(AmbiguousCreateError):
        await client.send(create_operation("acme/echo", {"text": "a"}))
    service.is_cut_off = False
    since, before = service.clock.now(), len(service.answers)
    await client.predictions.create("acme/echo", {"text": "b"})
    assert service.answers[before][0] > since


@pytest.mark.anyio
async def test_an_answer_that_is_held_back_keeps_the_others_for_a_moment_only() -> None:
    """Until the first answer nothing is known of the rate; all are under way after a few seconds nevertheless."""
    service = Counted(600)
    service.mock.model("acme/long", starting=1, processing=49)(lambda: "done")
    async with AsyncClient(transport=service, token=TOKEN) as client, anyio.create_task_group() as tasks:
        for _ in range(60):
            tasks.start_soon(lambda: client.run("acme/long", hold=60))
    created = [prediction["created_at"] for prediction in service.mock.predictions]
    assert len(created) == 60
    assert max(created) < "2025-01-01T00:00:04.5Z"
    assert service.refusals == 0


@pytest.mark.anyio
async def test_waiting_for_the_rate_ends_with_the_time_of_the_run() -> None:
    """The error says what was waited for; nothing was created, and nobody else is kept by who has left."""
    service = Counted(6)
    late: list[RunTimeoutError] = []
    async with AsyncClient(transport=service, token=TOKEN) as client:

        async def run(n: int) -> None:
            try:
                await client.run("acme/echo", {"text": str(n)}, timeout=25)
            except RunTimeoutError as error:
                late.append(error)

        async with anyio.create_task_group() as tasks:
            for n in range(12):
                tasks.start_soon(run, n)
        assert service.clock.now() == 25
        assert len(service.mock.predictions) == 12 - len(late) == 8
        for error in late:
            assert error.prediction is None
            assert "nothing was heard within 25 s" in str(error)
            assert "for the rate limit" in str(error)
            assert isinstance(error.__cause__, APITimeoutError)
        assert await client.run("acme/echo", {"text": "later"}) == "later"
        assert service.clock.now() < 45


def test_a_thread_that_waits_in_vain_says_so() -> None:
    """With a deadline of one request's own, as looks have."""
    service = Counted(6)
    client = Client(transport=service)
    for n in range(6):
        client.predictions.create("acme/echo", {"text": str(n)})
    service.mock.fail("predictions.create", status=429, retry_after=50)
    session = client._session  # pyright: ignore[reportPrivateUsage] -- deadlines come from runs
    with pytest.raises(RateLimitError):
        session.send(create_operation("acme/echo", {"text": "x"}), session.deadline(5))
    with pytest.raises(APITimeoutError, match=r"not sent: waited 5 s for the rate limit, in vain"):
        session.send(create_operation("acme/echo", {"text": "x"}), Deadline(service.clock, 5))
    assert service.refusals == 1


def test_each_token_has_its_own_limit() -> None:
    """Another account is not kept waiting by the one that has used up its own."""
    service = Counted(6)
    client = Client(transport=service, token="r8_one")
    service.mock.fail("predictions.create", status=429, retry_after=60)
    with pytest.raises(RateLimitError):
        client.with_options(retries=0).predictions.create("acme/echo", {"text": "x"})
    client.with_options(token="r8_two").predictions.create("acme/echo", {"text": "x"})
    assert service.clock.now() == 0
    client.predictions.create("acme/echo", {"text": "x"})
    assert service.clock.now() == pytest.approx(60)


def test_what_waits_can_be_interrupted_and_has_created_nothing() -> None:
    """Ctrl-C during the wait leaves with no note of a prediction that may be running."""
    service = Counted(6)
    client = Client(transport=service)
    service.mock.fail("predictions.create", status=429, retry_after=60)
    with pytest.raises(RateLimitError):
        client.with_options(retries=0).predictions.create("acme/echo", {"text": "x"})

    class Interrupting:
        def happen(self) -> None:
            raise KeyboardInterrupt

    service.clock.schedule(10, Interrupting())  # type: ignore[arg-type]  # only threads are here
    with pytest.raises(KeyboardInterrupt) as caught:
        client.run("acme/echo", {"text": "x"})
    assert getattr(caught.value, "__notes__", []) == []
    assert [request for _, request, _ in service.answers] == ["POST /models/acme/echo/predictions"]
