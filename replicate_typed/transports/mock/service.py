"""The service in memory, as a transport."""

from __future__ import annotations

import copy
import threading
import time
from typing import TYPE_CHECKING, Any, cast

import httpx

from replicate_typed.timeline import timeline_of
from replicate_typed.transports.mock.calls import MockRequest, Target, read_call, record_of, target_of
from replicate_typed.transports.mock.exchanges import Exchange, Pause, Reply, aplay, play
from replicate_typed.transports.mock.faults import FaultRules
from replicate_typed.transports.mock.handlers import HANDLERS
from replicate_typed.transports.mock.inspection import complaint
from replicate_typed.transports.mock.limits import Limits
from replicate_typed.transports.mock.problems import ProblemError
from replicate_typed.transports.mock.registry import Registry
from replicate_typed.transports.mock.state import State
from replicate_typed.transports.mock.times import SECOND, VIRTUAL_START, http_date, microseconds
from replicate_typed.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from replicate_typed.clock import Clock
    from replicate_typed.timeline import Timeline

_ROOT = "https://api.replicate.com/v1"


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
        Registry.__init__(self, State(seed=seed, account=account, page_size=page_size, now=self._now))
        FaultRules.__init__(self, seed=seed)
        self._limits = Limits(creates_per_minute)
        self._requests: list[MockRequest] = []
        self._lock = threading.Lock()

    def use_clock(self, clock: Clock) -> None:
        """Go by another clock from now on; one that is not virtual shows the real date."""
        self.clock: VirtualClock = cast("VirtualClock", clock)
        """Virtual, with what tests ask of it, unless another was given; then that one, whatever it can do."""
        self._timeline: Timeline = timeline_of(clock)
        is_virtual = isinstance(clock, VirtualClock)
        self._zero = VIRTUAL_START if is_virtual else round(time.time() * SECOND) - microseconds(clock.now())

    @property
    def requests(self) -> list[MockRequest]:
        """The requests made so far, in order, without headers."""
        with self._lock:
            return list(self._requests)

    @property
    def predictions(self) -> list[dict[str, Any]]:
        """The predictions as they are now, in order of creation."""
        now = self._now()
        return [copy.deepcopy(prediction.edge_json(now)) for prediction in list(self._state.predictions)]

    def assert_called(self, operation: str, *, times: int | None = None, **body: Any) -> None:
        """Raise AssertionError, with a diff, unless an operation was called with these members in its body.

        Args:
            operation: The operation's id; `predictions.create` is for all creates of predictions.
            times: How often exactly; by default once or more.
            body: What the request's body had, such as `input={…}`; other members do not matter.
        """
        __tracebackhide__ = True
        if found := complaint(self.requests, operation, body, times):
            raise AssertionError(found)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not isinstance(request.stream, httpx.SyncByteStream):
            raise TypeError("an async request body needs an async client")
        request.read()
        return play(self._exchange(request), self._timeline).response(self._timeline)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if isinstance(request.stream, httpx.AsyncByteStream):
            await request.aread()
        else:
            request.read()
        return (await aplay(self._exchange(request), self._timeline)).response(self._timeline)

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
            if target.id is not None and target.operation is not None:
                headers = self._limits.take(target.id, self._now())
            reply = yield from self._answer(request, target, record)
        except ProblemError as problem:
            reply = problem.reply()
        for fault in faults:
            if fault.after:
                reply = fault.after(reply)
        headers["date"] = http_date(self._now())
        return Reply(reply.status, reply.body, headers | reply.headers)

    def _answer(self, request: httpx.Request, target: Target, record: MockRequest) -> Exchange:
        self._state.settle()
        call = read_call(request, target, record, self._now())
        answer = HANDLERS[call.operation.id](self._state, call)
        if isinstance(answer, Reply):
            return answer
        return (yield from answer)

    def _now(self) -> int:
        return self._zero + microseconds(self.clock.now())
