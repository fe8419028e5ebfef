"""Webhooks of the mock service: which are sent, what they say, and how they are signed."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

import httpx
from attrs import frozen

from replicate_typed.transports.mock.problems import InvalidField
from replicate_typed.transports.mock.times import SECOND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from replicate_typed.transports.mock.lifecycle import Event

# https://replicate.com/docs/topics/webhooks/setup-webhook
DEFAULT_EVENTS = ("output", "completed")
INTERVAL = SECOND // 2
"""`output` and `logs` are sent at most so often."""
PAUSES = tuple(2**tries * SECOND for tries in range(6))
"""How long it is to the next try of the last webhook; to the last one a good minute in all."""

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@frozen
class MockWebhook:
    """One try to deliver a webhook."""

    event: str
    """Why it was sent: start, output, logs or completed. The webhook itself does not say."""
    url: str
    """The address that the prediction or training was created with."""
    headers: dict[str, str]
    content: bytes
    attempt: int
    """1 for the first try."""
    at: float
    """When it was, in seconds of the transport's clock."""
    status: int | None = None
    """What the receiver answered; None if nothing, or if there is no receiver."""
    error: str | None = None
    """Why there was no answer, or what an app raised."""

    @property
    def body(self) -> Any:
        """The prediction or training that was sent."""
        return json.loads(self.content)


def secret_of(seed: int) -> str:
    """The secret that a mock service of this seed signs its webhooks with."""
    key = hashlib.sha256(f"{seed}/webhooks".encode()).digest()[:24]
    return f"whsec_{base64.b64encode(key).decode()}"


def message_id(secret: str, run: str, number: int) -> str:
    """The id of the so-manieth webhook of a prediction or training."""
    digits, letters = int.from_bytes(hashlib.sha256(f"{secret}/{run}/{number}".encode()).digest(), "big"), ""
    for _ in range(27):
        digits, digit = divmod(digits, len(_LETTERS))
        letters += _LETTERS[digit]
    return f"msg_{letters}"


def webhooks_of(events: Sequence[Event], wanted: Sequence[str] | None) -> list[Event]:
    """Those of the events that a webhook is sent for.

    As Cog sends them: what comes too soon after another one is left out, but for `start` and `completed`.
    """
    sent: list[Event] = []
    for event in events:
        if event.kind not in (DEFAULT_EVENTS if wanted is None else wanted):
            continue
        if event.kind in ("output", "logs") and sent and event.at - sent[-1].at < INTERVAL:
            continue
        sent.append(event)
    return sent


def body_of(event: Event, seen: Mapping[str, object]) -> Mapping[str, object]:
    """What is sent for an event, of what was seen at its instant: that it has ended, only the last one tells."""
    if event.kind == "completed" or seen["completed_at"] is None:
        return seen
    output = seen["output"] if event.kind == "output" else None
    return {**seen, "status": "processing", "completed_at": None, "error": None, "metrics": {}, "output": output}


def misfits_of_webhook(body: Mapping[str, Any]) -> list[InvalidField]:
    """What is wrong with the webhook in the body of a create: it is an http or https address, or there is none."""
    address = body.get("webhook")
    if not isinstance(address, str) or is_address(address):
        return []
    return [InvalidField("format", "webhook", "Does not match format 'uri'")]


def is_address(text: str) -> bool:
    """Whether something can be sent there."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host)
