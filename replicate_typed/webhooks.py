"""Webhooks: whether one is genuine, and what it tells; pure.

The service signs them by https://www.standardwebhooks.com (documentation: topics/webhooks/verify-webhook).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from replicate_api.reading import UndecodableError
from replicate_typed.errors import DuplicateWebhookError, WebhookVerificationError

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.training import Training

TOLERANCE = 300.0
"""Seconds that a webhook may be old, or that the clocks may differ."""

_PREFIX = "whsec_"
_LENIENT = "surrogatepass"  # some frameworks hand over what is no UTF-8 so; it is refused like any other forgery
_OWN = "v1"  # the version of signatures that are made with a secret
_ID, _TIMESTAMP, _SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


class SeenWebhooks(Protocol):
    """Where the ids of webhooks are remembered: a table with a unique column, a key in Redis, a set in memory."""

    def add(self, id: str, /) -> bool:
        """Remember an id; False if it was remembered already. To ask and to remember must be one step."""
        ...


class SeenInMemory:
    """The newest ids in the memory of one process; several processes need a place that they share.

    Args:
        most: How many are remembered. It is enough to hold those of a few minutes: what is older, `unwrap` refuses.
    """

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._ids: dict[str, None] = {}  # in order of their coming
        self._lock = threading.Lock()

    def add(self, id: str, /) -> bool:
        """Remember an id; False if it was remembered already."""
        with self._lock:
            if id in self._ids:
                return False
            self._ids[id] = None
            if len(self._ids) > self._most:
                del self._ids[next(iter(self._ids))]
            return True


@frozen
class Webhook:
    """What a genuine webhook tells: one of `prediction` and `training` is there.

    Webhooks can overtake each other: what has ended has ended, so let nothing that arrives later overwrite it.
    """

    id: str
    """The same for every try to deliver this webhook."""
    sent_at: datetime
    prediction: Prediction | None = None
    training: Training | None = None
    body: str = field(default="", repr=False)
    """What was sent, as it came."""


def unwrap(
    body: bytes | str,
    headers: Mapping[str, str],
    *,
    secret: str,
    tolerance: float | None = TOLERANCE,
    seen: SeenWebhooks | None = None,
    now: float | None = None,
) -> Webhook:
    """The prediction or training that a webhook tells of, if the service has sent it.

    Args:
        body: The body of the request, byte for byte as it came.
        headers: The headers of the request; the letters of their names may be of either case.
        secret: The account's secret, as `client.webhooks.secret()` gives it: "whsec_…".
        tolerance: Seconds that it may be old; None for any age.
        seen: Where ids are remembered, so that a webhook that is delivered twice is told of once: `SeenInMemory()`,
            or what has the same `add`.
        now: Seconds since 1970, by default the system's time.

    Raises:
        DuplicateWebhookError: It is genuine, but `seen` knows it: answer it with a success.
        WebhookVerificationError: It is not genuine, too old, or tells of neither.
        ValueError: The secret is none.
        TypeError: The body was parsed before, for example; or `seen.add` does not say whether the id is new.
    """
    if tolerance is not None and not tolerance >= 0:  # true of NaN, too, which would let everything pass
        raise ValueError(f"tolerance must be 0 seconds or more, or None for any age, got {tolerance!r}")
    content = _bytes_of(body)
    given = _texts(headers)
    if missing := [name for name in (_ID, _TIMESTAMP, _SIGNATURE) if not given.get(name)]:
        raise WebhookVerificationError(f"the request has no {' and no '.join(missing)}: the service did not send it")
    id, timestamp = given[_ID], given[_TIMESTAMP]
    expected = signature_of(id, timestamp, content, secret).encode()
    # Every one is compared, and each in a time that tells nothing of how much of it is right.
    matches = [hmac.compare_digest(known.encode(errors=_LENIENT), expected) for known in given[_SIGNATURE].split()]
    if not any(matches):
        raise WebhookVerificationError(
            f"webhook {id} is not signed with this secret: it was changed on the way, or another account's; "
            "its body must be given byte for byte as it came"
        )
    sent = _instant(id, timestamp)
    age = (time.time() if now is None else now) - sent
    if tolerance is not None and abs(age) > tolerance:
        when = f"{age:.0f} s ago" if age > 0 else f"{-age:.0f} s in the future"
        raise WebhookVerificationError(f"webhook {id} was sent {when}, and {tolerance:g} s are tolerated")
    webhook = _read(id, sent, content)
    if seen is not None and not _is_new(seen, id):
        raise DuplicateWebhookError(f"webhook {id} has been seen before")
    return webhook


def sign(body: bytes | str, *, secret: str, id: str = "msg_test", now: float | None = None) -> dict[str, str]:
    """The headers that make a body a genuine webhook, for tests of what receives them.

    Args:
        body: What will be sent.
        secret: What it is signed with: "whsec_…".
        id: The id of the webhook.
        now: When it is sent, in seconds since 1970; by default the system's time.
    """
    timestamp = str(int(time.time() if now is None else now))
    content = _bytes_of(body)
    return {
        "content-type": "application/json",
        _ID: id,
        _TIMESTAMP: timestamp,
        _SIGNATURE: signature_of(id, timestamp, content, secret),
    }


def signature_of(id: str, timestamp: str, content: bytes, secret: str) -> str:
    """`v1,` and what HMAC-SHA256 makes of a webhook; ValueError if the secret is none."""
    if not isinstance(secret, str):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"the secret of webhooks must be a string, got {type(secret).__name__}")
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:  # the text is not shown: it is almost the secret
        raise ValueError('the secret of webhooks is "whsec_" and base64: see client.webhooks.secret()') from None
    digest = hmac.digest(key, f"{id}.{timestamp}.".encode(errors=_LENIENT) + content, "sha256")
    return f"{_OWN},{base64.b64encode(digest).decode()}"


def _bytes_of(body: bytes | str) -> bytes:
    if isinstance(body, str):
        return body.encode(errors=_LENIENT)
    if isinstance(body, (bytes, bytearray, memoryview)):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        return bytes(body)
    raise TypeError(f"the body must be the bytes or the text that came, not parsed; got {type(body).__name__}")


def _texts(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers, names in lower case; as bytes, as ASGI has them, or as pairs they will do."""
    return {_text(name).lower(): _text(value) for name, value in dict(headers).items() if value is not None}  # pyright: ignore[reportUnnecessaryComparison] -- callers may not type-check


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _is_new(seen: SeenWebhooks, id: str) -> bool:
    """Whether an id is remembered only now; a set, or a store that must be awaited, does not say so."""
    answer = seen.add(id)
    if not isinstance(answer, int):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(
            f"seen.add must give True for a new id and False for a known one, got {type(answer).__name__}; "
            "SeenInMemory() does so, and a store that must be awaited is asked after unwrap, with the webhook's id"
        )
    return bool(answer)


def _instant(id: str, timestamp: str) -> int:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        raise WebhookVerificationError(f"webhook {id} says no time: {timestamp[:40]!r}")
    return int(timestamp)


def _read(id: str, sent: int, content: bytes) -> Webhook:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.training import Training

    sent_at = datetime.fromtimestamp(sent, UTC)
    try:
        text = content.decode()
        told = json.loads(text)
        if "/trainings/" in Prediction.from_dict(told).urls.get:
            return Webhook(id, sent_at, training=Training.from_dict(told), body=text)
        return Webhook(id, sent_at, prediction=Prediction.from_dict(told), body=text)
    except (UndecodableError, ValueError, RecursionError) as error:
        raise WebhookVerificationError(f"webhook {id} is genuine, but tells of no prediction: {error}") from error
