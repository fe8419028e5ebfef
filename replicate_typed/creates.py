"""The operation that creates a prediction on what a reference names; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast
from urllib.parse import urlsplit

from replicate_api.api.deployments_predictions.deployments_predictions_create import (
    deployments_predictions_create,
)
from replicate_api.api.models_predictions.models_predictions_create import models_predictions_create
from replicate_api.api.predictions.predictions_create import predictions_create
from replicate_typed.references import reference_to
from replicate_typed.settings import is_host

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.webhook_event import WebhookEvent
    from replicate_api.types import Operation
    from replicate_typed.references import Reference, Runnable
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out

LONGEST_HOLD = 60  # seconds

WebhookEvents: TypeAlias = "Sequence[WebhookEvent | Literal['start', 'output', 'logs', 'completed']]"
"""Which events a webhook is told of."""


def create_operation(
    runnable: Runnable | ModelCall[Any],
    input: Mapping[str, Any] | None,
    *,
    hold: int | None = None,
    timeout: float | None = None,
    cancel_after: int | None = None,
    webhook: str | None = None,
    webhook_events_filter: WebhookEvents | None = None,
) -> Operation[Prediction]:
    """The create that fits what is to be run; raises ValueError or TypeError for what cannot be sent.

    With a `timeout`, for the whole run, the answer is held back for a shorter time, so that the id is known by then.
    """
    reference, input = reference_and_input(runnable, input)
    given: dict[str, Any] = {
        "input": input,
        "prefer": None if hold is None else held(hold, timeout),
        "cancel_after": None if cancel_after is None else whole_seconds("cancel_after", cancel_after, least=5),
        "webhook": None if webhook is None else checked_webhook(webhook),
        "webhook_events_filter": webhook_events_filter,
    }
    match reference.kind:
        case "deployment":
            return deployments_predictions_create(reference.owned, **given)
        case "model":
            return models_predictions_create(reference.owned, **given)
        case "version":
            return predictions_create(version=reference.version or "", **given)


def reference_and_input(
    runnable: Runnable | ModelCall[Any], input: Mapping[str, Any] | None
) -> tuple[Reference, Mapping[str, Any]]:
    """What is run, and with which input; a typed call has both in it."""
    call = call_in(runnable)
    if call is None:
        return reference_to(cast("Runnable", runnable)), {} if input is None else input
    if input is not None:
        raise TypeError(f"the input of {call.model} is in its call already; leave out the other")
    return reference_to(str(call.model)), call.input


def call_in(runnable: Runnable | ModelCall[Out] | None) -> ModelCall[Out] | None:
    """The typed call that something to run is, if it is one; raises TypeError for a typed model without its input."""
    if runnable is None or isinstance(runnable, str):  # most are: nothing is imported for them
        return None
    from replicate_typed.typed_models import ModelCall, ModelReference

    if isinstance(runnable, ModelReference):
        raise TypeError(f"{runnable} has no input yet: call it first, as in run(model(prompt=…))")
    return runnable if isinstance(runnable, ModelCall) else None


def held(seconds: int, timeout: float | None = None) -> str | None:
    """The `Prefer` header that asks for the answer to be held back up to so many seconds, 1 to 60.

    It ends a second before the timeout; None when that leaves none.
    """
    whole_seconds("hold", seconds, least=1, most=LONGEST_HOLD)
    if timeout is not None:
        seconds = min(seconds, int(timeout) - 1)
    return f"wait={seconds}" if seconds >= 1 else None


def whole_seconds(name: str, seconds: int, *, least: int, most: int | None = None) -> str:
    """The seconds as text; raises TypeError or ValueError, which calls them by this name."""
    if isinstance(seconds, bool) or not isinstance(seconds, int):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"{name} must be a whole number of seconds, got {seconds!r}")
    if seconds < least or (most is not None and seconds > most):
        limits = f"{least} or more" if most is None else f"from {least} to {most}"
        raise ValueError(f"{name} must be {limits} seconds, got {seconds}")
    return str(seconds)


def checked_webhook(webhook: str) -> str:
    """The address, if it may be called: https, or http for a host that only a service on this machine can mean.

    Raises ValueError or TypeError, which do not show what may be a secret: a password, or the query.
    Documentation: topics/webhooks/setup-webhook.
    """
    if not isinstance(webhook, str):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"webhook must be a string, got {type(webhook).__name__}")
    expected = 'webhook must be an https address with a host, such as "https://app.example/replicate"'
    try:
        parts = urlsplit(webhook)
        host = parts.hostname or ""
        is_address = parts.scheme in {"https", "http"} and parts.port != 0 and is_host(host)
    except ValueError:
        raise ValueError(f"{expected}, got {_shown(webhook)}") from None
    if "@" in parts.netloc or "#" in webhook:
        raise ValueError(
            "webhook must have no user, password or fragment in it; put what tells calls apart in its query"
        )
    if not webhook.isprintable() or " " in webhook:
        raise ValueError(f"webhook has characters that must be escaped, got {_shown(webhook)}")
    if not is_address or (parts.scheme == "http" and not _is_loopback(host)):
        raise ValueError(f"{expected}, got {_shown(webhook)}")
    return webhook


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _shown(webhook: str) -> str:
    address = webhook.partition("?")[0]
    return "one with an @ in it" if "@" in address else repr(address)
