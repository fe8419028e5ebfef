"""The service in memory, as a transport."""

from __future__ import annotations

import copy
import json
import math
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx

from replicate_typed.transports.mock.calls import MockRequest, read_call, record_of
from replicate_typed.transports.mock.models import checked_function, checked_name
from replicate_typed.transports.mock.problems import ProblemError
from replicate_typed.transports.mock.routes import route_of
from replicate_typed.transports.mock.runs import log
from replicate_typed.transports.mock.state import State
from replicate_typed.transports.mock.times import http_date, microseconds
from replicate_typed.transports.protocols import ColourlessTransport
from replicate_typed.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from replicate_typed.clock import Clock

Function = TypeVar("Function", bound=Callable[..., Any])

_ROOT = "https://api.replicate.com/v1"


class MockTransport(ColourlessTransport):
    """The service in memory, for both clients: Python functions are its models, and nothing waits for real.

        mock = MockTransport()

        @mock.model("acme/echo", processing=10)
        def echo(prompt: str, times: int = 1) -> list[str]:
            mock.log(f"echoing {prompt}")
            return [prompt] * times

    A prediction is starting, then processing, then it has succeeded, failed or been canceled, by the time on
    `clock`. Creates are answered at once, whatever `Prefer` asks for; `webhook` and `stream` are accepted and
    do nothing. What it does not know is answered with a 404 that names it.
    """

    requires_token = False

    def __init__(self, *, clock: Clock | None = None, seed: int = 0, page_size: int = 25) -> None:
        if page_size < 1:
            raise ValueError(f"a page has at least one item, not {page_size}")
        self.clock: VirtualClock = VirtualClock() if clock is None else cast("VirtualClock", clock)
        """Virtual, with what tests ask of it, unless another was given; then that one, whatever it can do."""
        self._state = State(seed=seed, page_size=page_size)
        self._requests: list[MockRequest] = []
        self._lock = threading.Lock()

    def model(
        self,
        name: str,
        *,
        starting: float = 0.5,
        processing: float = 1.0,
        version: str | None = None,
        description: str | None = None,
        official: bool = True,
    ) -> Callable[[Function], Function]:
        """Make the decorated function the newest version of a model.

        It gets a prediction's input as keyword arguments, and returns the output or raises. It is run at the
        first look at a prediction that has started, and should return at once: `starting` and `processing`
        say how many seconds the prediction takes. A model that is not official runs by version only.
        """
        checked_name(name)
        times = {"starting": _duration(starting), "processing": _duration(processing)}

        def register(function: Function) -> Function:
            self._state.add_version(
                name,
                checked_function(function),
                id=version,
                description=description,
                official=official,
                now=self._now(),
                **times,
            )
            return function

        return register

    def deployment(self, name: str, *, model: str) -> None:
        """Deploy the newest version that the model has now."""
        self._state.add_deployment(checked_name(name), checked_name(model), self._now())

    def log(self, text: str) -> None:
        """Log a line; inside a model's function only. The lines become visible one by one as time passes."""
        log(text)

    @property
    def requests(self) -> list[MockRequest]:
        """The requests made so far, in order, without headers."""
        with self._lock:
            return list(self._requests)

    @property
    def predictions(self) -> list[dict[str, Any]]:
        """The predictions as they are now, in order of creation."""
        now = self._now()
        return [copy.deepcopy(prediction.as_json(now, _ROOT)) for prediction in self._state.predictions()]

    def use_clock(self, clock: Clock) -> None:
        """Go by another clock."""
        self.clock = cast("VirtualClock", clock)

    @property
    def models(self) -> list[str]:
        """The names of the models, in order of their registration."""
        return [model.name for model in self._state.models()]

    def answer(self, request: httpx.Request) -> httpx.Response:
        call = read_call(request, self._now())
        with self._lock:
            self._requests.append(record_of(call))
        headers = {"date": http_date(call.now), "content-type": "application/json"}
        try:
            route, names = route_of(call)
            headers |= {"ratelimit-remaining": str(route.remaining), "ratelimit-reset": "1"}
            body = route.handler(self._state, call, *names)
        except ProblemError as problem:
            headers["content-type"] = "application/problem+json"
            return httpx.Response(problem.status, headers=headers, content=_json(problem.body) + b"\n")
        return httpx.Response(route.status, headers=headers, content=_json(body))

    def _now(self) -> int:
        return microseconds(self.clock.now())


def _duration(seconds: float) -> int:
    if not 0 <= seconds < math.inf:
        raise ValueError(f"a duration is a finite number of seconds, zero or more, not {seconds!r}")
    return microseconds(seconds)


def _json(body: object) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
