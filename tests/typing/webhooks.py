"""The types of webhooks, for mypy and pyright to check; never run."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

from replicate_typed import AsyncClient, Client, Prediction, SeenInMemory, SeenWebhooks, Webhook, webhooks
from replicate_typed.models import Training


class SeenInTable:
    """A place for ids of one's own."""

    def add(self, id: str, /) -> bool:
        return bool(id)


def what_they_carry(webhook: Webhook, seen: SeenInMemory, elsewhere: SeenWebhooks) -> None:
    assert_type((webhook.id, webhook.body, webhook.sent_at), tuple[str, str, datetime])
    assert_type((webhook.prediction, webhook.training), tuple[Prediction | None, Training | None])
    assert_type((seen.add("id"), elsewhere.add("id")), tuple[bool, bool])


def received(client: Client, body: bytes, headers: dict[str, str]) -> None:
    assert_type(client.webhooks.secret(), str)
    assert_type(client.webhooks.unwrap(body, headers, secret="whsec_a", seen=SeenInMemory()), Webhook)
    assert_type(client.webhooks.sign(body, secret="whsec_a", id="a", now=5), dict[str, str])
    assert_type(webhooks.sign("text", secret="whsec_a"), dict[str, str])
    webhook = webhooks.unwrap("text", headers, secret="whsec_a", tolerance=None, seen=SeenInTable())
    assert_type(webhook.prediction, Prediction | None)
    assert_type(webhook.training, Training | None)
    assert_type(webhook.sent_at, datetime)
    every: list[SeenWebhooks] = [SeenInMemory(most=5), SeenInTable()]
    webhooks.unwrap(body, headers, secret="whsec_a", seen=set[str]())  # type: ignore[arg-type]  # a set does not answer
    print(every)


async def async_received(client: AsyncClient, body: bytes, headers: dict[str, str]) -> None:
    assert_type(await client.webhooks.secret(), str)
    assert_type(client.webhooks.unwrap(body, headers, secret="whsec_a"), Webhook)
    assert_type(client.webhooks.sign(body, secret="whsec_a"), dict[str, str])
