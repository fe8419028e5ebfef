"""Every operation of the mock service, against the description of the API: what it answers, and how it refuses."""

from __future__ import annotations

import importlib
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from clocks import forbid_real_sleep
from mocking import BASE, body_of
from whole_service import whole_service

from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.files.uploads import signature_of
from replicate_typed.transports.mock.handlers import HANDLERS

SPEC: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "openapi.yaml").read_text())
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method, path, operation["responses"])
    for path, item in SPEC["paths"].items()
    for method, operation in item.items()
}
# Not to be told in OpenAPI 3.1, as its method is QUERY.
OPERATIONS["models.search"] = ("query", "/models", OPERATIONS["models.list"][2])
NEVER_GIVEN = {("models.predictions.create", 200)}  # declared, but nobody has seen it
MODEL = {"owner": "acme", "name": "mine", "visibility": "private", "hardware": "cpu"}
SLOW = {"prefer": "wait=1"}


class Tour:
    """Asks for operations, and holds each answer against the description."""

    def __init__(self, mock: MockTransport) -> None:
        self.client = httpx.Client(transport=mock, base_url=BASE)
        self.seen: defaultdict[str, set[int]] = defaultdict(set)
        self.jsonschema: Any = importlib.import_module("jsonschema")  # it has no type hints
        self.formats: Any = self.jsonschema.FormatChecker(formats=())
        self.formats.checks("date-time", raises=ValueError)(is_time)
        self.formats.checks("uri")(is_address)

    def check(self, body: object, schema: dict[str, Any]) -> None:
        whole = schema | {"components": SPEC["components"]}
        self.jsonschema.Draft202012Validator(whole, format_checker=self.formats).validate(body)

    def ask(self, id: str, *names: str, status: int = 200, **sent: Any) -> dict[str, Any]:
        """The body of the answer, {} if it is no JSON."""
        method, path, answers = OPERATIONS[id]
        for name in names:
            path = path.replace(path[path.index("{") : path.index("}") + 1], name, 1)
        response = self.client.request(method.upper(), path, **sent)
        assert response.status_code == status, f"{id}: {response.text}"
        self.seen[id].add(status)
        content = described(answers.get(str(status), answers["default"])).get("content")
        if content is None:  # 404 of a README promises no body, but may have one
            assert status == 404 or not response.content, id
            return {}
        media_type = response.headers["content-type"].partition(";")[0]
        schema = content[media_type]["schema"]
        if "json" not in media_type:
            assert schema["type"] == "string"
            return {}
        self.check(response.json(), schema)
        return body_of(response) if isinstance(response.json(), dict) else {}


def is_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def is_address(value: object) -> bool:
    return not isinstance(value, str) or httpx.URL(value).is_absolute_url


def described(node: dict[str, Any]) -> dict[str, Any]:
    """The node, or what it refers to."""
    if "$ref" not in node:
        return node
    found = SPEC
    for name in node["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def test_every_operation_has_a_handler() -> None:
    """And nothing else has one."""
    assert set(HANDLERS) == set(OPERATIONS)


def test_every_answer_fits_the_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each success that is described, and a refusal, of every operation; in every state of what they tell of."""
    forbid_real_sleep(monkeypatch)
    mock = whole_service()
    tour = Tour(mock)
    tell_of_account(tour, mock)
    tell_of_models(tour, mock)
    tell_of_files(tour, mock)
    tell_of_predictions(tour, mock)
    tell_of_trainings(tour, mock)
    tell_of_deployments(tour, mock)
    tell_of_versions(tour, mock)
    for id, (_, _, answers) in OPERATIONS.items():
        successes = {int(status) for status in answers if status.startswith("2") and status != "default"}
        missing = {status for status in successes - tour.seen[id] if (id, status) not in NEVER_GIVEN}
        assert not missing, f"{id} was never answered with {missing}"
        assert any(status >= 400 for status in tour.seen[id]), f"{id} was never refused"


def tell_of_account(tour: Tour, mock: MockTransport) -> None:
    for id in ("account.get", "hardware.list", "webhooks.default.secret.get"):
        tour.ask(id)
        mock.fail(id, status=503, retry_after=1)
        tour.ask(id, status=503)


def tell_of_models(tour: Tour, mock: MockTransport) -> None:
    body = {"owner": "acme", "name": "empty", "visibility": "private", "hardware": "cpu", "description": "Nothing"}
    tour.ask("models.create", status=201, json=body)
    tour.ask("models.create", status=409, json=body)
    tour.ask("models.create", status=422, json={})
    for name in ("echo", "empty"):
        tour.ask("models.get", "acme", name)
        tour.ask("models.versions.list", "acme", name)
        tour.ask("models.examples.list", "acme", name)
    tour.ask("models.update", "acme", "empty", json={"readme": "# Nothing", "weights_url": "https://x/y"})
    tour.ask("models.update", "acme", "nope", status=404, json={})
    tour.ask("models.readme.get", "acme", "empty")
    tour.ask("models.readme.get", "acme", "echo", status=404)
    tour.ask("models.list", params={"sort_direction": "asc"})
    tour.ask("models.list", status=422, params={"sort_by": "name"})
    tour.ask("models.search", content="echo")
    mock.fail("models.search", status=500)
    tour.ask("models.search", status=500)
    tour.ask("models.delete", "acme", "echo", status=400)
    tour.ask("models.delete", "acme", "empty", status=204)
    tour.ask("models.get", "acme", "empty", status=404)
    tour.ask("models.versions.list", "acme", "empty", status=404)
    tour.ask("models.examples.list", "acme", "empty", status=404)
    tour.ask("collections.list")
    tour.ask("collections.list", status=404, params={"cursor": "x"})
    tour.ask("collections.get", "speech")
    tour.ask("collections.get", "nope", status=404)
    tour.ask("search", params={"query": "speech echo webhooks"})
    tour.ask("search", status=400)


def tell_of_files(tour: Tour, mock: MockTransport) -> None:
    form: dict[str, Any] = {"files": {"content": b"hello"}}
    file = tour.ask("files.create", status=201, **form, data={"metadata": '{"a": 1}'})
    tour.ask("files.create", status=422, data={"metadata": "x"}, files={"type": b"x"})
    tour.ask("files.create", status=413, files={"content": bytes(100 * 2**20 + 1)})
    tour.ask("files.list")
    tour.ask("files.list", status=404, params={"cursor": "x"})
    tour.ask("files.get", file["id"])
    link = {"owner": "acme", "expiry": 2**40, "signature": "x"}
    tour.ask("files.download", file["id"], status=404, params=link)
    link["signature"] = signature_of(mock.file_signing_secret, "acme", file["id"], 2**40)
    tour.ask("files.download", file["id"], params=link)
    tour.ask("files.delete", file["id"], status=204)
    tour.ask("files.delete", file["id"], status=404)
    tour.ask("files.get", file["id"], status=404)


def tell_of_predictions(tour: Tour, mock: MockTransport) -> None:
    body: dict[str, Any] = {"input": {"prompt": "x"}}
    version = tour.ask("models.get", "acme", "echo")["latest_version"]["id"]
    for id, names, sent in (
        ("predictions.create", (), body | {"version": version}),
        ("models.predictions.create", ("acme", "echo"), body),
        ("deployments.predictions.create", ("acme", "prod"), body),
    ):
        tour.ask(id, *names, status=201, json=sent)
        tour.ask(id, *names, status=201, json=sent, headers={"prefer": "wait", "cancel-after": "1h"})
        tour.ask(id, *names, status=202, json=sent, headers=SLOW)
        tour.ask(id, *names, status=422, json=sent | {"input": {}, "model": "x"})
    for pause in (0, 3, 10, 3600):  # starting, processing, ended, without its data
        for input in ({"prompt": "x"}, {"prompt": "x", "fail": True}, {"prompt": "x", "file": f"{BASE}/files/none"}):
            sent = {"version": version, "input": input, "webhook": "https://x/y", "stream": True}
            for headers in ({}, {"cancel-after": "5s"}):
                created = tour.ask("predictions.create", status=201, json=sent, headers=headers)
                mock.clock.sleep(pause)
                tour.ask("predictions.get", created["id"])
                tour.ask("predictions.cancel", created["id"])
                tour.ask("predictions.get", created["id"])
    mock.model("acme/slow", starting=10)(lambda: None)
    aborted = tour.ask(
        "models.predictions.create", "acme", "slow", status=201, json={"input": {}}, headers={"cancel-after": "5"}
    )
    mock.clock.sleep(6)
    assert tour.ask("predictions.get", aborted["id"])["status"] == "aborted"
    statuses = {prediction["status"] for prediction in tour.ask("predictions.list")["results"]}
    assert statuses == {"succeeded", "failed", "canceled", "aborted"}
    tour.ask("predictions.list", status=422, params={"created_after": "now"})
    tour.ask("predictions.get", "nope", status=404)
    tour.ask("predictions.cancel", "nope", status=404)


def tell_of_trainings(tour: Tour, mock: MockTransport) -> None:
    tour.ask("models.create", status=201, json=MODEL)
    version = tour.ask("models.get", "acme", "echo")["latest_version"]["id"]
    for pause in (0, 2, 100, 3600):
        for steps in (0, 1):
            sent = {"destination": "acme/mine", "input": {"steps": steps}}
            created = tour.ask("trainings.create", "acme", "echo", version, status=201, json=sent)
            mock.clock.sleep(pause)
            tour.ask("trainings.get", created["id"])
            tour.ask("trainings.cancel", created["id"])
            tour.ask("trainings.get", created["id"])
    statuses = {training["status"] for training in tour.ask("trainings.list")["results"]}
    assert statuses == {"succeeded", "failed", "canceled"}
    tour.ask("trainings.list", status=404, params={"cursor": "x"})
    tour.ask("trainings.create", "acme", "echo", version, status=404, json={"destination": "a/b", "input": {}})
    tour.ask("trainings.get", "nope", status=404)
    tour.ask("trainings.cancel", "nope", status=404)


def tell_of_deployments(tour: Tour, mock: MockTransport) -> None:
    version = tour.ask("models.get", "acme", "echo")["latest_version"]["id"]
    body: dict[str, Any] = {"name": "test", "model": "acme/echo", "version": version, "hardware": "cpu"}
    body |= {"min_instances": 0, "max_instances": 1}
    tour.ask("deployments.create", json=body)
    tour.ask("deployments.create", status=409, json=body)
    tour.ask("deployments.create", status=422, json=body | {"min_instances": 6})
    tour.ask("deployments.get", "acme", "test")
    tour.ask("deployments.get", "acme", "nope", status=404)
    tour.ask("deployments.list")
    tour.ask("deployments.list", status=404, params={"cursor": "x"})
    tour.ask("deployments.update", "acme", "test", json={"min_instances": 1, "hardware": "gpu-t4"})
    tour.ask("deployments.update", "acme", "test", status=422, json={"hardware": "abacus"})
    tour.ask("deployments.delete", "acme", "test", status=400)
    tour.ask("deployments.update", "acme", "test", json={"min_instances": 0})
    tour.ask("deployments.delete", "acme", "test", status=204)


def tell_of_versions(tour: Tour, mock: MockTransport) -> None:
    mock.model("acme/secret", visibility="private")(lambda: None)
    version = tour.ask("models.versions.list", "acme", "secret")["results"][0]["id"]
    tour.ask("models.versions.get", "acme", "secret", version)
    tour.ask("models.versions.delete", "acme", "secret", version, status=202)
    mock.clock.sleep(120)
    tour.ask("models.versions.get", "acme", "secret", version, status=404)
    tour.ask("models.versions.delete", "acme", "secret", version, status=404)
