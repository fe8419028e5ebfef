"""What a create may be asked with."""

from __future__ import annotations

import re

from replicate_typed import creates
from replicate_typed.models import WebhookEvent


def test_the_events_that_checkers_accept_are_those_of_the_service() -> None:
    """The words in the type are the values of the enum, which is made from the spec."""
    words = re.findall(r"'(\w+)'", str(creates.WebhookEvents))
    assert words == [event.value for event in WebhookEvent]
