"""Requests that schemathesis makes up from openapi.yaml, against `replicate-typed serve`."""

from __future__ import annotations

import base64
import hmac
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from generating import the_spec
from serving import PATIENCE, Served, environment_with, serving

from replicate_typed.transports.mock import MockTransport

ANYTHING = Path(__file__).parents[1] / "served" / "anything.py"
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
]
# A form has no types: what is no string becomes one.
FORM = '[[operations]]\ninclude-operation-id = "files.create"\nchecks.negative_data_rejection.enabled = false\n'


@dataclass(frozen=True)
class Asked:
    """What came of a run of schemathesis."""

    status: int
    printed: str
    answers: Mapping[str | None, set[int]]
    """The statuses that each operation answered with."""


def ask(served: Served, settings: str, folder: Path, *, phases: str, examples: int) -> Asked:
    """Have requests made up, the same ones each time: so many at random for each operation, and others by the book."""
    (folder / "schemathesis.toml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml", "run"]
    command += [f"{served.url}/openapi.json", "--phases", phases, "--checks", ",".join(CHECKS)]
    command += ["--generation-deterministic", "--max-examples", str(examples), "--no-shrink", "--no-color"]
    command += ["--suppress-health-check", "all", "--continue-on-failure", "--warnings", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment_with())
    httpx.get(served.url, trust_env=False)
    answers: dict[str | None, set[int]] = {}
    while (event := served.event())["path"] != "/":  # until that request
        answers.setdefault(event["operation"], set()).add(event["status"])
    return Asked(done.returncode, done.stdout + done.stderr, answers)


def body_of(response: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = response.raise_for_status().json()
    return body


def names_in(client: httpx.Client) -> str:
    """Settings that let the requests be about what there is; each deletion has something of its own to delete."""

    def upload() -> str:
        id: str = body_of(client.post("/files", files={"content": ("a.txt", b"hello", "text/plain")}))["id"]
        return id

    def version_of(model: str) -> str:
        id: str = body_of(client.get(f"/models/{model}"))["latest_version"]["id"]
        return id

    version, file, expiry = version_of("acme/anything"), upload(), int(time.time()) + 3600
    training: dict[str, Any] = {"input": {}, "destination": "acme/destination"}
    made = {"owner": "acme", "name": "empty", "visibility": "private", "hardware": "cpu"}
    body_of(client.post("/models", json=made))
    paths = {
        "collection_slug": "small-models",
        "deployment_owner": "acme",
        "deployment_name": "front",
        "model_owner": "acme",
        "model_name": "anything",
        "version_id": version,
        "file_id": file,
        "prediction_id": body_of(client.post("/models/acme/anything/predictions", json={"input": {}}))["id"],
        "training_id": body_of(client.post(f"/models/acme/anything/versions/{version}/trainings", json=training))["id"],
    }
    digest = hmac.digest(MockTransport().file_signing_secret.encode(), f"acme {file} {expiry}".encode(), "sha256")
    own: dict[str, dict[str, Any]] = {
        "models.delete": {"path.model_name": "empty"},
        "models.versions.delete": {"path.model_name": "private", "path.version_id": version_of("acme/private")},
        "deployments.delete": {"path.deployment_name": "idle"},
        "files.delete": {"path.file_id": upload()},
        "files.download": {
            "query.owner": "acme",
            "query.expiry": expiry,
            "query.signature": base64.b64encode(digest).decode(),
        },
    }
    lines = ["[parameters]", *(f'"path.{name}" = {json.dumps(value)}' for name, value in paths.items()), FORM]
    for operation, values in own.items():
        lines += ["[[operations]]", f"include-operation-id = {json.dumps(operation)}", "[operations.parameters]"]
        lines += [f'"{name}" = {json.dumps(value)}' for name, value in values.items()]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def served() -> Generator[Served]:
    with serving(ANYTHING) as served:
        yield served


@pytest.fixture(scope="module")
def client(served: Served) -> Generator[httpx.Client]:
    with httpx.Client(base_url=f"{served.url}/v1", timeout=PATIENCE, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def asked(served: Served, client: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Requests about what there is."""
    return ask(
        served, names_in(client), tmp_path_factory.mktemp("schemathesis"), phases="coverage,fuzzing", examples=15
    )


def test_every_answer_is_as_described(asked: Asked) -> None:
    """No error of the server, no other status, type or body; and what does not fit is refused."""
    assert asked.status == 0, asked.printed


def test_every_operation_was_asked_for_and_succeeded(asked: Asked) -> None:
    """So the answers were not all refusals."""
    operations = {operation["operationId"] for path in the_spec()["paths"].values() for operation in path.values()}
    succeeded = {operation for operation, statuses in asked.answers.items() if any(status < 300 for status in statuses)}
    assert operations - succeeded == set()


def test_requests_about_what_there_is_not_are_answered_as_described(
    asked: Asked, served: Served, tmp_path: Path
) -> None:
    """Whatever the names in their paths are."""
    found = ask(served, FORM, tmp_path, phases="fuzzing", examples=10)
    assert found.status == 0, found.printed
    assert 404 in found.answers["models.get"]


@pytest.mark.parametrize("text", ["", "anything", '"anything"', "zebra", "é\n\t%$", "x" * 100_000])
def test_a_search_answers_a_page_of_models_whatever_is_sought(text: str, client: httpx.Client) -> None:
    """`QUERY /models`, which OpenAPI 3.1 cannot describe."""
    response = client.request("QUERY", "/models", content=text.encode(), headers={"content-type": "text/plain"})
    page, components = body_of(response), the_spec()["components"]
    validator: Any = importlib.import_module("jsonschema").Draft202012Validator  # it has no type hints
    validator({"$ref": "#/components/schemas/ModelPage", "components": components}).validate(page)
    names = [model["name"] for model in page["results"]]
    assert names == (["anything"] if "anything" in text else []) or not text
