"""A service that takes whatever it is asked to do, for requests made up from the description of the API."""

from __future__ import annotations

from replicate_typed import MockTransport

mock = MockTransport(creates_per_minute=1_000_000)
for name in ("acme/anything", "acme/destination"):
    mock.model(name, starting=0, processing=0)(lambda **input: input)
mock.training("acme/anything", starting=0, processing=0)(lambda **input: None)
mock.deployment("acme/front", model="acme/anything")
