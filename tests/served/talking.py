"""A model whose output comes bit by bit."""

from __future__ import annotations

from collections.abc import Iterator

from replicate_typed import MockTransport

mock = MockTransport()


@mock.model("acme/talk", starting=0, processing=0.2)
def talk() -> Iterator[str]:
    mock.log("x")
    yield from ("Hello", " world", "!")
