"""A service that does whatever it is asked to, for requests made up from the description of the API."""

from __future__ import annotations

from typing import Any

from replicate_typed import MockTransport

mock = MockTransport(creates_per_minute=1_000_000)


def give_back(**input: Any) -> Any:
    return input


def make_nothing(**_: Any) -> None:
    """A training without weights."""


for name in ("acme/anything", "acme/destination"):
    mock.model(name, starting=0, processing=0)(give_back)
mock.model("acme/private", visibility="private")(give_back)
mock.training("acme/anything", starting=0, processing=0)(make_nothing)
mock.deployment("acme/front", model="acme/anything")
mock.deployment("acme/idle", model="acme/anything")
mock.collection("small-models", models=["acme/anything"])
