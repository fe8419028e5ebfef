# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .webhooks_default_secret_get import webhooks_default_secret_get

if TYPE_CHECKING:
    from ...models.webhook_secret import WebhookSecret
    from ...types import AsyncSender, Sender


class WebhooksDefaultSecretResource:
    """The secret that your webhooks are signed with."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def get(
        self,
    ) -> WebhookSecret:
        """The secret that your webhooks are signed with.

        An account has one secret, which rarely changes: keep it rather than asking at each webhook,
        and keep it as safe as the API token.

        Operation `webhooks.default.secret.get`: GET /webhooks/default/secret.
        """
        return self._sender.send(webhooks_default_secret_get())


class AsyncWebhooksDefaultSecretResource:
    """The secret that your webhooks are signed with."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def get(
        self,
    ) -> WebhookSecret:
        """The secret that your webhooks are signed with.

        An account has one secret, which rarely changes: keep it rather than asking at each webhook,
        and keep it as safe as the API token.

        Operation `webhooks.default.secret.get`: GET /webhooks/default/secret.
        """
        return await self._sender.send(webhooks_default_secret_get())


class WebhooksDefaultSecretProtocol(Protocol):
    """What `webhooks.default.secret` offers, for stand-ins to be checked against."""

    def get(
        self,
    ) -> WebhookSecret: ...


class AsyncWebhooksDefaultSecretProtocol(Protocol):
    """What `webhooks.default.secret` offers, for stand-ins to be checked against."""

    async def get(
        self,
    ) -> WebhookSecret: ...
