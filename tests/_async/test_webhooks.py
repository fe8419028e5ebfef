"""The secret of webhooks, and reading them, as a client has them."""

from __future__ import annotations

import pytest

from replicate_typed import AsyncClient, MockTransport, WebhookVerificationError

pytestmark = pytest.mark.anyio


async def test_the_secret_is_the_accounts() -> None:
    """As text, ready for `unwrap`."""
    mock = MockTransport(seed=3)
    async with AsyncClient(transport=mock) as client:
        secret = await client.webhooks.secret()
        assert secret == (await client.webhooks.default.secret.get()).key
    assert secret.startswith("whsec_")


async def test_webhooks_are_signed_and_read_without_asking_the_service() -> None:
    """Both are plain calls: they need no network, and so are not awaited."""
    mock = MockTransport()
    async with AsyncClient(transport=mock) as client:
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
