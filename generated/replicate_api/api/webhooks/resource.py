# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ...types import AsyncSender, Sender
    from ..webhooks_default.resource import (
        AsyncWebhooksDefaultResource,
        WebhooksDefaultResource,
    )


class WebhooksResource:
    """Webhooks: how the service signs them."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def default(self) -> WebhooksDefaultResource:
        """The webhooks of your account."""
        from ..webhooks_default.resource import WebhooksDefaultResource

        return WebhooksDefaultResource(self._sender)


class AsyncWebhooksResource:
    """Webhooks: how the service signs them."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def default(self) -> AsyncWebhooksDefaultResource:
        """The webhooks of your account."""
        from ..webhooks_default.resource import AsyncWebhooksDefaultResource

        return AsyncWebhooksDefaultResource(self._sender)


class WebhooksProtocol(Protocol):
    """What `webhooks` offers, for stand-ins to be checked against."""


class AsyncWebhooksProtocol(Protocol):
    """What `webhooks` offers, for stand-ins to be checked against."""
