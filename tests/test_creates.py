"""What a create may be asked with."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from replicate_typed import creates
from replicate_typed.models import WebhookEvent


def test_the_events_that_checkers_accept_are_those_of_the_service() -> None:
    """The words in the type are the values of the enum, which is made from the spec."""
    words = re.findall(r"'(\w+)'", str(creates.WebhookEvents))
    assert words == [event.value for event in WebhookEvent]


@pytest.mark.parametrize("webhook", [
    "https://app.example", "https://app.example/replicate?job=7&again=http://x", "HTTPS://APP.EXAMPLE:8443/@me/hook",
    "https://10.0.0.1/hook", "https://[2001:db8::1]/hook", "https://bücher.example/hook", "http://localhost:8000/hook",
    "http://127.0.0.1:8000", "http://127.1.2.3/", "http://[::1]:8000/hook", "http://app.localhost/hook",
])  # fmt: skip
def test_an_address_that_can_be_called_is_sent_as_it_is(webhook: str) -> None:
    """One without encryption only if it is on the machine of whoever calls it: a Cog server or a service in memory."""
    assert creates.checked_webhook(webhook) == webhook


@pytest.mark.parametrize(("webhook", "kind", "message"), [
    ("", ValueError, "must be an https address with a host"),
    ("app.example/replicate", ValueError, "got 'app.example/replicate'"),
    ("/replicate", ValueError, "got '/replicate'"),
    ("//app.example/replicate", ValueError, "must be an https address"),
    ("https://", ValueError, "with a host"),
    ("https:///replicate", ValueError, "with a host"),
    ("https://?job=7", ValueError, "with a host"),
    ("https://app..example", ValueError, "with a host"),
    ("https:app.example", ValueError, "with a host"),
    ("https://app.example:0/", ValueError, "must be an https address"),
    ("https://app.example:http/", ValueError, "must be an https address"),
    ("https://[::1/", ValueError, "must be an https address"),
    ("ftp://app.example/", ValueError, "must be an https address"),
    ("http://app.example/replicate", ValueError, "must be an https address"),
    ("http://10.0.0.1/replicate", ValueError, "must be an https address"),
    ("http://localhost.example/", ValueError, "must be an https address"),
    ("http://127.0.0.1.example/", ValueError, "must be an https address"),
    ("https://app.example/#done", ValueError, "no user, password or fragment"),
    ("https://me@app.example/", ValueError, "no user, password or fragment"),
    ("https://app.example/a b", ValueError, "characters that must be escaped"),
    ("https://app.example/\nhook", ValueError, "characters that must be escaped"),
    (" https://app.example/", ValueError, "characters that must be escaped"),
    (b"https://app.example/", TypeError, "webhook must be a string, got bytes"),
    (httpx.URL("https://app.example/"), TypeError, "webhook must be a string, got URL"),
    (True, TypeError, "webhook must be a string, got bool"),
])  # fmt: skip
def test_any_other_address_is_refused(webhook: Any, kind: type[Exception], message: str) -> None:
    """The service would take some of them, and nothing would ever arrive."""
    with pytest.raises(kind, match=re.escape(message)) as caught:
        creates.checked_webhook(webhook)
    assert type(caught.value) is kind


@pytest.mark.parametrize("webhook", [
    "https://me:s3cret@app.example/", "https://me:s3/cret@app.example/", "http://app.example/?key=s3cret",
    "ftp://me:s3cret@x", "https://app.example/ ?key=s3cret", "https://me:s3cret@app.example:x/",
])  # fmt: skip
def test_what_may_be_secret_in_a_refused_address_is_not_shown(webhook: str) -> None:
    """A password, and the query."""
    with pytest.raises(ValueError, match="webhook") as caught:
        creates.checked_webhook(webhook)
    assert "cret" not in str(caught.value)
    assert caught.value.__cause__ is None
