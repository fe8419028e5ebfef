"""A service in memory with something of everything."""

from __future__ import annotations

from pathlib import Path

from replicate_typed import MockTransport


def whole_service(page_size: int | None = None) -> MockTransport:
    """For a fixture: a model that can be trained, a deployment, a collection and an example."""
    mock = MockTransport(page_size=page_size)

    @mock.model("acme/echo", starting=2, processing=8, description="Says it again")
    def echo(prompt: str, file: Path | None = None, fail: bool = False) -> list[str]:
        mock.log(prompt)
        if fail:
            raise ValueError(prompt)
        return [prompt]

    @mock.training("acme/echo", starting=1, processing=60)
    def train(steps: int) -> str:
        return f"https://weights/{10 // steps}"

    mock.deployment("acme/prod", model="acme/echo")
    mock.collection("speech", models=["acme/echo"])
    mock.example("acme/echo", {"prompt": "hi"})
    return mock
