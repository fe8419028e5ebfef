# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.webhook_secret import WebhookSecret
from ...reading import (
    read_json,
)
from ...types import Operation

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> WebhookSecret:
    return WebhookSecret.from_dict(read_json(response))


def webhooks_default_secret_get() -> Operation[WebhookSecret]:
    """The secret that your webhooks are signed with.

    An account has one secret, which rarely changes: keep it rather than asking at each webhook, and
    keep it as safe as the API token.

    Operation `webhooks.default.secret.get`: GET /webhooks/default/secret.
    """
    return Operation(
        "webhooks.default.secret.get",
        "GET",
        "/webhooks/default/secret",
        _parse,
        is_repeatable=True,
    )
