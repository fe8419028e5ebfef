"""`run` and its kin on a client that is made when the first of them is called."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast, overload

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Page
    from replicate_typed._sync.client import Client
    from replicate_typed._sync.pagination import Paginator
    from replicate_typed._sync.runs import OnUpdate, Run
    from replicate_typed._sync.streams import EventStream
    from replicate_typed.creates import WebhookEvents
    from replicate_typed.references import Runnable
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out

T = TypeVar("T")
P = ParamSpec("P")

_lock = threading.Lock()
_made: list[Client] = []


def client() -> Client:
    """The client that the functions of this module share, set up by the environment alone."""
    with _lock:
        if not _made:
            from replicate_typed._sync.client import Client

            _made.append(Client())
        return _made[0]


@overload
def run(
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
    """The output of a model: `Client.run` on the default client."""
    return client().run(
        cast("Runnable", reference),  # with its input, either overload is the same call
        input,
        timeout=timeout,
        on_update=on_update,
        hold=hold,
        cancel_after=cancel_after,
        webhook=webhook,
        webhook_events_filter=webhook_events_filter,
        cancel_on_exit=cancel_on_exit,
    )


@overload
def submit(
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
    reference: Runnable,
    input: Mapping[str, Any] | None = None,
    *,
    hold: int | None = None,
    cancel_after: int | None = None,
    webhook: str | None = None,
    webhook_events_filter: WebhookEvents | None = None,
) -> Run: ...


def submit(
    reference: Runnable | ModelCall[Any],
    input: Mapping[str, Any] | None = None,
    *,
    hold: int | None = None,
    cancel_after: int | None = None,
    webhook: str | None = None,
    webhook_events_filter: WebhookEvents | None = None,
) -> Run:
    """A handle on a new prediction: `Client.submit` on the default client."""
    return client().submit(
        cast("Runnable", reference),  # with its input, either overload is the same call
        input,
        hold=hold,
        cancel_after=cancel_after,
        webhook=webhook,
        webhook_events_filter=webhook_events_filter,
    )


def wait(
    prediction: str | Prediction,
    *,
    timeout: float | None = None,
    on_update: OnUpdate | None = None,
    cancel_on_exit: bool = True,
) -> Prediction:
    """The prediction once it has ended: `Client.wait` on the default client."""
    return client().wait(prediction, timeout=timeout, on_update=on_update, cancel_on_exit=cancel_on_exit)


def attach(prediction: str | Prediction) -> Run:
    """A handle on a prediction that was started before: `Client.attach` on the default client."""
    return client().attach(prediction)


@overload
def stream(
    reference: ModelCall[Out],
    input: None = None,
    *,
    timeout: float | None = None,
    cancel_after: int | None = None,
    webhook: str | None = None,
    webhook_events_filter: WebhookEvents | None = None,
    cancel_on_exit: bool = True,
) -> EventStream[Out]: ...


@overload
def stream(
    reference: Runnable,
    input: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = None,
    cancel_after: int | None = None,
    webhook: str | None = None,
    webhook_events_filter: WebhookEvents | None = None,
    cancel_on_exit: bool = True,
) -> EventStream: ...


def stream(
    reference: Runnable | ModelCall[Any],
    input: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = None,
    cancel_after: int | None = None,
    webhook: str | None = None,
    webhook_events_filter: WebhookEvents | None = None,
    cancel_on_exit: bool = True,
) -> EventStream:
    """The events of a new prediction as they happen: `Client.stream` on the default client."""
    return client().stream(
        cast("Runnable", reference),  # with its input, either overload is the same call
        input,
        timeout=timeout,
        cancel_after=cancel_after,
        webhook=webhook,
        webhook_events_filter=webhook_events_filter,
        cancel_on_exit=cancel_on_exit,
    )


def paginate(method: Callable[P, Page[T]], *args: P.args, **kwargs: P.kwargs) -> Paginator[T]:
    """Every item of a list, over all its pages: `Client.paginate` on the default client."""
    return client().paginate(method, *args, **kwargs)
