"""The mock service's refusals: problem documents, worded as the service words them."""

from __future__ import annotations

import json

import httpx
import pytest
from mocking import client_of, echo_service, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ({}, [("required", "", "version is required"), ("required", "", "input is required")]),
        ({"version": "acme/echo"}, [("required", "", "input is required")]),
        (
            {"version": "acme/echo", "input": [1]},
            [("invalid_type", "input", "Invalid type. Expected: object, given: array")],
        ),
        (
            {"version": 7, "input": {}},
            [("invalid_type", "version", "Invalid type. Expected: string, given: integer")],
        ),
        (
            {"version": "acme/echo", "input": {}, "model": "acme/echo"},
            [("additional_property_not_allowed", "", "Additional property model is not allowed")],
        ),
        (None, [("invalid_type", "", "Invalid type. Expected: object, given: null")]),
        ({"version": "acme/echo", "input": {}}, [("required", "input", "prompt is required")]),
        (
            {"version": "acme/echo", "input": {"prompt": "x", "color": "red"}},
            [("additional_property_not_allowed", "input", "Additional property color is not allowed")],
        ),
    ],
)
def test_a_body_that_does_not_fit_is_refused_field_by_field(
    mock: MockTransport, client: httpx.Client, body: object, rows: list[tuple[str, str, str]]
) -> None:
    """In the service's form: rows for programs, one line each for people."""
    response = client.post("/predictions", content=json.dumps(body))
    problem = problem_of(response, 422)
    assert problem["title"] == "Input validation failed"
    assert [tuple(row.values()) for row in problem["invalid_fields"]] == rows
    assert problem["detail"] == "".join(f"- {where}: {text}\n" if where else f"- {text}\n" for _, where, text in rows)
    assert mock.predictions == []


def test_a_body_that_is_not_json_is_a_bad_request(client: httpx.Client) -> None:
    """Also an empty one."""
    for content in (b"{", b"", b"\xff"):
        problem = problem_of(client.post("/predictions", content=content), 400)
        assert problem["detail"].startswith("The request body is not JSON")


def test_half_a_character_becomes_a_question_mark(mock: MockTransport, client: httpx.Client) -> None:
    """JSON can write what no text has; pairs of halves are characters."""
    for body in (
        b'{"input": {"prompt": "\\ud83d\\ude00 \\ud83d \\ude00"}, "webhook": "https://x/\\ud800"}',
        b'{"input": {"prompt": "\\uD83D\\uDE00 \\uD83D \\uDE00"}, "webhook": "https://x/\\uD800"}',
    ):
        response = client.post("/models/acme/echo/predictions", content=body)
        assert response.json()["input"] == {"prompt": "\U0001f600 ? ?"}


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"version": "acme/echo", "input": {"prompt": NaN}}', b'{"version": "x", "input": {"a": 1e999}}'],
)
def test_a_body_that_is_not_quite_json_is_a_bad_request(client: httpx.Client, body: bytes) -> None:
    """What Python would read, or die of."""
    for headers in ({}, {"content-type": "application/json"}):
        detail = problem_of(client.post("/predictions", content=body, headers=headers), 400)["detail"]
        assert detail.startswith("The request body is not JSON: ")


@pytest.mark.parametrize(
    ("method", "path", "suggestion"),
    [
        ("GET", "/nope", ""),
        ("GET", "/predicions", "; did you mean /predictions?"),
        ("GET", "/models/acme", "; did you mean /models"),
    ],
)
def test_a_path_that_the_mock_does_not_know_is_named(
    client: httpx.Client, method: str, path: str, suggestion: str
) -> None:
    """With those that are close to it."""
    problem = problem_of(client.request(method, path), 404)
    assert problem["detail"].startswith(f"the mock service does not know {method} {path}{suggestion}")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/predictions/x/cancel", "POST"),
        ("DELETE", "/predictions/x", "GET"),
        ("POST", "/hardware", "GET"),
        ("PUT", "/models", "GET, POST, QUERY"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_named(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    """With those that it has."""
    response = client.request(method, path)
    detail = f"the mock service does not know {method} {path}; there is {allowed}"
    assert problem_of(response, 405)["detail"] == detail
    assert response.headers["allow"] == allowed


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("GET", "/predictions/nope", "The prediction nope"),
        ("POST", "/predictions/nope/cancel", "The prediction nope"),
        ("GET", "/models/acme/nope", "The model acme/nope"),
        ("GET", "/models/acme/nope/versions", "The model acme/nope"),
        ("GET", "/models/acme/echo/versions/nope", "The version nope of acme/echo"),
        ("POST", "/models/acme/nope/predictions", "The model acme/nope"),
        ("GET", "/deployments/acme/nope", "The deployment acme/nope"),
        ("POST", "/deployments/acme/nope/predictions", "The deployment acme/nope"),
        ("GET", "/models/acme/a%2Fb", "The model acme/a/b"),
    ],
)
def test_what_does_not_exist_is_named(client: httpx.Client, method: str, path: str, what: str) -> None:
    """404, as a problem document."""
    problem = problem_of(client.request(method, path, json={"input": {}}), 404)
    assert problem["detail"].startswith(f"{what} does not exist")
