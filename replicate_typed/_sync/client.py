# Made by scripts/unasync.py from replicate_typed/_async/client.py; do not edit.
"""The client: every resource of the API, and the verbs that people call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, overload

from replicate_typed._sync.connection import Connection, usable
from replicate_typed._sync.resources.tree import Resources
from replicate_typed._sync.session import Session
from replicate_typed.logger import set_up_logging
from replicate_typed.plain import plain_operation
from replicate_typed.responses import RawResponse
from replicate_typed.settings import checked_headers, read_settings

if TYPE_CHECKING:
    from types import TracebackType

    import httpx

    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Operation, Page, QueryValue
    from replicate_typed._sync.pagination import Paginator
    from replicate_typed._sync.runs import OnUpdate, Run
    from replicate_typed.creates import WebhookEvents
    from replicate_typed.references import Runnable
    from replicate_typed.settings import RequestHooks, ResponseHooks
    from replicate_typed.transports.protocols import Transport
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out

T = TypeVar("T")
P = ParamSpec("P")


class Client(Resources):
    """Runs models on Replicate, and calls everything else that its API offers.

    One client serves many threads, or, if it is async, many tasks of one event loop at a time.

    Args:
        token: The API token; else REPLICATE_API_TOKEN, read when it is first needed.
        base_url: Where the API is, with or without `/v1`; else REPLICATE_BASE_URL, else Replicate itself.
        transport: What carries requests: an `HTTPTransport`, an `CogTransport`, a `MockTransport`, any
            httpx transport, or a ready-made httpx client; else what REPLICATE_TRANSPORT names, else the network.
        timeout: Seconds for one request, from connecting to the last byte; else REPLICATE_TIMEOUT, else 60.
        retries: How often a request is sent again at most, where that is safe; else 2.
        polling: Seconds between looks at a running prediction; else REPLICATE_POLL_INTERVAL, else a tenth of the
            time that it has taken so far, at least 0.1 and at most 3.
        headers: Headers for every request.
        on_request: A function, or several, called with each `httpx.Request` before it is sent; they may add headers.
            The token is put on after them.
        on_response: A function, or several, called with each `httpx.Response`, errors too, read in full unless it
            is a stream.
    """

    def __init__(
        self,
        *,
        token: str | None = None,
        base_url: str | None = None,
        transport: Transport | httpx.Client | None = None,
        timeout: float | None = None,
        retries: int | None = None,
        polling: float | None = None,
        headers: Mapping[str, str] | None = None,
        on_request: RequestHooks | None = None,
        on_response: ResponseHooks | None = None,
    ) -> None:
        set_up_logging()
        settings = read_settings(
            token=token,
            base_url=base_url,
            timeout=timeout,
            retries=retries,
            polling=polling,
            headers=headers,
            on_request=on_request,
            on_response=on_response,
        )
        self._session = Session(Connection(usable(transport)), settings)

    def with_options(
        self,
        *,
        token: str | None = None,
        timeout: float | None = None,
        retries: int | None = None,
        polling: float | None = None,
        headers: Mapping[str, str] | None = None,
        on_request: RequestHooks | None = None,
        on_response: ResponseHooks | None = None,
    ) -> Self:
        """A copy with other settings, and the same transport; closing either closes both. None keeps a setting."""
        now = self._session.settings
        changed = read_settings(
            token=now.given_token if token is None else token,
            base_url=now.base_url,
            timeout=now.timeout if timeout is None else timeout,
            retries=now.retries if retries is None else retries,
            polling=now.poll_interval if polling is None else polling,
            headers={**now.headers, **checked_headers({} if headers is None else headers)},
            on_request=now.on_request if on_request is None else on_request,
            on_response=now.on_response if on_response is None else on_response,
        )
        copy = type(self).__new__(type(self))
        copy._session = Session(self._session.connection, changed)
        return copy

    @overload
    def run(
        self,
        reference: ModelCall[Out],
        input: None = None,
        *,
        timeout: float | None = None,
        on_update: OnUpdate | None = None,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
        cancel_on_exit: bool = True,
    ) -> Out: ...

    @overload
    def run(
        self,
        reference: Runnable,
        input: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        on_update: OnUpdate | None = None,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
        cancel_on_exit: bool = True,
    ) -> Any: ...

    def run(
        self,
        reference: Runnable | ModelCall[Any],
        input: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        on_update: OnUpdate | None = None,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
        cancel_on_exit: bool = True,
    ) -> Any:
        """The output of a model: the service's JSON, as it is.

        Args:
            reference: What to run: "owner/name", "owner/name:version", a version id, "deployments/owner/name",
                a Model, a ModelVersion or a Deployment; or a typed model with its input, `flux(prompt=…)`, whose
                output has its own type.
            input: The model's input.
            timeout: Seconds for the whole run; when they are over, the prediction is canceled.
            on_update: Called with an `Update` at first, and whenever status, logs or output have changed.
            hold: Ask the service to hold its first answer back for up to so many seconds, 1 to 60.
            cancel_after: Seconds, 5 or more, after which the service itself cancels the prediction.
            webhook: The HTTPS address that is told of the prediction's progress.
            webhook_events_filter: What it is told of: start, output, logs, completed.
            cancel_on_exit: Whether the prediction is canceled when time is up, on Ctrl-C, on task
                cancellation, and when `on_update` raises.

        Raises:
            ModelError: The prediction failed, or was canceled or aborted; it is in `.prediction`.
            RunTimeoutError: It did not end in time.
            UndecodableOutputError: A typed model gave what its schema does not describe.
            AmbiguousCreateError: It may have been created; it was not asked for again.
            APIStatusError, APIConnectionError: The service refused, or could not be reached.
        """
        from replicate_typed._sync.creates import create
        from replicate_typed._sync.runs import Watch, listener
        from replicate_typed.creates import create_operation
        from replicate_typed.outcomes import typed_output_of
        from replicate_typed.updates import PREDICTION

        hear = listener(on_update)
        with self._session.clock.participant():
            deadline = self._session.deadline(timeout)
            operation = create_operation(
                reference,
                input,
                hold=hold,
                timeout=timeout,
                cancel_after=cancel_after,
                webhook=webhook,
                webhook_events_filter=webhook_events_filter,
            )
            started = create(self._session, operation, deadline, cancel_on_exit=cancel_on_exit)
            watch = Watch(self._session, PREDICTION, started)
            ended = watch.follow(deadline, hear=hear, cancel_on_exit=cancel_on_exit)
        return typed_output_of(ended, reference)

    @overload
    def submit(
        self,
        reference: ModelCall[Out],
        input: None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Run[Out]: ...

    @overload
    def submit(
        self,
        reference: Runnable,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Run: ...

    def submit(
        self,
        reference: Runnable | ModelCall[Any],
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Run:
        """A handle on a new prediction, at once: to look at it, wait for it or cancel it; arguments as in `run`."""
        from replicate_typed._sync.creates import create
        from replicate_typed._sync.runs import Run
        from replicate_typed.creates import create_operation

        operation = create_operation(
            reference,
            input,
            hold=hold,
            cancel_after=cancel_after,
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )
        return Run(self._session, create(self._session, operation), reference)

    def attach(self, prediction: str | Prediction) -> Run:
        """A handle on a prediction that was started before, anywhere; given its id, it is asked for once."""
        from replicate_typed._sync.runs import Run, found
        from replicate_typed.updates import PREDICTION

        with self._session.clock.participant():
            return Run(self._session, found(self._session, PREDICTION, prediction))

    def wait(
        self,
        prediction: str | Prediction,
        *,
        timeout: float | None = None,
        on_update: OnUpdate | None = None,
        cancel_on_exit: bool = True,
    ) -> Prediction:
        """The prediction once it has ended, however it ended.

        Args:
            prediction: A prediction, or its id.
            timeout: Seconds to wait; when they are over, the prediction is canceled.
            on_update: Called with an `Update` at first, and whenever status, logs or output have changed.
            cancel_on_exit: Whether the prediction is canceled when time is up, on Ctrl-C, on task
                cancellation, and when `on_update` raises.

        Raises:
            RunTimeoutError: It did not end in time.
        """
        return self.predictions.wait(prediction, timeout=timeout, on_update=on_update, cancel_on_exit=cancel_on_exit)

    def paginate(self, method: Callable[P, Page[T]], *args: P.args, **kwargs: P.kwargs) -> Paginator[T]:
        """Every item of a list, over all its pages, each asked for when it is needed.

        Args:
            method: A method that gives one page, such as `client.models.list`; its arguments follow.

        The links of the service are followed within the same list and the same service only.
        """
        from replicate_typed._sync.pagination import Paginator

        if not callable(method):
            raise TypeError(f"paginate takes a method that gives a page, such as client.models.list; got {method!r}")
        return Paginator(self._session, lambda: method(*args, **kwargs))

    def send(self, operation: Operation[T], /) -> T:
        """What the service answers to an operation, read as the API describes it."""
        with self._session.clock.participant():
            return self._session.send(operation)

    def send_raw(self, operation: Operation[T], /) -> RawResponse[T]:
        """The answer to an operation with its status, headers and body; raises as `send` does."""
        with self._session.clock.participant():
            response, token = self._session.answer(operation)
        return RawResponse(operation, response, token)

    def request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The plain JSON of any path of the API: a dict, a list …; text as str, and None for an empty answer.

        Args:
            method: The HTTP method.
            path: Below the base URL, such as "/hardware"; a full address of the API will do.
            body: A JSON object to send.
            query: What stands behind the question mark.
            headers: Headers for this request.
        """
        operation = plain_operation(
            method, path, body, query=query, headers=headers, base_url=self._session.settings.base_url
        )
        return self.send(operation)

    def close(self) -> None:
        """Close the transport; every request after this is refused."""
        self._session.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._session.settings.base_url}>"
