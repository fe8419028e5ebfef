"""The service in memory, as a transport."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, cast

import httpx
from attrs import evolve

from replicate_typed.timeline import timeline_of
from replicate_typed.transports.mock.accounts import checked_account
from replicate_typed.transports.mock.calls import MockRequest, Target, read_call, record_of, target_of
from replicate_typed.transports.mock.exchanges import Exchange, Pause, Reply, aplay, play
from replicate_typed.transports.mock.faults import FaultRules
from replicate_typed.transports.mock.handlers import HANDLERS
from replicate_typed.transports.mock.inspection import complaint
from replicate_typed.transports.mock.limits import Limits
from replicate_typed.transports.mock.operations import OUTPUT_FILE, STREAM
from replicate_typed.transports.mock.problems import ProblemError, is_object
from replicate_typed.transports.mock.registry import Registry
from replicate_typed.transports.mock.runs import plain
from replicate_typed.transports.mock.state import State
from replicate_typed.transports.mock.streams import open_stream
from replicate_typed.transports.mock.times import SECOND, VIRTUAL_START, http_date, microseconds, seconds
from replicate_typed.transports.mock.webhooks.couriers import Webhooks
from replicate_typed.transports.mock.webhooks.receivers import App, ReceivingFunction, receiver_of
from replicate_typed.transports.mock.webhooks.webhook import MockWebhook, secret_of
from replicate_typed.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from replicate_typed.agenda import Happening
    from replicate_typed.clock import Clock
    from replicate_typed.timeline import Timeline


class MockTransport(Registry, FaultRules, httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The service in memory, for both clients: Python functions are its models, and nothing waits for real.

        mock = MockTransport()

        @mock.model("acme/echo", processing=10)
        def echo(prompt: str, times: int = 1) -> list[str]:
            mock.log(f"echoing {prompt}")
            return [prompt] * times

    It has all operations, with state. A prediction is starting, then processing, then it has succeeded, failed,
    been canceled or aborted, by the time on `clock`; rate limits, deadlines and the removal of data follow
    that time, too. Requests are checked against the description of the API, and inputs against the function's
    arguments.

    Args:
        clock: What tells the time, and what is slept on; by default a `VirtualClock`.
        seed: Where ids and the faults of a probability come from: the same seed gives the same ones.
        page_size: How many items a page has; by default as many as the service's.
        account: The user whose token it is: who owns what is made through the API.
        creates_per_minute: How many predictions may be created in a minute.
    """

    requires_token = False

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        seed: int = 0,
        page_size: int | None = None,
        account: str = "acme",
        creates_per_minute: int = 600,
    ) -> None:
        if page_size is not None and page_size < 1:
            raise ValueError(f"a page has at least one item, not {page_size}")
        self.use_clock(VirtualClock() if clock is None else clock)
        self._webhooks = Webhooks(
            secret_of(seed), now=self._now, clock=lambda: self.clock.now(), schedule=self._schedule
        )
        state = State(
            seed=seed, account=checked_account(account), page_size=page_size, now=self._now, webhooks=self._webhooks
        )
        Registry.__init__(self, state)
        FaultRules.__init__(self, seed=seed)
        self._limits = Limits(creates_per_minute)
        self._requests: list[MockRequest] = []
        self._lock = threading.Lock()

    @classmethod
    def seed(cls) -> MockTransport:
        """The mock of the Elixir client, for test suites that move over from it: the same requests, the same answers.

        There are the predictions 1234 and 1235, the model replicate/hello-world (which is also found as
        stability-ai/stable-diffusion) with its versions v1 and v2, 25 models in the list, and four kinds of hardware.
        To create anything answers 1234, starting; to read it, 1234 succeeded; to cancel anything, 1234 canceled; to
        make a model, the model that was sent. What is an error there is an error of the same words here: "Not found"
        (404) and "Unexpected path in the mock client: …" (404), "Version is required" (422), and "Failed" (500), whose
        method is FAIL: `client.request("FAIL", path)`. Elixir's `wait` of 1235 showed 1234; here 1235 cannot be read.

        These answers are exempt from what else is true of this transport:
        - Nothing is remembered but `requests`, and nothing changes with time; models cannot be registered.
        - Requests are not checked: any body makes a prediction, unless `version` is missing where one belongs.
        - Answers are not all as the API is described: a prediction shows its output while it is starting, and it has
          neither logs nor times nor metrics; two names of models give one model; lists of predictions and of
          versions have neither `next` nor `previous`; version ids are no digests; a model made has no version, but
          a member `hardware`.
        - There are no rate limits, and `Prefer`, webhooks and streams are ignored.

        Faults happen to it as to any: `fail`, `delay` and the others.

        The least that our models need was added: `created_at` of predictions, and `url` and `run_count` of a model
        that is made.

        The list of models names a next page, as the mock there does, but one of trainings. So after its 25 models
        `client.paginate(client.models.list)` raises `UndecodableResponseError`, which says so and asks for nothing;
        whoever follows the link is answered that its path is unexpected.
        """
        from replicate_typed.transports.mock.seed import SeedTransport

        return SeedTransport()

    def use_clock(self, clock: Clock) -> None:
        """Go by another clock from now on; one that is not virtual shows the real date."""
        self.clock: VirtualClock = cast("VirtualClock", clock)
        """Virtual, with what tests ask of it, unless another was given; then that one, whatever it can do."""
        self._timeline: Timeline = timeline_of(clock)
        is_virtual = isinstance(clock, VirtualClock)
        self._zero = VIRTUAL_START if is_virtual else round(time.time() * SECOND) - microseconds(clock.now())

    @property
    def file_signing_secret(self) -> str:
        """What links to the content of uploaded files are signed with."""
        return self._state.files.signing_secret

    @property
    def requests(self) -> list[MockRequest]:
        """The requests made so far, in order, without headers."""
        with self._lock:
            made = list(self._requests)
        # Inputs are the predictions' own, and a test may change what it looks at.
        return [evolve(request, body=plain(request.body)) if is_object(request.body) else request for request in made]

    @property
    def models(self) -> list[str]:
        """The names of the models, in order of their making."""
        return list(self._state.models)

    @property
    def predictions(self) -> list[dict[str, Any]]:
        """The predictions as they are now, in order of creation."""
        self._state.settle()
        now = self._now()
        return [plain(prediction.edge_json(now)) for prediction in list(self._state.predictions)]

    @property
    def webhooks(self) -> list[MockWebhook]:
        """The tries to deliver webhooks so far, in order; without a receiver, they are listed but not sent."""
        return list(self._webhooks.tries)

    @property
    def delivers_webhooks(self) -> bool:
        """Whether webhooks are sent at all."""
        return self._webhooks.receiver is not None

    def deliver_webhooks(self, to: App | ReceivingFunction | str | None = None) -> None:
        """Send the webhooks of predictions and trainings, as the service does: signed, and each at its instant.

        The time that is signed is the real one, so that receivers find them fresh; everything else about them is
        the mock's.

        They are sent on the way, when time passes: by whoever sleeps on `clock`, as clients do while they wait. After
        the last call of a test, `mock.clock.sleep(0)` sends what is due. The last webhook of a prediction is sent up
        to seven times, over a minute, until it is answered with a status below 400.

        Args:
            to: Who gets them, whatever address they are for:
                a function, plain or async, that takes the `httpx.Request` and returns a status, an
                `httpx.Response` or None (200); what it raises is raised where the time was passed;
                or an ASGI app, which is called without a server, under an async client in the event loop of its
                caller; what it raises is answered with 500;
                or the URL of a server, to which they are all sent over the network.
                By default each one is sent to its own address over the network.
        """
        self._webhooks.receiver = receiver_of(to)

    def assert_called(self, operation: str, *, times: int | None = None, **body: Any) -> None:
        """Raise AssertionError, with a diff, unless an operation was called with these members in its body.

        Args:
            operation: The operation's id; `predictions.create` is for all creates of predictions.
            times: How often exactly; by default once or more.
            body: What the request's body had, such as `input={…}`; other members do not matter.
        """
        __tracebackhide__ = True
        with self._lock:
            made = list(self._requests)
        if found := complaint(made, operation, body, times):
            raise AssertionError(found)

    def __repr__(self) -> str:
        state = self._state
        counts = {"models": state.models, "predictions": state.predictions, "requests": self._requests}
        return f"<{type(self).__name__}: {', '.join(f'{len(them)} {what}' for what, them in counts.items())}>"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, httpx.SyncByteStream):
            raise TypeError("an async request body needs an async client")
        request.read()
        return play(self._exchange(request), self._timeline).response(self._timeline, request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if isinstance(request.stream, httpx.AsyncByteStream):
            await request.aread()
        else:
            request.read()
        return (await aplay(self._exchange(request), self._timeline)).response(self._timeline, request)

    def close(self) -> None:
        """Remove the local copies of input files; the service itself goes on."""
        self._state.model_files.close()

    async def aclose(self) -> None:
        """Remove the local copies of input files; the service itself goes on."""
        self.close()

    def _exchange(self, request: httpx.Request) -> Exchange:
        """What happens to one request."""
        target = target_of(request)
        record = record_of(request, target)
        with self._lock:
            self._requests.append(record)
        faults = self._faults_of(target.id)
        headers: dict[str, str] = {}
        try:
            for fault in faults:
                if fault.pause:
                    yield Pause(fault.pause)
                if fault.before:
                    fault.before()
            headers = self._allowance(target)
            reply = yield from self._answer(request, target, record)
        except ProblemError as problem:
            reply = problem.reply()
        for fault in faults:
            if fault.after:
                reply = fault.after(reply)
        headers["date"] = http_date(self._now())
        return Reply(reply.status, reply.body, headers | reply.headers)

    def _allowance(self, target: Target) -> dict[str, str]:
        """The headers that tell how many more requests there may be; a problem if this is one too many."""
        return self._limits.take(target.operation.id, self._now()) if target.operation else {}

    def _answer(self, request: httpx.Request, target: Target, record: MockRequest) -> Exchange:
        self._state.settle()
        if target.id == OUTPUT_FILE:
            file = self._state.model_files.output(target.path)
            return Reply(200, file.content, file.headers)
        if target.id == STREAM:
            return open_stream(self._state, target.path, request.headers.get("last-event-id"))
        call = read_call(request, target, record, self._now())
        answer = HANDLERS[call.operation.id](self._state, call)
        if isinstance(answer, Reply):
            return answer
        return (yield from answer)

    def _schedule(self, instant: int, happening: Happening) -> None:
        self._timeline.schedule(seconds(instant - self._zero), happening)

    def _now(self) -> int:
        return self._zero + microseconds(self.clock.now())
