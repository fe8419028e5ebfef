"""The mock service's webhooks: which are sent, what they say, how they are signed."""

from __future__ import annotations

import base64
import re
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, strategies as st

from replicate_typed.transports.mock.lifecycle import Event
from replicate_typed.transports.mock.times import SECOND
from replicate_typed.transports.mock.webhooks.webhook import (
    PAUSES,
    body_of,
    message_id,
    misfits_of_webhook,
    secret_of,
    webhooks_of,
)

ALL = ("start", "output", "logs", "completed")
Kind = Literal["start", "output", "logs", "completed"]
KINDS: list[Kind] = ["start", "output", "logs", "completed"]


def events(*told: tuple[float, Kind]) -> list[Event]:
    return [Event(round(at * SECOND), kind) for at, kind in told]


def test_the_secret_is_made_of_the_seed() -> None:
    """Each seed has its own, of 24 bytes as the service's."""
    assert secret_of(1) == secret_of(1) != secret_of(2)
    assert secret_of(1).startswith("whsec_")
    assert len(base64.b64decode(secret_of(1).removeprefix("whsec_"), validate=True)) == 24


def test_every_webhook_has_an_id_of_its_own() -> None:
    """Always the same one, though."""
    ids = {message_id(secret, run, number) for secret in ("a", "b") for run in ("x", "y") for number in range(3)}
    assert len(ids) == 12
    assert all(re.fullmatch("msg_[0-9A-Za-z]{27}", id) for id in ids)
    assert message_id("a", "x", 0) == message_id("a", "x", 0)


def test_output_and_completion_are_told_by_default() -> None:
    """As the service's documentation says."""
    told = events((1, "start"), (2, "logs"), (3, "output"), (4, "logs"), (5, "completed"))
    assert webhooks_of(told, None) == [told[2], told[4]]


@pytest.mark.parametrize("wanted", [(), ("start",), ("completed",), ("logs", "output"), ALL])
def test_only_what_is_wanted_is_told(wanted: tuple[str, ...]) -> None:
    """Of nothing, nothing."""
    told = events((1, "start"), (2, "logs"), (3, "output"), (4, "logs"), (5, "completed"))
    assert webhooks_of(told, wanted) == [event for event in told if event.kind in wanted]


def test_what_comes_too_soon_is_left_out() -> None:
    """Within half a second of the last webhook; what was left out does not count, nor what nobody wants."""
    told = events((0, "start"), (0.4, "output"), (0.5, "output"), (0.7, "logs"), (0.999999, "output"), (1, "logs"))
    told += events((1.2, "output"), (1.3, "completed"))
    assert webhooks_of(told, ALL) == [told[0], told[2], told[5], told[7]]
    assert webhooks_of(told, ("output", "completed")) == [told[1], told[4], told[7]]


@given(
    st.lists(st.tuples(st.integers(0, 5 * SECOND), st.sampled_from(KINDS)), max_size=40),
    st.none() | st.sets(st.sampled_from(KINDS)),
)
def test_start_and_completion_are_always_told_and_the_rest_not_too_often(
    times: list[tuple[int, Kind]], wanted: set[Kind] | None
) -> None:
    """Whatever happens: in order, and no later news changes what was sent before."""
    told = [Event(at, kind) for at, kind in sorted(times)]
    filter = None if wanted is None else tuple(wanted)
    sent = webhooks_of(told, filter)
    always = {"start", "completed"} & ({"output", "completed"} if wanted is None else wanted)
    assert [event for event in sent if event.kind in always] == [event for event in told if event.kind in always]
    for before, after in pairwise(sent):
        assert after.at - before.at >= SECOND // 2 or after.kind in always
    for count in range(len(told)):
        assert webhooks_of(told[:count], filter) == sent[: len(webhooks_of(told[:count], filter))]


def test_the_last_try_is_about_a_minute_after_the_end() -> None:
    """Each pause is longer than the one before."""
    assert list(PAUSES) == sorted(set(PAUSES))
    assert 55 * SECOND <= sum(PAUSES) <= 65 * SECOND


def test_only_the_last_webhook_tells_of_the_end() -> None:
    """Though a run may take no time at all, so that everything is seen at one instant."""
    seen = {
        "id": "x",
        "status": "succeeded",
        "completed_at": "2025-01-01T00:00:00Z",
        "error": None,
        "metrics": {"total_time": 0},
        "output": ["a"],
        "logs": "one\n",
    }
    running = {**seen, "status": "processing", "completed_at": None, "metrics": {}}
    assert body_of(Event(0, "completed"), seen) == seen
    assert body_of(Event(0, "output"), seen) == running
    assert body_of(Event(0, "logs"), seen) == body_of(Event(0, "start"), seen) == {**running, "output": None}
    earlier = {**running, "status": "starting"}
    assert body_of(Event(0, "start"), earlier) == earlier


@pytest.mark.parametrize(
    "address", ["", "example.com/hook", "ftp://example.com", "https://", "https:///hook", "http://[::1", "javascript:1"]
)
def test_what_is_no_address_cannot_be_a_webhook(address: str) -> None:
    """It is named as the service does."""
    row = {"type": "format", "field": "webhook", "description": "Does not match format 'uri'"}
    assert [found.as_json() for found in misfits_of_webhook({"webhook": address})] == [row]


@pytest.mark.parametrize("address", ["https://example.com/hook?job=7", "http://127.0.0.1:8000", "HTTPS://example.com"])
def test_addresses_can_be_webhooks(address: str) -> None:
    """Also without encryption, for a server nearby; and there may be none."""
    assert misfits_of_webhook({"webhook": address}) == []
    assert misfits_of_webhook({}) == []
