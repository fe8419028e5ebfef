"""The mock service's rate limits: how many requests there may be, and when there may be more."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from clocks import forbid_real_sleep
from mocking import BASE, body_of, client_of, echo_service, get, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
ECHO = "/models/acme/echo/predictions"
INPUT: dict[str, Any] = {"input": {"prompt": "x"}}


def limited_service(creates_per_minute: int) -> tuple[MockTransport, httpx.Client]:
    mock = MockTransport(creates_per_minute=creates_per_minute)
    mock.reply("acme/echo", "x")
    return mock, httpx.Client(transport=mock, base_url=BASE)


def test_six_hundred_predictions_may_be_created_in_a_minute(mock: MockTransport, client: httpx.Client) -> None:
    """In any way; the next one is refused, and told when to come again."""
    mock.deployment("acme/prod", model="acme/echo")
    ways = [
        (ECHO, INPUT),
        ("/predictions", INPUT | {"version": "acme/echo"}),
        ("/deployments/acme/prod/predictions", INPUT),
    ]
    for n in range(600):
        path, body = ways[n % 3]
        response = client.post(path, json=body)
        assert response.status_code == 201
        assert response.headers["ratelimit-remaining"] == str(599 - n)
    for path, body in ways:
        response = client.post(path, json=body)
        assert problem_of(response, 429) == {
            "detail": "Request was throttled. Your rate limit resets in ~1s.",
            "status": 429,
            "retry_after": 1,
        }
        assert response.headers["retry-after"] == response.headers["ratelimit-reset"] == "1"
        assert response.headers["ratelimit-remaining"] == "0"
    assert len(mock.predictions) == 600


def test_whoever_waits_as_told_may_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time between is filled evenly: six in a minute are one in ten seconds."""
    forbid_real_sleep(monkeypatch)
    mock, client = limited_service(6)
    for _ in range(6):
        assert client.post(ECHO, json={"input": {}}).status_code == 201
    mock.clock.sleep(2.5)
    refused = client.post(ECHO, json={"input": {}})
    assert problem_of(refused, 429)["detail"] == "Request was throttled. Your rate limit resets in ~8s."
    mock.clock.sleep(float(refused.headers["retry-after"]))
    assert client.post(ECHO, json={"input": {}}).status_code == 201
    assert client.post(ECHO, json={"input": {}}).status_code == 429
    mock.clock.sleep(10_000)
    assert [client.post(ECHO, json={"input": {}}).status_code for _ in range(7)] == [*[201] * 6, 429]


def test_reads_go_on_when_creates_are_refused() -> None:
    """Reading a prediction, and all else, have limits of their own."""
    _, client = limited_service(1)
    created = body_of(client.post(ECHO, json={"input": {}}))
    assert client.post(ECHO, json={"input": {}}).status_code == 429
    assert get(client, created)["id"] == created["id"]
    assert client.post(created["urls"]["cancel"]).headers["ratelimit-remaining"] == "2999"
    assert client.get("/models").headers["ratelimit-remaining"] == "2998"
    assert client.get("/account").headers["ratelimit-remaining"] == "2997"


def test_what_is_refused_for_another_reason_counts_too() -> None:
    """It says how many are left; a file's address and an unknown one have no limit."""
    _, client = limited_service(3)
    assert client.post(ECHO, json={}).headers["ratelimit-remaining"] == "2"
    assert client.post(ECHO, content=b"{").headers["ratelimit-remaining"] == "1"
    assert client.post("/models/acme/nope/predictions", json={"input": {}}).headers["ratelimit-remaining"] == "0"
    assert "ratelimit-remaining" not in client.get("/nope").headers
    assert "ratelimit-remaining" not in client.get("/files").headers


@pytest.mark.parametrize("number", [0, -1])
def test_a_limit_allows_something(number: int) -> None:
    """Else nothing could be tried out."""
    with pytest.raises(ValueError, match=f"at least one prediction can be created in a minute, not {number}"):
        MockTransport(creates_per_minute=number)
