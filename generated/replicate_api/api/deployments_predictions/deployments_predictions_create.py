# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ...models.prediction import Prediction
from ...models.webhook_event import WebhookEvent
from ...reading import (
    read_json,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
    write_bool,
    write_enum,
    write_list,
    write_object,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Prediction:
    return Prediction.from_dict(read_json(response))


def deployments_predictions_create(
    deployment: str | Owned,
    *,
    input: Mapping[str, Any],
    prefer: str | None = None,
    cancel_after: str | None = None,
    webhook: str | None = None,
    webhook_events_filter: Sequence[WebhookEvent | Literal["start", "output", "logs", "completed"]] | None = None,
    stream: bool | None = None,
    extra_body: Mapping[str, Any] | None = None,
) -> Operation[Prediction]:
    """A new prediction on a deployment.

    Runs the version that the deployment's current release names, on the deployment's own instances.

    The answer comes at once, or within the time that `Prefer` allows; a prediction that is not done
    by then goes on running, and is read again with `predictions.get`. Every accepted call is a new,
    billed run. 600 creates a minute are allowed, fewer on low credit.

    Args:
        deployment: The deployment as `owner/name`, or an object that has an owner and a name.
        input: What the model gets, under the names of its input schema (`Input` in a version's
            `openapi_schema`). A file is given as an HTTP address, of an upload for example, or as a
            data URL if it is small (up to 256 KB) and needed once.
        prefer: `wait` or `wait=n` with n from 1 to 60: the service holds its answer back until
            there is output, for 60 or n seconds at most. This bounds the answer, not the run.
        cancel_after: End the prediction by itself when this much time has passed since its
            creation: seconds (`90`), or hours, minutes and seconds with their units (`90s`, `15m`,
            `1h30m45s`). At least 5 seconds. One that had not started is then `aborted`, one that
            had is `canceled`.
        webhook: HTTPS address that the service POSTs the prediction to as it advances. Redirects
            are not followed. The same news can arrive twice, and news can overtake each other.
        webhook_events_filter: Call the webhook at these events only; by default at `output` and
            `completed`.
        stream: Has no effect any more; a prediction that can be streamed has `urls.stream` anyway.
            Deprecated.
        extra_body: More fields of the request, sent as they are.

    Operation `deployments.predictions.create`: POST
    /deployments/{deployment_owner}/{deployment_name}/predictions.
    """
    _headers: dict[str, str] = {}
    if prefer is not None:
        _headers["Prefer"] = write_string("prefer", prefer, pattern="^wait(=([1-9]|[1-5][0-9]|60))?\\Z")
    if cancel_after is not None:
        _headers["Cancel-After"] = write_string(
            "cancel_after", cancel_after, pattern="^([0-9]+|[0-9]+h([0-9]+m)?([0-9]+s)?|[0-9]+m([0-9]+s)?|[0-9]+s)\\Z"
        )
    _body: dict[str, Any] = {}
    _body["input"] = write_object("input", input)
    if webhook is not None:
        _body["webhook"] = write_string("webhook", webhook)
    if webhook_events_filter is not None:
        _body["webhook_events_filter"] = write_list(
            "webhook_events_filter",
            webhook_events_filter,
            lambda where, item: write_enum(where, item, WebhookEvent),
            unique=True,
        )
    if stream is not None:
        _body["stream"] = write_bool("stream", stream)
    if extra_body is not None:
        _body.update(write_object("extra_body", extra_body))
    return Operation(
        "deployments.predictions.create",
        "POST",
        f"/deployments/{path_owned('deployment', deployment)}/predictions",
        _parse,
        headers=_headers,
        body=_body,
    )
