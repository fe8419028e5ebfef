"""The two forms that the mock service shows predictions in, and what is left of them after an hour."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, get

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
EDGE = (
    *("id", "model", "version", "input", "logs", "output", "data_removed", "error", "status"),
    *("created_at", "started_at", "completed_at", "metrics", "deadline", "deployment", "urls"),
)
DATABASE = (
    *("completed_at", "created_at", "data_removed", "error", "id", "input", "logs", "metrics", "output", "source"),
    *("started_at", "status", "urls", "model", "version", "webhook_completed", "deadline", "deployment"),
)


def listed(client: httpx.Client, prediction: dict[str, Any]) -> dict[str, Any]:
    """As the database has it."""
    found = body_of(client.get("/predictions"))["results"]
    return next(each for each in found if each["id"] == prediction["id"])


def test_reads_leave_out_what_is_not_known(mock: MockTransport, client: httpx.Client) -> None:
    """And keep the order of their members."""
    created = create(client, prompt="x")
    unknown = {"output", "started_at", "completed_at", "metrics", "deadline", "deployment"}
    assert tuple(created) == tuple(name for name in EDGE if name not in unknown)
    assert (created["logs"], created["error"]) == ("", None)
    mock.clock.sleep(3)
    processing = get(client, created)
    assert tuple(processing) == tuple(name for name in EDGE if name not in unknown - {"started_at"})
    mock.clock.sleep(7)
    assert tuple(get(client, created)) == tuple(name for name in EDGE if name not in {"deadline", "deployment"})


def test_lists_have_null_for_what_is_not_known(mock: MockTransport, client: httpx.Client) -> None:
    """Logs, too; all members but two are always there."""
    created = create(client, prompt="x")
    always = DATABASE[:-2]
    starting = listed(client, created)
    assert tuple(starting) == always
    assert {name for name in always if starting[name] is None} == {
        *("completed_at", "error", "logs", "output", "started_at", "webhook_completed")
    }
    assert (starting["metrics"], starting["source"], starting["data_removed"]) == ({}, "api", False)
    mock.clock.sleep(10)
    succeeded = listed(client, created)
    assert tuple(succeeded) == always
    assert {name for name in always if succeeded[name] is None} == {"error", "webhook_completed"}
    shared = set(EDGE) & set(always) - {"created_at", "started_at", "completed_at"}
    assert {name: succeeded[name] for name in shared} == {name: get(client, created)[name] for name in shared}


def test_deadlines_and_deployments_are_told_by_both(mock: MockTransport, client: httpx.Client) -> None:
    """If there are any."""
    mock.deployment("acme/prod", model="acme/echo")
    response = client.post(
        "/deployments/acme/prod/predictions", json={"input": {"prompt": "x"}}, headers={"cancel-after": "1m"}
    )
    mock.clock.sleep(10)
    assert tuple(get(client, body_of(response))) == EDGE
    assert tuple(listed(client, body_of(response))) == DATABASE


@pytest.mark.parametrize(
    ("after", "edge", "database"),
    [
        (0, "00:00:00Z", "00:00:00Z"),
        (0.5, "00:00:00.5Z", "00:00:00.500000Z"),
        (0.12345, "00:00:00.12345Z", "00:00:00.123450Z"),
        (59.999999, "00:00:59.999999Z", "00:00:59.999999Z"),
        (3600, "01:00:00Z", "01:00:00Z"),
    ],
)
def test_their_times_differ(mock: MockTransport, client: httpx.Client, after: float, edge: str, database: str) -> None:
    """One cuts zeros off, the other writes six digits, or none."""
    mock.clock.sleep(after)
    created = create(client, prompt="x")
    assert created["created_at"] == f"2025-01-01T{edge}"
    assert listed(client, created)["created_at"] == f"2025-01-01T{database}"
    canceled = body_of(client.post(created["urls"]["cancel"]))
    assert canceled["completed_at"] == f"2025-01-01T{database}"
    assert get(client, created)["completed_at"] == f"2025-01-01T{edge}"


def test_what_never_ran_began_just_before_its_end(mock: MockTransport, client: httpx.Client) -> None:
    """Three microseconds, as recorded; never before its creation."""
    created = create(client, prompt="x")
    at_once = body_of(client.post(created["urls"]["cancel"]))
    assert at_once["started_at"] == at_once["completed_at"] == at_once["created_at"]
    created = create(client, prompt="x")
    mock.clock.sleep(1)
    canceled = body_of(client.post(created["urls"]["cancel"]))
    assert canceled["started_at"] == "2025-01-01T00:00:00.999997Z"
    assert canceled["metrics"] == {"predict_time": 0.000003, "total_time": 1.0}


def test_the_data_are_gone_an_hour_after_the_end(mock: MockTransport, client: httpx.Client) -> None:
    """Input, output and logs; both forms say so, and are one from then on."""
    created = create(client, prompt="x")
    mock.clock.sleep(10 + 3599.999999)
    kept = get(client, created)
    assert (kept["data_removed"], kept["output"], kept["input"]) == (False, ["x"], {"prompt": "x"})
    mock.clock.sleep(0.000001)
    removed = get(client, created)
    assert removed == listed(client, created) == body_of(client.post(created["urls"]["cancel"]))
    assert (removed["data_removed"], removed["status"]) == (True, "succeeded")
    assert (removed["output"], removed["input"], removed["logs"]) == (None, {}, None)
    assert removed["completed_at"] == kept["completed_at"]
    assert removed["metrics"] == kept["metrics"]
    assert mock.predictions == [removed]


def test_why_it_failed_is_kept(mock: MockTransport, client: httpx.Client) -> None:
    """The traceback in the logs is not."""
    mock.model("acme/divider")(lambda: 1 // 0)
    created = create(client, "acme/divider")
    mock.clock.sleep(4000)
    failed = get(client, created)
    assert (failed["status"], failed["error"]) == ("failed", "integer division or modulo by zero")
    assert (failed["logs"], failed["data_removed"]) == (None, True)


def test_what_has_not_ended_keeps_its_data(mock: MockTransport, client: httpx.Client) -> None:
    """However long it takes."""

    @mock.model("acme/slow", processing=10_000)
    def slow(prompt: str) -> str:
        return prompt

    created = create(client, "acme/slow", prompt="x")
    mock.clock.sleep(9_999)
    assert get(client, created)["input"] == {"prompt": "x"}
    mock.clock.sleep(3_600)
    assert get(client, created)["output"] == "x"


def test_addresses_are_those_of_the_request_it_was_created_by(mock: MockTransport, client: httpx.Client) -> None:
    """In both forms, whoever reads it."""
    other = httpx.Client(transport=mock, base_url="http://localhost:8080/v1")
    created = create(client, prompt="x")
    assert get(other, created)["urls"] == listed(other, created)["urls"] == created["urls"]
    assert created["urls"]["get"] == f"{BASE}/predictions/{created['id']}"
