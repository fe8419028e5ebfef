# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ...models.training import Training
from ...models.webhook_event import WebhookEvent
from ...reading import (
    read_json,
)
from ...types import HasId, Operation, Owned
from ...writing import (
    path_id,
    path_owned,
    write_enum,
    write_list,
    write_object,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Training:
    return Training.from_dict(read_json(response))


def trainings_create(
    model: str | Owned,
    version: str | HasId,
    *,
    destination: str,
    input: Mapping[str, Any],
    webhook: str | None = None,
    webhook_events_filter: Sequence[WebhookEvent | Literal["start", "output", "logs", "completed"]] | None = None,
    extra_body: Mapping[str, Any] | None = None,
) -> Operation[Training]:
    """A new training of a model version.

    A training runs the version's `train()` on your data. When it succeeds, its result is a new
    version of the destination model. That takes minutes or more: read it again with
    `trainings.get`, or ask for a webhook. Every accepted call is a new, billed run.

    The destination must exist and be yours (404 otherwise).

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.
        version: Id of the model version, 64 hexadecimal digits. An object that has the id will do.
        destination: The model to become owner of the new version, as `owner/name`. It has to exist
            and to belong to the token's account.
        input: What the version's `train()` gets, under the names of `TrainingInput` in its
            `openapi_schema`.
        webhook: HTTPS address that the service POSTs the training to as it advances. Redirects are
            not followed. The same news can arrive twice, and news can overtake each other.
        webhook_events_filter: Call the webhook at these events only; by default at `output` and
            `completed`.
        extra_body: More fields of the request, sent as they are.

    Operation `trainings.create`: POST
    /models/{model_owner}/{model_name}/versions/{version_id}/trainings.
    """
    _body: dict[str, Any] = {}
    _body["destination"] = write_string("destination", destination)
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
    if extra_body is not None:
        _body.update(write_object("extra_body", extra_body))
    return Operation(
        "trainings.create",
        "POST",
        f"/models/{path_owned('model', model)}/versions/{path_id('version', version)}/trainings",
        _parse,
        body=_body,
    )
