# Made by scripts/unasync.py from replicate_typed/_async/resources/webhooks.py; do not edit.
"""Webhooks: the secret they are signed with, and reading them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from replicate_api.api.webhooks.resource import WebhooksResource
from replicate_typed import webhooks

if TYPE_CHECKING:
    from replicate_typed.webhooks import SeenWebhooks, Webhook


class Webhooks(WebhooksResource):
    """Webhooks: the secret they are signed with, and reading them."""

    def secret(self) -> str:
        """The secret that the account's webhooks are signed with; it rarely changes, so keep it, and keep it safe.

        Operation `webhooks.default.secret.get`.
        """
        return (self.default.secret.get()).key

    def unwrap(
        self,
        body: bytes | str,
        headers: Mapping[str, str],
        *,
        secret: str,
        tolerance: float | None = webhooks.TOLERANCE,
        seen: SeenWebhooks | None = None,
        now: float | None = None,
    ) -> Webhook:
        """The prediction or training that a webhook tells of, if it is genuine: `replicate_typed.webhooks.unwrap`."""
        return webhooks.unwrap(body, headers, secret=secret, tolerance=tolerance, seen=seen, now=now)

    def sign(self, body: bytes | str, *, secret: str, id: str = "msg_test", now: float | None = None) -> dict[str, str]:
        """The headers that make a body a genuine webhook, for tests: `replicate_typed.webhooks.sign`."""
        return webhooks.sign(body, secret=secret, id=id, now=now)
