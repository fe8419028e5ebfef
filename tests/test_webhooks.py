"""Webhooks as they arrive: only the service's own are told of, and only while they are fresh."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st
from predictions import mock_service

from replicate_typed import (
    Client,
    DuplicateWebhookError,
    MockTransport,
    SeenInMemory,
    WebhookVerificationError,
    webhooks,
)

# The vector of https://www.standardwebhooks.com that other libraries test with, too.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
VECTOR = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
VECTOR_BODY = '{"test": 2432232314}'

NOW = 1_750_000_000.0
PREDICTION: dict[str, Any] = {
    "id": "p1",
    "version": "hidden",
    "input": {},
    "output": "é",
    "status": "succeeded",
    "created_at": "2025-06-15T15:00:00Z",
    "urls": {"get": "https://api.replicate.com/v1/predictions/p1", "cancel": "https://x"},
}
BODY = json.dumps(PREDICTION, ensure_ascii=False)


def signed(body: str = BODY, **changes: str) -> dict[str, str]:
    return webhooks.sign(body, secret=SECRET, id="msg_1", now=NOW) | changes


def unwrapped(body: bytes | str = BODY, headers: Any = None, **options: Any) -> webhooks.Webhook:
    given: dict[str, Any] = {"secret": SECRET, "now": NOW} | options
    return webhooks.unwrap(body, signed() if headers is None else headers, **given)


def test_the_published_vector_is_genuine() -> None:
    """It is not a prediction, but that is another question: the signature is right, and none other is."""
    parts = (VECTOR["webhook-id"], VECTOR["webhook-timestamp"], VECTOR_BODY.encode())
    assert webhooks.signature_of(*parts, SECRET) == VECTOR["webhook-signature"]
    headers = webhooks.sign(VECTOR_BODY, secret=SECRET, id=VECTOR["webhook-id"], now=1614265330.9)
    assert headers == {"content-type": "application/json", **VECTOR}
    with pytest.raises(WebhookVerificationError, match="is genuine, but tells of no prediction"):
        webhooks.unwrap(VECTOR_BODY, VECTOR, secret=SECRET, now=1614265330)


@pytest.mark.parametrize("body", [BODY, BODY.encode(), bytearray(BODY.encode())])
def test_a_genuine_webhook_tells_of_its_prediction(body: Any) -> None:
    """Given as bytes, as frameworks hand it over, or as text; a genuine one is true, not None (V9, V10, V28)."""
    webhook = unwrapped(body)
    assert bool(webhook) is True
    assert webhook.prediction is not None
    assert (webhook.prediction.id, webhook.prediction.output, webhook.training) == ("p1", "é", None)
    assert (webhook.id, webhook.sent_at, webhook.body) == ("msg_1", datetime.fromtimestamp(NOW, UTC), BODY)


def test_headers_are_found_whatever_their_case() -> None:
    """As frameworks spell them."""
    assert unwrapped(headers={name.title(): value for name, value in signed().items()}).id == "msg_1"
    assert unwrapped(headers=httpx.Headers(signed())).id == "msg_1"


def test_headers_may_be_bytes() -> None:
    """In a dict, or in pairs as in the scope of ASGI; one that is not there may be None."""
    raw = [(name.encode(), value.encode()) for name, value in signed().items()]
    assert unwrapped(headers=dict(raw)).id == "msg_1"
    assert unwrapped(headers=raw).id == "msg_1"
    with pytest.raises(WebhookVerificationError, match="no webhook-id"):
        unwrapped(headers={**signed(), "webhook-id": None})


@pytest.mark.parametrize("name", ["webhook-id", "webhook-signature"])
def test_headers_that_are_no_text_are_a_forgery(name: str) -> None:
    """Some frameworks hand over bytes that are no UTF-8 as lone surrogates: no other error may come of them."""
    with pytest.raises(WebhookVerificationError, match="not signed with this secret"):
        unwrapped(headers=signed(**{name: "v1,\udcff"}))
    with pytest.raises(WebhookVerificationError, match="not signed with this secret"):
        unwrapped("\ud800")


@pytest.mark.parametrize("body", [PREDICTION, None, [BODY], 5])
def test_a_body_that_was_parsed_is_a_mistake_of_the_receiver(body: Any) -> None:
    """What is written anew is not what was signed."""
    with pytest.raises(TypeError, match="the body must be the bytes or the text that came, not parsed"):
        unwrapped(body)
    with pytest.raises(TypeError, match="the body must be the bytes or the text that came, not parsed"):
        webhooks.sign(body, secret=SECRET)


def test_one_of_several_signatures_is_enough() -> None:
    """While a secret changes there are two; versions not known here are passed over, whatever they hold."""
    good = signed()["webhook-signature"]
    for others in ("v1,AAAA {} v2,é", "v1a,{} {}", "{} v1,=", "nonsense {}"):
        headers = signed(**{"webhook-signature": others.replace("{}", good)})
        assert unwrapped(headers=headers).id == "msg_1"


@given(st.integers(0, len(BODY.encode()) - 1), st.integers(1, 255))
def test_a_body_that_was_changed_is_refused(place: int, change: int) -> None:
    """By a single bit, anywhere."""
    body = bytearray(BODY.encode())
    body[place] ^= change
    with pytest.raises(WebhookVerificationError, match="not signed with this secret"):
        unwrapped(bytes(body))


@pytest.mark.parametrize(
    "headers",
    [
        signed(**{"webhook-id": "msg_2"}),
        signed(**{"webhook-timestamp": str(int(NOW) + 1)}),
        signed(**{"webhook-signature": "v1,"}),
        signed(**{"webhook-signature": signed()["webhook-signature"][:-2] + "A="}),
        signed(**{"webhook-signature": "v2," + signed()["webhook-signature"].removeprefix("v1,")}),
        webhooks.sign(BODY, secret="whsec_AAAA", id="msg_1", now=NOW),
    ],
)
def test_a_signature_that_does_not_fit_is_refused(headers: dict[str, str]) -> None:
    """Of another id, time, version or secret."""
    with pytest.raises(WebhookVerificationError, match="not signed with this secret"):
        unwrapped(headers=headers)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_request_without_its_headers_is_refused(name: str) -> None:
    """And the missing one is named."""
    without = {other: value for other, value in signed().items() if other != name}
    for headers in (without, signed(**{name: ""})):
        with pytest.raises(WebhookVerificationError, match=f"no {name}: the service did not send it"):
            unwrapped(headers=headers)


@pytest.mark.parametrize(
    ("age", "tolerance", "is_taken"),
    [(0, 300, True), (300, 300, True), (301, 300, False), (-300, 300, True), (-301, 300, False), (1e7, None, True)],
)
def test_an_old_webhook_is_refused(age: float, tolerance: float | None, is_taken: bool) -> None:
    """Unless any age will do; somebody may have kept it, and sent it again."""
    if is_taken:
        assert unwrapped(now=NOW + age, tolerance=tolerance).id == "msg_1"
    else:
        with pytest.raises(WebhookVerificationError, match=r"301 s (ago|in the future), and 300 s are tolerated"):
            unwrapped(now=NOW + age, tolerance=tolerance)


def test_an_old_webhook_is_refused_by_default() -> None:
    """By the system's time: five minutes is what one usually tolerates (V9, V26)."""
    with pytest.raises(WebhookVerificationError, match="300 s are tolerated"):
        webhooks.unwrap(BODY, signed(), secret=SECRET)
    fresh = webhooks.sign(BODY, secret=SECRET)
    assert webhooks.unwrap(BODY, fresh, secret=SECRET).prediction is not None


@pytest.mark.parametrize("tolerance", [-1, float("nan")])
def test_a_tolerance_that_is_none_is_refused(tolerance: float) -> None:
    """Nothing is older than NaN."""
    with pytest.raises(ValueError, match="tolerance must be 0 seconds or more"):
        unwrapped(tolerance=tolerance)


@pytest.mark.parametrize("timestamp", ["now", "-5", "1" * 40, "١٢٣"])
def test_a_time_that_is_none_is_refused(timestamp: str) -> None:
    """Also if it is signed."""
    signature = webhooks.signature_of("msg_1", timestamp, BODY.encode(), SECRET)
    with pytest.raises(WebhookVerificationError, match="says no time"):
        unwrapped(headers=signed(**{"webhook-timestamp": timestamp, "webhook-signature": signature}))


def test_a_webhook_that_comes_twice_is_told_of_once() -> None:
    """By its id; what is forged or stale is not remembered, so that nobody can use up the ids of others."""
    seen = SeenInMemory()
    with pytest.raises(WebhookVerificationError, match="not signed"):
        unwrapped(BODY + " ", seen=seen)
    with pytest.raises(WebhookVerificationError, match="1000 s ago"):
        unwrapped(seen=seen, now=NOW + 1000)
    with pytest.raises(WebhookVerificationError, match="tells of no prediction"):
        unwrapped("{}", webhooks.sign("{}", secret=SECRET, id="msg_1", now=NOW), seen=seen)
    assert unwrapped(seen=seen).id == "msg_1"
    with pytest.raises(DuplicateWebhookError, match="msg_1 has been seen before"):
        unwrapped(seen=seen)


def test_the_newest_ids_are_remembered() -> None:
    """So that memory does not grow for ever."""
    seen = SeenInMemory(most=2)
    assert [seen.add(id) for id in ("a", "b", "a", "c", "b", "a")] == [True, True, False, True, False, True]


class AwaitedStore:
    """A store of the other colour."""

    def add(self, id: str) -> object:
        return iter([])  # stands for a coroutine, about which Python would complain itself


@pytest.mark.parametrize(("store", "kind"), [(set[str](), "NoneType"), (AwaitedStore(), "list_iterator")])
def test_a_store_that_does_not_say_what_is_new_is_refused(store: Any, kind: str) -> None:
    """A set says None, so every webhook would look like a duplicate; a coroutine is true, so none would."""
    with pytest.raises(TypeError, match=f"seen.add must give True for a new id and False .* got {kind}"):
        unwrapped(seen=store)


@pytest.mark.parametrize("secret", [None, b"whsec_AAAA", 5])
def test_a_secret_is_a_string(secret: Any) -> None:
    """What `os.environ.get` gives when the variable is not set is named; what may be a secret is not."""
    with pytest.raises(TypeError, match=f"the secret of webhooks must be a string, got {type(secret).__name__}$"):
        unwrapped(secret=secret)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_é", "whsec_not base64", "whsec_AAAA AAAA", "hunter2"])
def test_a_secret_that_is_none_is_a_mistake_of_the_receiver(secret: str) -> None:
    """Not of the request; and it is not shown."""
    with pytest.raises(ValueError, match=r"client\.webhooks\.secret\(\)") as caught:
        unwrapped(secret=secret)
    assert "hunter2" not in str(caught.value)
    assert not isinstance(caught.value, WebhookVerificationError)


@pytest.mark.parametrize("body", ["", "[]", '{"id": 5}', "\ud800".encode(errors="surrogatepass"), "[" * 100_000])
def test_a_genuine_body_that_tells_of_nothing_is_refused(body: Any) -> None:
    """Rather than raise what nobody expects."""
    with pytest.raises(WebhookVerificationError, match="tells of no prediction"):
        unwrapped(body, webhooks.sign(body, secret=SECRET, now=NOW))


def test_the_mocks_webhooks_are_read_as_the_services() -> None:
    """Of predictions and of trainings; however much virtual time has passed, they are fresh."""
    mock: MockTransport = mock_service()
    client = Client(transport=mock)
    secret = client.webhooks.secret()
    got: list[webhooks.Webhook] = []

    def receive(request: httpx.Request) -> None:
        got.append(client.webhooks.unwrap(request.content, request.headers, secret=secret))

    mock.training("acme/echo", processing=1800)(lambda: "https://weights.example/w.tar")
    mock.deliver_webhooks(receive)
    hook: dict[str, Any] = {"webhook": "https://app.example/hook", "webhook_events_filter": ["completed"]}
    run = client.submit("acme/echo", {"text": "a"}, **hook)
    version = run.prediction.version
    training = client.trainings.create(f"acme/echo:{version}", destination="acme/echo", input={}, **hook)
    mock.clock.sleep(3600)
    assert [webhook.prediction and webhook.prediction.id for webhook in got] == [run.id, None]
    assert got[0].prediction is not None
    assert got[1].training is not None
    assert got[0].prediction.output == "a"
    assert (got[1].training.id, got[1].training.status) == (training.id, "succeeded")


def test_a_test_can_sign_for_the_receiver() -> None:
    """With the client, too."""
    client = Client(transport=MockTransport())
    headers = client.webhooks.sign(BODY, secret=SECRET, id="msg_9", now=NOW)
    assert client.webhooks.unwrap(BODY, headers, secret=SECRET, now=NOW).id == "msg_9"
