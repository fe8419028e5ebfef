# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ...types import AsyncSender, Sender
    from ..webhooks_default_secret.resource import (
        AsyncWebhooksDefaultSecretResource,
        WebhooksDefaultSecretResource,
    )


class WebhooksDefaultResource:
    """The webhooks of your account."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def secret(self) -> WebhooksDefaultSecretResource:
        """The secret that your webhooks are signed with."""
        from ..webhooks_default_secret.resource import WebhooksDefaultSecretResource

        return WebhooksDefaultSecretResource(self._sender)


class AsyncWebhooksDefaultResource:
    """The webhooks of your account."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def secret(self) -> AsyncWebhooksDefaultSecretResource:
        """The secret that your webhooks are signed with."""
        from ..webhooks_default_secret.resource import (
            AsyncWebhooksDefaultSecretResource,
        )

        return AsyncWebhooksDefaultSecretResource(self._sender)


class WebhooksDefaultProtocol(Protocol):
    """What `webhooks.default` offers, for stand-ins to be checked against."""


class AsyncWebhooksDefaultProtocol(Protocol):
    """What `webhooks.default` offers, for stand-ins to be checked against."""
