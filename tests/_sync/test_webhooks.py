# Made by scripts/unasync.py from tests/_async/test_webhooks.py; do not edit.
"""Webhooks as a client has them: asking for them, their secret, and reading them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from replicate_typed import Client, MockTransport, WebhookVerificationError

pytestmark = pytest.mark.anyio

Create = Callable[[Any, dict[str, Any]], object]
CREATES: dict[str, Create] = {
    "run": lambda client, hook: client.run("acme/echo", {}, **hook),
    "submit": lambda client, hook: client.submit("acme/echo", {}, **hook),
    "predictions.create": lambda client, hook: client.predictions.create("0" * 64, {}, **hook),
    "models.predictions.create": lambda client, hook: client.models.predictions.create("acme/echo", {}, **hook),
    "deployments.predictions.create": lambda client, hook: client.deployments.predictions.create("a/b", {}, **hook),
    "trainings.create": lambda client, hook: client.trainings.create(
        "acme/echo:v1", destination="acme/mine", input={}, **hook
    ),
}


@pytest.mark.parametrize("create", CREATES)
@pytest.mark.parametrize(("hook", "kind", "message"), [
    ({"webhook": "http://app.example/"}, ValueError, "webhook must be an https address"),
    ({"webhook": "app.example"}, ValueError, "webhook must be an https address"),
    ({"webhook": 5}, TypeError, "webhook must be a string, got int"),
    ({"webhook_events_filter": "completed"}, TypeError, "webhook_events_filter must be a list, got 'completed'"),
    ({"webhook_events_filter": ["complete"]}, ValueError, "must be one of 'start', 'output', 'logs', 'completed'"),
    ({"webhook_events_filter": ["logs", "logs"]}, ValueError, "webhook_events_filter must not have 'logs' twice"),
    ({"webhook_events_filter": [5]}, TypeError, r"webhook_events_filter\[0\] must be a string, got 5"),
])  # fmt: skip
def test_a_webhook_is_checked_before_anything_is_sent(
    create: str, hook: dict[str, Any], kind: type[Exception], message: str
) -> None:
    """By every create, of predictions and of trainings; the error names the argument."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(500)

    with Client(transport=httpx.MockTransport(answer), retries=0) as client:
        with pytest.raises(kind, match=message) as caught:
            CREATES[create](client, hook)
    assert type(caught.value) is kind
    assert asked == []


def test_the_secret_is_the_accounts() -> None:
    """As text, ready for `unwrap`."""
    mock = MockTransport(seed=3)
    with Client(transport=mock) as client:
        secret = client.webhooks.secret()
        assert secret == (client.webhooks.default.secret.get()).key
    assert secret.startswith("whsec_")


def test_webhooks_are_signed_and_read_without_asking_the_service() -> None:
    """Both are plain calls: they need no network, and so are not awaited."""
    mock = MockTransport()
    with Client(transport=mock) as client:
        body = (
            '{"id": "p1", "version": "hidden", "input": {}, "status": "succeeded", "created_at": "2025-01-01T00:00:00Z"'
            ', "urls": {"get": "https://x", "cancel": "https://x"}}'
        )
        headers = client.webhooks.sign(body, secret="whsec_AAAA", id="msg_7", now=100)
        webhook = client.webhooks.unwrap(body, headers, secret="whsec_AAAA", now=100)
        assert webhook.prediction is not None
        assert (webhook.id, webhook.prediction.id) == ("msg_7", "p1")
        with pytest.raises(WebhookVerificationError, match="not signed"):
            client.webhooks.unwrap(f"{body} ", headers, secret="whsec_AAAA", now=100)
    assert mock.requests == []
