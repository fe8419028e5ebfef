"""The client: every resource of the API, and the verbs that people call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

from replicate_typed._async.base_client import AsyncBaseClient

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Page
    from replicate_typed._async.pagination import AsyncPaginator
    from replicate_typed._async.runs import AsyncRun, AsyncWatch, OnUpdate
    from replicate_typed._async.streams import AsyncEventStream
    from replicate_typed.creates import WebhookEvents
    from replicate_typed.deadlines import Deadline
    from replicate_typed.references import Runnable
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out
    from replicate_typed.updates import Update

T = TypeVar("T")
P = ParamSpec("P")


class AsyncClient(AsyncBaseClient):
    """Runs models on Replicate, and calls everything else that its API offers.

    One client serves many threads, or, if it is async, many tasks of one event loop at a time.

    Args:
        token: The API token; else REPLICATE_API_TOKEN, read when it is first needed.
        base_url: Where the API is, with or without `/v1`; else REPLICATE_BASE_URL, else Replicate itself.
        transport: What carries requests: `AsyncHTTPTransport`, `AsyncCogTransport`, `RecordedTransport`,
            `MockTransport`, any httpx transport, or a ready-made httpx client; else what REPLICATE_TRANSPORT names,
            else the network.
        timeout: Seconds for one request, from connecting to the last byte; else REPLICATE_TIMEOUT, else 60. The
            upload of a file has one second more for each 128 KB.
        retries: How often a request is sent again at most, where that is safe; else 2.
        polling: Seconds between looks at a running prediction; else REPLICATE_POLL_INTERVAL, else a tenth of the
            time that it has taken so far, at least 0.1 and at most 3.
        headers: Headers for every request.
        on_request: A function, or several, called with each `httpx.Request` before it is sent; they may add headers.
            The token is put on after them.
        on_response: A function, or several, called with each `httpx.Response`, errors too, read in full unless it
            is a stream.
    """

    @overload
    async def run(
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
    async def run(
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

    async def run(
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
        """The output of a model: the service's JSON, in which the addresses of output files are `OutputFile`s.

        Args:
            reference: What to run: "owner/name", "owner/name:version", a version id, "deployments/owner/name",
                a Model, a ModelVersion or a Deployment; or a typed model with its input, `flux(prompt=…)`, whose
                output has its own type.
            input: The model's input. Files may stand anywhere in it: a `pathlib.Path`, bytes, or a file opened in
                binary mode. Up to 256 KB they are sent within it, up to 100 MB they are uploaded before.
            timeout: Seconds for the whole run; when they are over, the prediction is canceled.
            on_update: Called with an `Update` at first, and whenever status, logs or output have changed.
            hold: Ask the service to hold its first answer back for up to so many seconds, 1 to 60; less if `timeout`
                comes before.
            cancel_after: Seconds, 5 or more, after which the service itself cancels the prediction.
            webhook: The HTTPS address that is told of the prediction's progress.
            webhook_events_filter: What it is told of: start, output, logs, completed.
            cancel_on_exit: Whether the prediction is canceled when time is up, on Ctrl-C, on task
                cancellation, and when `on_update` raises.

        Raises:
            ModelError: The prediction failed, or was canceled or aborted; it is in `.prediction`.
            RunTimeoutError: It did not end in time.
            UndecodableOutputError: A typed model gave what its schema does not describe.
            AmbiguousCreateError: The answer was lost, and no prediction found that is surely the one; it was not
                asked for again.
            APIStatusError, APIConnectionError: The service refused, or could not be reached.
            ValueError, TypeError: The arguments, or a part of the input, cannot be sent; nothing was sent.
        """
        from replicate_typed._async.creates import create
        from replicate_typed._async.runs import AsyncWatch, listener, result_of
        from replicate_typed.creates import create_operation
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
            started = await create(self._session, operation, deadline, cancel_on_exit=cancel_on_exit)
            watch = AsyncWatch(self._session, PREDICTION, started)
            ended = await watch.follow(deadline, hear=hear, cancel_on_exit=cancel_on_exit)
        return result_of(self._session, ended, reference)

    @overload
    async def submit(
        self,
        reference: ModelCall[Out],
        input: None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> AsyncRun[Out]: ...

    @overload
    async def submit(
        self,
        reference: Runnable,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> AsyncRun: ...

    async def submit(
        self,
        reference: Runnable | ModelCall[Any],
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> AsyncRun:
        """A handle on a new prediction, at once: to look at it, wait for it or cancel it; arguments as in `run`."""
        from replicate_typed._async.creates import create
        from replicate_typed._async.runs import AsyncRun
        from replicate_typed.creates import create_operation

        operation = create_operation(
            reference,
            input,
            hold=hold,
            cancel_after=cancel_after,
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )
        return AsyncRun(self._session, await create(self._session, operation), reference)

    async def attach(self, prediction: str | Prediction) -> AsyncRun:
        """A handle on a prediction that was started before, anywhere; given its id, it is asked for once."""
        from replicate_typed._async.runs import AsyncRun, found
        from replicate_typed.updates import PREDICTION

        with self._session.clock.participant():
            return AsyncRun(self._session, await found(self._session, PREDICTION, prediction))

    async def wait(
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
        return await self.predictions.wait(
            prediction, timeout=timeout, on_update=on_update, cancel_on_exit=cancel_on_exit
        )

    @overload
    def stream(
        self,
        reference: ModelCall[Out],
        input: None = None,
        *,
        timeout: float | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
        cancel_on_exit: bool = True,
    ) -> AsyncEventStream[Out]: ...

    @overload
    def stream(
        self,
        reference: Runnable,
        input: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
        cancel_on_exit: bool = True,
    ) -> AsyncEventStream: ...

    def stream(
        self,
        reference: Runnable | ModelCall[Any],
        input: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
        cancel_on_exit: bool = True,
    ) -> AsyncEventStream:
        """The events of a new prediction as they happen; `str(event)` is the text of an output, else empty.

        Use it in a block, which may be left at any time: then the stream is closed, and the prediction canceled.

        Args:
            timeout: Seconds for the whole stream, and what is done with its events; when they are over, the
                prediction is canceled.
            cancel_on_exit: Whether the prediction is canceled when time is up, on Ctrl-C, on task
                cancellation, and when the stream is left before its end.

        Other arguments are as in `run`.

        Raises:
            ModelError: The prediction failed, or was canceled or aborted; it is in `.prediction`.
            RunTimeoutError: It did not end in time.
            StreamInterruptedError: Its end was not heard of; what had arrived is in `.text`.
        """
        from replicate_typed._async.creates import create
        from replicate_typed._async.runs import AsyncWatch
        from replicate_typed._async.streams import AsyncEventStream
        from replicate_typed.creates import create_operation
        from replicate_typed.updates import PREDICTION

        operation = create_operation(
            reference,
            input,
            cancel_after=cancel_after,
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )

        async def begin(deadline: Deadline) -> AsyncWatch[Prediction, Update]:
            started = await create(self._session, operation, deadline, cancel_on_exit=cancel_on_exit)
            return AsyncWatch(self._session, PREDICTION, started)

        return AsyncEventStream(self._session, begin, timeout=timeout, cancel_on_exit=cancel_on_exit, ran=reference)

    def paginate(self, method: Callable[P, Awaitable[Page[T]]], *args: P.args, **kwargs: P.kwargs) -> AsyncPaginator[T]:
        """Every item of a list, over all its pages, each asked for when it is needed.

        Args:
            method: A method that gives one page, such as `client.models.list`; its arguments follow.

        The links of the service are followed within the same list and the same service only.
        """
        from replicate_typed._async.pagination import AsyncPaginator

        if not callable(method):
            raise TypeError(f"paginate takes a method that gives a page, such as client.models.list; got {method!r}")
        return AsyncPaginator(self._session, partial(method, *args, **kwargs))
