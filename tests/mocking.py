"""A mock service for tests, and what they ask it through plain httpx."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from clocks import forbid_real_sleep

from replicate_typed.transports.mock import MockTransport

BASE = "https://api.replicate.com/v1"


def echo_service(monkeypatch: pytest.MonkeyPatch) -> MockTransport:
    """For a fixture: a service with one model that takes ten seconds, where sleeping for real is an error."""
    forbid_real_sleep(monkeypatch)
    mock = MockTransport()

    @mock.model("acme/echo", starting=2, processing=8, description="Says it again")
    def echo(prompt: str, times: int = 1) -> list[str]:
        for line in ("one", "two", "three"):
            mock.log(f"{line} {prompt}")
        return [prompt] * times

    return mock


def seeded_service(monkeypatch: pytest.MonkeyPatch) -> MockTransport:
    """For a fixture: the preset, where sleeping for real is an error."""
    forbid_real_sleep(monkeypatch)
    return MockTransport.seed()


def client_of(mock: MockTransport) -> httpx.Client:
    """For a fixture: a client of the fixture `mock`."""
    return httpx.Client(transport=mock, base_url=BASE)


def create(client: httpx.Client, model: str = "acme/echo", **input: Any) -> dict[str, Any]:
    response = client.post(f"/models/{model}/predictions", json={"input": input})
    assert response.status_code == 201, response.text
    return body_of(response)


def body_of(response: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    return body


def get(client: httpx.Client, prediction: dict[str, Any]) -> dict[str, Any]:
    return body_of(client.get(prediction["urls"]["get"]).raise_for_status())


def problem_of(response: httpx.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.content.endswith(b"\n")
    problem = body_of(response)
    assert problem["status"] == status
    return problem
