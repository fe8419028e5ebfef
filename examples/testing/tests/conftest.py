"""The models that the postcards come from, as Python functions; every test has them fresh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest

from replicate_typed import MockTransport


@pytest.fixture
def replicate_mock(replicate_mock: MockTransport) -> MockTransport:
    @replicate_mock.model("black-forest-labs/flux-schnell", starting=1, processing=4)
    def painter(prompt: str, aspect_ratio: Literal["1:1", "3:2"] = "1:1") -> list[str]:
        name = prompt.rpartition(" ")[2].lower()
        return [f"https://pictures.example/{name}-{aspect_ratio.replace(':', 'x')}.webp"]

    @replicate_mock.model("meta/meta-llama-3-8b-instruct", processing=2)
    def writer(prompt: str, max_tokens: int = 512) -> Iterator[str]:
        for word in prompt.title().split()[:max_tokens]:
            yield f"{word} "

    return replicate_mock
