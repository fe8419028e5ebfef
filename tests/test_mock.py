"""The mock service, seen through plain httpx."""

from __future__ import annotations

import importlib
import json
import re
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
import yaml

from replicate_typed.transports.mock import MockRequest, MockTransport
from replicate_typed.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

BASE = "https://api.replicate.com/v1"


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def mock(monkeypatch: pytest.MonkeyPatch) -> MockTransport:
    """A service with one model that takes ten seconds, where sleeping for real is an error."""

    def fail(*_: object) -> None:
        pytest.fail("slept for real")

    monkeypatch.setattr(time, "sleep", fail)
    monkeypatch.setattr(anyio, "sleep", fail)
    mock = MockTransport()

    @mock.model("acme/echo", starting=2, processing=8, description="Says it again")
    def echo(prompt: str, times: int = 1) -> list[str]:
        for line in ("one", "two", "three"):
            mock.log(f"{line} {prompt}")
        return [prompt] * times

    return mock


@pytest.fixture
def client(mock: MockTransport) -> httpx.Client:
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
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.content.endswith(b"\n")
    problem = body_of(response)
    assert problem["status"] == status
    return problem


def test_a_prediction_starts_processes_and_succeeds(mock: MockTransport, client: httpx.Client) -> None:
    """What is not known yet is absent; times are the clock's, counted from 2025."""
    mock.clock.sleep(0.25)
    created = create(client, prompt="hi", times=2)
    assert list(created) == [
        *("id", "model", "version", "input", "logs", "data_removed", "error", "status", "created_at", "urls")
    ]
    id = created["id"]
    assert re.fullmatch("[a-z0-9]{26}", id)
    assert re.fullmatch("[0-9a-f]{64}", created["version"])
    assert created["model"] == "acme/echo"
    assert created["input"] == {"prompt": "hi", "times": 2}
    assert (created["status"], created["logs"], created["error"]) == ("starting", "", None)
    assert created["created_at"] == "2025-01-01T00:00:00.25Z"
    assert created["urls"] == {
        "cancel": f"{BASE}/predictions/{id}/cancel",
        "get": f"{BASE}/predictions/{id}",
        "web": f"https://replicate.com/p/{id}",
    }
    mock.clock.sleep(1.999)
    assert get(client, created)["status"] == "starting"
    mock.clock.sleep(0.001)
    processing = get(client, created)
    assert processing["status"] == "processing"
    assert processing["started_at"] == "2025-01-01T00:00:02.25Z"
    assert not processing.keys() & {"output", "completed_at", "metrics"}
    mock.clock.sleep(8)
    succeeded = get(client, created)
    assert succeeded["status"] == "succeeded"
    assert succeeded["output"] == ["hi", "hi"]
    assert succeeded["completed_at"] == "2025-01-01T00:00:10.25Z"
    assert succeeded["metrics"] == {"predict_time": 8.0, "total_time": 10.0}
    mock.clock.sleep(1000)
    assert get(client, created) == succeeded
    assert mock.predictions == [succeeded]


def test_logs_grow_while_it_is_processing(mock: MockTransport, client: httpx.Client) -> None:
    """Line i of n comes at i / (n + 1) of the processing time; all are there at the end."""
    created = create(client, prompt="x")
    counts: list[int] = []
    for _ in range(11):
        counts.append(get(client, created)["logs"].count("\n"))
        mock.clock.sleep(1)
    assert counts == [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3]
    assert get(client, created)["logs"] == "one x\ntwo x\nthree x\n"


def test_logging_outside_a_model_is_an_error(mock: MockTransport) -> None:
    """The message says where it may be used; after a run it is outside again."""
    with pytest.raises(RuntimeError, match="only be called inside a model's function"):
        mock.log("hello")


def test_a_function_runs_once_when_its_prediction_has_started(mock: MockTransport, client: httpx.Client) -> None:
    """Not before, and not again however many look; what it changes or keeps is its own."""
    inputs: list[dict[str, Any]] = []

    @mock.model("acme/keeper")
    def keeper(**input: Any) -> dict[str, Any]:
        inputs.append(input)
        input["list"].append("changed")
        return input

    created = create(client, "acme/keeper", list=[1])
    get(client, created)
    assert inputs == []
    mock.clock.sleep(0.5)
    for _ in range(3):
        get(client, created)
        client.get("/predictions")
        mock.clock.sleep(0.5)
    assert len(inputs) == 1
    inputs[0]["list"].append("later")
    finished = get(client, created)
    assert finished["input"] == {"list": [1]}
    assert finished["output"] == {"list": [1, "changed"]}


@pytest.mark.parametrize(
    ("error", "text"), [(ValueError("no such colour"), "no such colour"), (KeyError(), "KeyError")]
)
def test_a_function_that_raises_fails_its_prediction(
    mock: MockTransport, client: httpx.Client, error: Exception, text: str
) -> None:
    """At the end of the processing time, with the error's text, and a traceback in the logs."""

    @mock.model("acme/broken", starting=0, processing=4)
    def broken() -> None:
        mock.log("trying")
        raise error

    created = create(client, "acme/broken")
    mock.clock.sleep(3)
    processing = get(client, created)
    assert (processing["status"], processing["error"]) == ("processing", None)
    assert processing["logs"] == "trying\n"
    mock.clock.sleep(1)
    failed = get(client, created)
    assert (failed["status"], failed["error"], failed["output"]) == ("failed", text, None)
    assert failed["logs"].startswith("trying\nTraceback (most recent call last):\n")
    assert "in broken" in failed["logs"]
    assert "mock/runs.py" not in failed["logs"]
    assert failed["metrics"] == {"predict_time": 4.0, "total_time": 4.0}


@pytest.mark.parametrize("output", [object(), float("nan"), {"x": {1, 2}}, b"bytes"])
def test_an_output_that_is_not_json_fails_the_prediction(
    mock: MockTransport, client: httpx.Client, output: object
) -> None:
    """The error says so."""
    mock.model("acme/odd", starting=0, processing=0)(lambda: output)
    failed = create(client, "acme/odd")
    assert failed["status"] == "failed"
    assert failed["error"].startswith("the model's output is not JSON: ")


def test_a_null_output_is_an_output(mock: MockTransport, client: httpx.Client) -> None:
    """And a model that takes no time has finished when its prediction is created."""
    mock.model("acme/nothing", starting=0, processing=0)(lambda: None)
    created = create(client, "acme/nothing")
    assert (created["status"], created["output"]) == ("succeeded", None)


def cancel(client: httpx.Client, prediction: dict[str, Any]) -> dict[str, Any]:
    response = client.post(prediction["urls"]["cancel"])
    assert response.status_code == 200
    return body_of(response)


def test_canceling_while_starting_means_the_function_never_runs(mock: MockTransport, client: httpx.Client) -> None:
    """It ends at once; the service writes a start three microseconds before the end."""
    runs: list[int] = []
    mock.model("acme/counted", starting=2)(lambda: runs.append(1))
    created = create(client, "acme/counted")
    mock.clock.sleep(1)
    canceled = cancel(client, created)
    assert canceled["status"] == "canceled"
    assert canceled["completed_at"] == "2025-01-01T00:00:01Z"
    assert canceled["started_at"] == "2025-01-01T00:00:00.999997Z"
    assert canceled["metrics"] == {"predict_time": 3e-06, "total_time": 1.0}
    assert (canceled["output"], canceled["error"], canceled["logs"]) == (None, None, "")
    mock.clock.sleep(100)
    assert get(client, created) == canceled
    assert runs == []


def test_canceling_while_processing_keeps_the_logs_so_far(mock: MockTransport, client: httpx.Client) -> None:
    """And no output, however long one waits."""
    created = create(client, prompt="x")
    mock.clock.sleep(6)
    canceled = cancel(client, created)
    assert (canceled["status"], canceled["output"], canceled["error"]) == ("canceled", None, None)
    assert canceled["logs"] == "one x\ntwo x\n"
    assert canceled["metrics"] == {"predict_time": 4.0, "total_time": 6.0}
    mock.clock.sleep(100)
    assert get(client, created) == canceled
    assert cancel(client, created) == canceled


@pytest.mark.parametrize("raises", [False, True])
def test_canceling_what_has_finished_changes_nothing(mock: MockTransport, client: httpx.Client, raises: bool) -> None:
    """The answer is 200 with the prediction as it ended."""
    mock.model("acme/divider")(lambda: 1 // (0 if raises else 1))
    created = create(client, "acme/divider")
    mock.clock.sleep(1.5)
    finished = cancel(client, created)
    assert finished["status"] == ("failed" if raises else "succeeded")
    assert get(client, created) == finished


def test_a_prediction_names_its_version_in_three_ways(mock: MockTransport, client: httpx.Client) -> None:
    """A bare id, owner/name:id, and the name of an official model, which means its newest version."""
    first = create(client, prompt="x")["version"]
    mock.model("acme/echo", version="f" * 64)(lambda: None)
    for version, expected, input in [
        (first, first, {"prompt": "x"}),
        (f"acme/echo:{first}", first, {"prompt": "x"}),
        ("acme/echo", "f" * 64, {}),
        (f"acme/echo:{'f' * 64}", "f" * 64, {}),
    ]:
        response = client.post("/predictions", json={"version": version, "input": input})
        assert response.status_code == 201
        assert body_of(response)["version"] == expected
        assert body_of(response)["model"] == "acme/echo"


@pytest.mark.parametrize(
    "version", ["0" * 64, "acme/nope", "acme/echo:latest", "acme/plain", "other/name:" + "e" * 64, "", "/"]
)
def test_an_unknown_version_is_refused(mock: MockTransport, client: httpx.Client, version: str) -> None:
    """As is the bare name of a model that is not official, and a version under another model's name."""
    mock.model("acme/plain", official=False, version="e" * 64)(lambda: None)
    problem = problem_of(client.post("/predictions", json={"version": version, "input": {}}), 422)
    assert problem["title"] == "Invalid version or not permitted"
    assert problem["detail"].startswith("The specified version does not exist")
    assert mock.predictions == []


def test_a_model_that_is_not_official_runs_by_version_only(mock: MockTransport, client: httpx.Client) -> None:
    """Its own predictions address says so."""
    mock.model("acme/plain", official=False, version="e" * 64)(lambda: None)
    problem = problem_of(client.post("/models/acme/plain/predictions", json={"input": {}}), 404)
    assert "acme/plain is not official" in problem["detail"]
    for version in ("e" * 64, "acme/plain:" + "e" * 64):
        assert client.post("/predictions", json={"version": version, "input": {}}).status_code == 201


def test_a_deployment_runs_its_models_version(mock: MockTransport, client: httpx.Client) -> None:
    """The version that was newest when it was deployed; the prediction names the deployment."""
    mock.deployment("acme/prod", model="acme/echo")
    mock.model("acme/echo", version="f" * 64)(lambda: None)
    response = client.post("/deployments/acme/prod/predictions", json={"input": {"prompt": "x"}})
    assert response.status_code == 201
    deployment = body_of(client.get("/deployments/acme/prod"))
    assert deployment["current_release"]["version"] == body_of(response)["version"] != "f" * 64
    assert body_of(response)["deployment"] == "acme/prod"
    assert (deployment["owner"], deployment["name"]) == ("acme", "prod")
    assert body_of(client.get("/deployments"))["results"] == [deployment]


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


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nope"),
        ("GET", "/predictions/"),
        ("GET", "/predictions/x/cancel"),
        ("DELETE", "/predictions/x"),
        ("POST", "/hardware"),
        ("QUERY", "/models"),
        ("GET", "/models/acme"),
    ],
)
def test_what_the_mock_does_not_know_is_named(client: httpx.Client, method: str, path: str) -> None:
    """A path or a method."""
    problem = problem_of(client.request(method, path), 404)
    assert problem["detail"] == f"the mock service does not know {method} {path}"


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
    assert problem_of(client.request(method, path), 404) == {"detail": f"{what} does not exist", "status": 404}


def pages(client: httpx.Client, path: str, follow: str = "next") -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = []
    url: str | None = path
    while url:
        page = body_of(client.get(url).raise_for_status())
        assert list(page) == ["next", "previous", "results"]
        found.append(page["results"])
        url = page[follow]
        assert url is None or url.startswith(f"{BASE}/")
    return found


def test_lists_come_in_pages_newest_first() -> None:
    """Every item once, whatever is created meanwhile; the way back finds them too."""
    client = httpx.Client(transport=(mock := MockTransport(page_size=2)), base_url=BASE)
    for n in range(5):
        mock.model(f"acme/model-{n}")(lambda: None)
        mock.model("acme/model-0")(lambda: None)
        mock.deployment(f"acme/deployment-{n}", model=f"acme/model-{n}")
    ids = [create(client, f"acme/model-{n}")["id"] for n in range(5)]
    assert [[p["id"] for p in page] for page in pages(client, "/predictions")] == [
        [ids[4], ids[3]],
        [ids[2], ids[1]],
        [ids[0]],
    ]
    assert [[m["name"][-1] for m in page] for page in pages(client, "/models")] == [*(["0", "4"], ["3", "2"], ["1"])]
    assert [[d["name"][-1] for d in page] for page in pages(client, "/deployments")] == [
        *(["4", "3"], ["2", "1"], ["0"])
    ]
    versions = pages(client, "/models/acme/model-0/versions")
    assert [len(page) for page in versions] == [2, 2, 2]
    assert versions[0][0] == body_of(client.get("/models/acme/model-0"))["latest_version"]
    assert len({version["id"] for page in versions for version in page}) == 6

    first = body_of(client.get("/predictions"))
    assert first["previous"] is None
    create(client, "acme/model-1")
    second = body_of(client.get(first["next"]))
    assert [p["id"] for p in second["results"]] == [ids[2], ids[1]]
    back = body_of(client.get(second["previous"]))
    assert [p["id"] for p in back["results"]] == [ids[4], ids[3]]
    assert len(pages(client, back["previous"], "previous")) == 1


def test_a_full_last_page_has_no_next() -> None:
    """Nor has the only page, or an empty list."""
    client = httpx.Client(transport=(mock := MockTransport(page_size=2)), base_url=BASE)
    assert pages(client, "/models") == [[]]
    for n in range(4):
        mock.model(f"acme/model-{n}")(lambda: None)
    assert [len(page) for page in pages(client, "/models")] == [2, 2]


def test_models_can_be_sorted() -> None:
    """By their first or newest version, in both directions; the pages keep to it."""
    client = httpx.Client(transport=(mock := MockTransport(page_size=2)), base_url=BASE)
    for name in ("a", "b", "c", "a"):
        mock.model(f"acme/{name}")(lambda: None)

    def names(query: str) -> str:
        return "".join(model["name"] for page in pages(client, f"/models?{query}") for model in page)

    assert names("sort_by=latest_version_created_at") == "acb"
    assert names("sort_by=model_created_at") == "cba"
    assert names("sort_by=model_created_at&sort_direction=asc") == "abc"
    assert names("sort_direction=asc") == "bca"


def test_predictions_can_be_listed_by_time(mock: MockTransport, client: httpx.Client) -> None:
    """From a time on, the time included; up to another, excluded."""
    ids: list[str] = []
    for _ in range(4):
        ids.append(create(client, prompt="x")["id"])
        mock.clock.sleep(60)
    params = {"created_after": "2025-01-01T00:01:00Z", "created_before": "2025-01-01T01:03:00+01:00"}
    listed = body_of(client.get("/predictions", params=params))["results"]
    assert [prediction["id"] for prediction in listed] == [ids[2], ids[1]]
    assert body_of(client.get("/predictions?source=web"))["results"] == []
    problem_of(client.get("/predictions?created_after=yesterday"), 400)
    problem_of(client.get("/predictions?created_after=2025-01-01"), 400)


@pytest.mark.parametrize("cursor", ["nonsense", "%FF", "", "cD14"])
def test_a_cursor_it_did_not_give_is_refused(client: httpx.Client, cursor: str) -> None:
    """404, as for any address that does not exist."""
    assert problem_of(client.get(f"/models?cursor={cursor}"), 404)["detail"] == "Invalid cursor"


def test_a_model_tells_about_itself(mock: MockTransport, client: httpx.Client) -> None:
    """Its newest version, and how often it ran."""
    create(client, prompt="x")
    mock.clock.sleep(5)
    mock.model("acme/echo")(lambda: None)
    model = body_of(client.get("/models/acme/echo"))
    assert (model["owner"], model["name"], model["description"]) == ("acme", "echo", "Says it again")
    assert (model["run_count"], model["is_official"], model["default_example"]) == (1, True, None)
    assert model["created_at"] == "2025-01-01T00:00:00Z"
    latest = model["latest_version"]
    assert latest["created_at"] == "2025-01-01T00:00:05Z"
    assert body_of(client.get(f"/models/acme/echo/versions/{latest['id']}")) == latest


def test_hardware_is_a_bare_array(client: httpx.Client) -> None:
    """The four kinds that were recorded."""
    assert client.get("/hardware").json() == [
        {"sku": "cpu", "name": "CPU"},
        {"sku": "gpu-t4", "name": "Nvidia T4 GPU"},
        {"sku": "gpu-a40-small", "name": "Nvidia A40 GPU"},
        {"sku": "gpu-a40-large", "name": "Nvidia A40 (Large) GPU"},
    ]


def test_every_answer_fits_the_specification(mock: MockTransport, client: httpx.Client) -> None:
    """Starting, processing and finished; pages and errors, too."""
    spec: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "openapi.yaml").read_text())
    validator: Any = importlib.import_module("jsonschema").Draft202012Validator  # it has no type hints

    def check(response: httpx.Response, schema: dict[str, Any]) -> None:
        validator(schema | {"components": spec["components"]}).validate(response.json())

    mock.deployment("acme/prod", model="acme/echo")
    model, deployment = "/models/{model_owner}/{model_name}", "/deployments/{deployment_owner}/{deployment_name}"
    version = body_of(client.get("/models/acme/echo"))["latest_version"]["id"]
    for seconds in (0, 5, 5):
        mock.clock.sleep(seconds)
        prediction = create(client, prompt="x")
        names = {"model_owner": "acme", "model_name": "echo", "version_id": version}
        names |= {"deployment_owner": "acme", "deployment_name": "prod", "prediction_id": prediction["id"]}
        for operation in [
            *("get /account", "get /hardware", "get /deployments", f"get {deployment}", "get /models"),
            *(f"get {model}", f"get {model}/versions", f"get {model}/versions/{{version_id}}"),
            *("post /predictions", f"post {model}/predictions", f"post {deployment}/predictions"),
            *("get /predictions", "get /predictions/{prediction_id}", "post /predictions/{prediction_id}/cancel"),
        ]:
            method, path = operation.split(" ")
            sent = {"input": {"prompt": "x"}} | ({"version": version} if path == "/predictions" else {})
            response = client.request(method, path.format(**names), json=sent if method == "post" else None)
            answers = spec["paths"][path][method]["responses"]
            check(response, answers[str(response.status_code)]["content"]["application/json"]["schema"])
    check(client.get("/predictions/nope"), {"$ref": "#/components/schemas/Problem"})
    check(client.post("/predictions", json={"input": []}), {"$ref": "#/components/schemas/Problem"})


def test_headers_are_the_services(mock: MockTransport, client: httpx.Client) -> None:
    """The date is the virtual one; there are three rate limits."""
    mock.clock.sleep(90)
    response = client.get("/account")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["date"] == "Wed, 01 Jan 2025 00:01:30 GMT"
    assert (response.headers["ratelimit-remaining"], response.headers["ratelimit-reset"]) == ("2999", "1")
    created = client.post("/models/acme/echo/predictions", json={"input": {"prompt": "x"}})
    assert created.headers["ratelimit-remaining"] == "599"
    assert client.get(created.json()["urls"]["get"]).headers["ratelimit-remaining"] == "59999"


@pytest.mark.parametrize(
    "base", ["https://api.replicate.com/v1", "http://localhost:8080", "https://proxy.example/replicate/v1"]
)
def test_addresses_are_under_the_base_url_of_the_request(mock: MockTransport, base: str) -> None:
    """Whatever it is: links of predictions and pages, and the paths that are recorded."""
    client = httpx.Client(transport=mock, base_url=base)
    created = create(client, prompt="x")
    assert created["urls"]["get"] == f"{base}/predictions/{created['id']}"
    assert get(client, created) == created
    for n in range(30):
        mock.model(f"acme/model-{n}")(lambda: None)
    following = body_of(client.get("/models"))["next"]
    assert following.startswith(f"{base}/models?cursor=")
    assert len(body_of(client.get(following))["results"]) == 6
    assert mock.requests[0].path == "/models/acme/echo/predictions"


def test_requests_are_kept_for_assertions_without_the_token(mock: MockTransport) -> None:
    """Method, path, query and body, in order; whatever the answer was."""
    client = httpx.Client(transport=mock, base_url=BASE, headers={"authorization": "Bearer r8_secret"})
    client.post("/predictions?x=1", json={"input": {}})
    client.get("/nope?a=b&c=d")
    client.post("/files", content=b"\0\1", headers={"content-type": "application/octet-stream"})
    client.post("/predictions", content=b"{", headers={"content-type": "application/json"})
    assert mock.requests == [
        MockRequest("POST", "/predictions", {"x": "1"}, {"input": {}}),
        MockRequest("GET", "/nope", {"a": "b", "c": "d"}, None),
        MockRequest("POST", "/files", {}, b"\0\1"),
        MockRequest("POST", "/predictions", {}, b"{"),
    ]
    assert "r8_secret" not in repr(mock.requests)


def test_the_same_seed_makes_the_same_ids() -> None:
    """Another one makes others; versions depend on their model alone."""

    def ids(seed: int) -> tuple[list[str], str]:
        mock = MockTransport(seed=seed)
        mock.model("acme/echo")(lambda: None)
        client = httpx.Client(transport=mock, base_url=BASE)
        created = [create(client) for _ in range(5)]
        return [prediction["id"] for prediction in created], created[0]["version"]

    first, version = ids(1)
    assert ids(1) == (first, version)
    other, same_version = ids(2)
    assert not set(first) & set(other)
    assert len(set(first)) == 5
    assert version == same_version


@pytest.mark.parametrize("name", ["acme", "acme/", "/echo", "acme/echo:1", "a/b/c", "acme/ec ho", "acme/écho", ""])
def test_a_name_is_checked_at_once(mock: MockTransport, name: str) -> None:
    """Of models and deployments."""
    with pytest.raises(ValueError, match="a name is 'owner/name'"):
        mock.model(name)
    with pytest.raises(ValueError, match="a name is 'owner/name'"):
        mock.deployment(name, model="acme/echo")


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_durations_are_checked_at_once(mock: MockTransport, seconds: float) -> None:
    """A prediction takes a finite time, zero or more."""
    with pytest.raises(ValueError, match="a duration is"):
        mock.model("acme/echo", starting=seconds)
    with pytest.raises(ValueError, match="a duration is"):
        mock.model("acme/echo", processing=seconds)


def test_registration_refuses_what_could_not_run(mock: MockTransport) -> None:
    """Async functions, arguments without names, a version there is already, a deployment of nothing."""

    async def waits() -> None: ...

    def positional(prompt: str, /) -> None: ...

    with pytest.raises(TypeError, match="plain function"):
        mock.model("acme/waits")(waits)
    with pytest.raises(TypeError, match="'prompt' is positional only"):
        mock.model("acme/positional")(positional)
    mock.model("acme/one", version="abc")(lambda: None)
    with pytest.raises(ValueError, match="a version abc already"):
        mock.model("acme/two", version="abc")(lambda: None)
    with pytest.raises(ValueError, match="no model acme/nope to deploy"):
        mock.deployment("acme/prod", model="acme/nope")
    with pytest.raises(ValueError, match="at least one item"):
        MockTransport(page_size=0)


def test_the_decorated_function_stays_as_it_is(mock: MockTransport) -> None:
    """It can be called as before."""

    def double(number: int) -> int:
        return 2 * number

    assert mock.model("acme/double")(double) is double


def test_a_clock_can_be_given() -> None:
    """One clock for several transports, say; and none asks for a token."""
    clock = VirtualClock()
    mock = MockTransport(clock=clock)
    assert mock.clock is clock
    assert mock.requires_token is False


@pytest.mark.anyio
async def test_one_object_serves_both_colours(mock: MockTransport) -> None:
    """A prediction made by one client is read by the other; both can be closed, and leave it usable."""
    with httpx.Client(transport=mock, base_url=BASE) as client:
        created = create(client, prompt="x")
    await mock.clock.asleep(10)
    async with httpx.AsyncClient(transport=mock, base_url=BASE) as async_client:
        finished = body_of(await async_client.get(created["urls"]["get"]))
        assert (finished["status"], finished["output"]) == ("succeeded", ["x"])
        again = await async_client.post("/models/acme/echo/predictions", json={"input": {"prompt": "y"}})
    assert get(client=httpx.Client(transport=mock), prediction=body_of(again))["status"] == "starting"


@pytest.mark.anyio
async def test_request_bodies_may_be_streams(mock: MockTransport) -> None:
    """Of the client's colour; a bare transport takes a sync one in async code, too."""
    url, body = f"{BASE}/models/acme/echo/predictions", b'{"input": {"prompt": "x"}}'

    async def chunks() -> AsyncGenerator[bytes]:
        yield body

    async_request = httpx.Request("POST", url, content=chunks())
    assert (await mock.handle_async_request(async_request)).status_code == 201
    assert (await mock.handle_async_request(httpx.Request("POST", url, content=iter([body])))).status_code == 201
    assert mock.handle_request(httpx.Request("POST", url, content=iter([body]))).status_code == 201
    with pytest.raises(TypeError, match="an async request body needs an async client"):
        mock.handle_request(httpx.Request("POST", url, content=chunks()))


PAUSES = [0.5, 0.5, 1.0, 1.0, 2.0, 2.5, 2.5]  # as a client polls: ten seconds in all


def test_fifty_threads_poll_at_once(mock: MockTransport, client: httpx.Client) -> None:
    """Fifty ten-second runs take ten virtual seconds, and no real ones."""
    outputs: list[object] = []

    def run(name: str) -> None:
        with mock.clock.participant():
            prediction = create(client, prompt=name)
            for pause in PAUSES:
                assert prediction["status"] in ("starting", "processing")
                mock.clock.sleep(pause)
                prediction = get(client, prediction)
            outputs.append(prediction["output"])

    threads = [threading.Thread(target=run, args=(str(n),), daemon=True) for n in range(50)]
    assert isinstance(mock.clock, VirtualClock)
    with mock.clock.expect(50):
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(5)
    assert sorted(outputs, key=str) == sorted(([str(n)] for n in range(50)), key=str)
    assert mock.clock.now() == 10
    assert Counter(request.method for request in mock.requests) == {"POST": 50, "GET": 350}


@pytest.mark.anyio
async def test_fifty_tasks_poll_at_once(mock: MockTransport) -> None:
    """The same in the other colour."""
    outputs: list[object] = []

    async with httpx.AsyncClient(transport=mock, base_url=BASE) as client:

        async def run(name: str) -> None:
            with mock.clock.participant():
                body = {"input": {"prompt": name}}
                prediction = body_of(await client.post("/models/acme/echo/predictions", json=body))
                for pause in PAUSES:
                    await mock.clock.asleep(pause)
                    prediction = body_of(await client.get(prediction["urls"]["get"]))
                outputs.append(prediction["output"])

        async with anyio.create_task_group() as tasks:
            for n in range(50):
                tasks.start_soon(run, str(n))
    assert sorted(outputs, key=str) == sorted(([str(n)] for n in range(50)), key=str)
    assert mock.clock.now() == 10


def test_threads_that_look_at_one_prediction_run_it_once(mock: MockTransport, client: httpx.Client) -> None:
    """All see it finished."""
    runs: list[int] = []
    mock.model("acme/once")(lambda: runs.append(1))
    created = create(client, "acme/once")
    mock.clock.sleep(10)
    seen: list[str] = []

    def look() -> None:
        seen.append(get(client, created)["status"])

    threads = [threading.Thread(target=look, daemon=True) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert seen == ["succeeded"] * 20
    assert runs == [1]


def test_a_function_may_look_at_its_own_prediction(mock: MockTransport, client: httpx.Client) -> None:
    """It is processing, as far as it can tell."""
    seen: list[str] = []

    @mock.model("acme/curious")
    def curious() -> str:
        seen.extend(prediction["status"] for prediction in body_of(client.get("/predictions"))["results"])
        return "done"

    created = create(client, "acme/curious")
    mock.clock.sleep(10)
    assert get(client, created)["output"] == "done"
    assert seen == ["processing"]
