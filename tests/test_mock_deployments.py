"""The mock service's deployments: their releases, what they scale, and their end."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from mocking import body_of, client_of, echo_service, get, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
QUARTER_OF_AN_HOUR = 900


def deploy(client: httpx.Client, **changes: Any) -> dict[str, Any]:
    """A deployment of the newest version of acme/echo."""
    version = body_of(client.get("/models/acme/echo"))["latest_version"]["id"]
    body: dict[str, Any] = {"name": "prod", "model": "acme/echo", "version": version, "hardware": "cpu"}
    body |= {"min_instances": 0, "max_instances": 1} | changes
    response = client.post("/deployments", json=body)
    assert response.status_code == 200, response.text
    return body_of(response)


def update(client: httpx.Client, **changes: Any) -> dict[str, Any]:
    changed = body_of(client.patch("/deployments/acme/prod", json=changes).raise_for_status())
    release: dict[str, Any] = changed["current_release"]
    return release


def same(prompt: str) -> str:
    return prompt


def run(client: httpx.Client) -> dict[str, Any]:
    response = client.post("/deployments/acme/prod/predictions", json={"input": {"prompt": "x"}})
    assert response.status_code == 201
    return body_of(response)


def test_a_deployment_begins_with_its_first_release(mock: MockTransport, client: httpx.Client) -> None:
    """It says what runs, on what, and who made it when."""
    mock.clock.sleep(1)
    made = deploy(client, hardware="gpu-t4", min_instances=1, max_instances=3)
    assert made == {
        "owner": "acme",
        "name": "prod",
        "current_release": {
            "number": 1,
            "model": "acme/echo",
            "version": made["current_release"]["version"],
            "created_at": "2025-01-01T00:00:01Z",
            "created_by": body_of(client.get("/account")),
            "configuration": {"hardware": "gpu-t4", "min_instances": 1, "max_instances": 3},
        },
    }
    assert body_of(client.get("/deployments/acme/prod")) == made


def test_every_change_is_a_release(mock: MockTransport, client: httpx.Client) -> None:
    """Numbered; what is not given stays."""
    first = deploy(client)["current_release"]
    mock.clock.sleep(60)
    second = update(client, max_instances=5)
    assert second == first | {
        "number": 2,
        "created_at": "2025-01-01T00:01:00Z",
        "configuration": first["configuration"] | {"max_instances": 5},
    }
    mock.model("acme/echo", version="f" * 64)(lambda: None)
    third = update(client, version="f" * 64, hardware="gpu-t4", min_instances=2)
    assert (third["number"], third["version"]) == (3, "f" * 64)
    assert third["configuration"] == {"hardware": "gpu-t4", "min_instances": 2, "max_instances": 5}
    response = client.post("/deployments/acme/prod/predictions", json={"input": {}})
    assert body_of(response)["version"] == "f" * 64


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hardware": "abacus"}, "hardware"),
        ({"min_instances": 6}, "min_instances"),
        ({"max_instances": 21}, "max_instances"),
        ({"max_instances": 1.5}, "max_instances"),
        ({"name": "a b"}, "name"),
    ],
)
def test_what_does_not_fit_is_refused(client: httpx.Client, change: dict[str, Any], field: str) -> None:
    """Of a new deployment, and of a change."""
    release = deploy(client)["current_release"]
    body: dict[str, Any] = {
        "name": "x",
        "model": "acme/echo",
        "version": release["version"],
        "min_instances": 0,
        "max_instances": 1,
    }
    body |= {"hardware": "cpu"} | change
    assert [row["field"] for row in problem_of(client.post("/deployments", json=body), 422)["invalid_fields"]] == [
        field
    ]
    if field != "name":
        problem_of(client.patch("/deployments/acme/prod", json=change), 422)
        assert body_of(client.get("/deployments/acme/prod"))["current_release"] == release


def test_there_are_no_fewer_instances_at_most_than_at_least(client: httpx.Client) -> None:
    """Neither in a new deployment nor by a change of one of the two; then nothing is changed."""
    made = deploy(client, min_instances=2, max_instances=3)
    release = made["current_release"]
    body = release["configuration"] | {"name": "new", "model": "acme/echo", "version": release["version"]}
    refusals = [client.post("/deployments", json=body | {"min_instances": 4})]
    for change in ({"min_instances": 4}, {"max_instances": 1}):
        refusals.append(client.patch("/deployments/acme/prod", json=change))
    for refusal in refusals:
        assert [row["field"] for row in problem_of(refusal, 422)["invalid_fields"]] == ["min_instances"]
    assert body_of(client.get("/deployments")) == {"next": None, "previous": None, "results": [made]}


def test_only_versions_of_its_model_can_be_deployed(mock: MockTransport, client: httpx.Client) -> None:
    """And a name only once."""
    mock.model("acme/other", version="e" * 64)(lambda: None)
    body = deploy(client)
    assert problem_of(client.post("/deployments", json=flat(body)), 409)["detail"].endswith("acme/prod already")
    for response in (
        client.patch("/deployments/acme/prod", json={"version": "e" * 64}),
        client.post("/deployments", json=flat(body) | {"name": "new", "version": "e" * 64}),
    ):
        assert problem_of(response, 422)["title"] == "Invalid version or not permitted"
    problem_of(client.post("/deployments", json=flat(body) | {"name": "new", "model": "acme/nope"}), 404)


def flat(body: dict[str, Any]) -> dict[str, Any]:
    release: dict[str, Any] = body["current_release"]
    configuration: dict[str, Any] = release["configuration"]
    return {"name": body["name"], "model": release["model"], "version": release["version"]} | configuration


def test_with_no_instances_predictions_wait(mock: MockTransport, client: httpx.Client) -> None:
    """For as long as it takes; when it is scaled up, they begin at once, first come, first served."""
    deploy(client)
    update(client, max_instances=0)
    first, second = run(client), run(client)
    mock.clock.sleep(100_000)
    assert get(client, first)["status"] == get(client, second)["status"] == "starting"
    update(client, max_instances=1)
    assert get(client, first)["status"] == "processing"
    assert get(client, second)["status"] == "starting"
    mock.clock.sleep(8)
    assert get(client, first)["metrics"] == {"predict_time": 8.0, "total_time": 100_008.0}
    assert get(client, second)["status"] == "processing"


def test_a_member_that_is_unknown_is_passed_over(client: httpx.Client) -> None:
    """As the description of the API allows."""
    deploy(client)
    assert update(client, nonsense=1, max_instances=3)["configuration"]["max_instances"] == 3


def test_who_is_canceled_makes_room_in_its_deployment(mock: MockTransport, client: httpx.Client) -> None:
    """The next one begins at once, on the instance of the deployment."""
    deploy(client)
    first, second = run(client), run(client)
    mock.clock.sleep(3)
    assert get(client, second)["status"] == "starting"
    client.post(first["urls"]["cancel"]).raise_for_status()
    assert get(client, second)["status"] == "processing"


def test_what_runs_goes_on_when_it_is_scaled_down(mock: MockTransport, client: httpx.Client) -> None:
    """What has ended stays as it was; what waits, waits on."""
    deploy(client, max_instances=2)
    ended = run(client)
    mock.clock.sleep(60)
    seen = get(client, ended)
    running = [run(client), run(client)]
    waiting = run(client)
    mock.clock.sleep(3)
    update(client, max_instances=0)
    assert get(client, ended) == seen
    assert [get(client, prediction)["status"] for prediction in running] == ["processing"] * 2
    mock.clock.sleep(60)
    assert [get(client, prediction)["status"] for prediction in running] == ["succeeded"] * 2
    assert get(client, waiting)["status"] == "starting"


def test_one_instance_less_serves_one_prediction_less(mock: MockTransport, client: httpx.Client) -> None:
    """The first that has done is gone: the line waits for the other."""
    deploy(client, max_instances=2)
    line = [run(client)]
    mock.clock.sleep(4)
    line += [run(client), run(client)]
    mock.clock.sleep(4)
    update(client, max_instances=1)
    mock.clock.sleep(2)
    assert [get(client, each)["status"] for each in line] == ["succeeded", "processing", "starting"]
    mock.clock.sleep(4)
    assert [get(client, each)["status"] for each in line] == ["succeeded", "succeeded", "processing"]


def test_more_instances_serve_the_line_at_once(mock: MockTransport, client: httpx.Client) -> None:
    """Each takes the next one."""
    deploy(client)
    line = [run(client) for _ in range(4)]
    mock.clock.sleep(5)
    assert [get(client, each)["status"] for each in line] == ["processing", *["starting"] * 3]
    update(client, max_instances=3)
    assert [get(client, each)["status"] for each in line] == [*["processing"] * 3, "starting"]


def test_instances_that_are_always_up_need_not_boot(mock: MockTransport, client: httpx.Client) -> None:
    """The others boot as long as the model's do."""

    @mock.model("acme/echo", starting=1, processing=10, boot=30)
    def echo(prompt: str) -> str:
        return prompt

    deploy(client, min_instances=1, max_instances=2)
    first, second = run(client), run(client)
    mock.clock.sleep(1)
    assert [get(client, each)["status"] for each in (first, second)] == ["processing", "starting"]
    mock.clock.sleep(10)  # the first has done before another is up
    assert [get(client, each)["status"] for each in (first, second)] == ["succeeded", "processing"]


def test_instances_boot_as_long_as_what_they_run(mock: MockTransport, client: httpx.Client) -> None:
    """Another release may take longer."""
    deploy(client)
    mock.model("acme/echo", version="f" * 64, starting=0, processing=1, boot=30)(lambda: "x")
    update(client, version="f" * 64)
    created = body_of(client.post("/deployments/acme/prod/predictions", json={"input": {}}))
    mock.clock.sleep(31)
    assert get(client, created)["metrics"] == {"predict_time": 1.0, "total_time": 31.0}


def test_a_release_can_change_how_instances_boot(mock: MockTransport, client: httpx.Client) -> None:
    """By how many are always up, and by its version."""
    mock.model("acme/echo", starting=1, processing=1, boot=30)(same)
    deploy(client, max_instances=2)
    update(client, min_instances=1)
    first, second = run(client), run(client)
    mock.clock.sleep(2)
    assert [get(client, each)["status"] for each in (first, second)] == ["succeeded", "processing"]

    mock.model("acme/echo", starting=1, processing=1, boot=5)(same)
    latest = body_of(client.get("/models/acme/echo"))["latest_version"]["id"]
    mock.clock.sleep(1000)
    update(client, min_instances=0, version=latest)
    third = run(client)
    mock.clock.sleep(6)
    assert get(client, third)["status"] == "processing"


def test_an_idle_deployment_can_be_deleted(mock: MockTransport, client: httpx.Client) -> None:
    """Fifteen minutes after the end of its last prediction, and with no instance that is always up."""
    deploy(client, min_instances=1)
    run(client)
    mock.clock.sleep(10 + QUARTER_OF_AN_HOUR)
    why = "cannot be deleted: it must be offline (min_instances 0), and not used for 15 minutes"
    assert why in problem_of(client.delete("/deployments/acme/prod"), 400)["detail"]
    update(client, min_instances=0)
    run(client)
    mock.clock.sleep(10 + QUARTER_OF_AN_HOUR - 1)
    assert why in problem_of(client.delete("/deployments/acme/prod"), 400)["detail"]
    mock.clock.sleep(1)
    response = client.delete("/deployments/acme/prod")
    assert (response.status_code, response.content) == (204, b"")
    problem_of(client.get("/deployments/acme/prod"), 404)
    problem_of(client.delete("/deployments/acme/prod"), 404)
    assert body_of(client.get("/deployments"))["results"] == []
    assert len(mock.predictions) == 2


def test_a_deployment_that_predictions_wait_for_is_in_use(mock: MockTransport, client: httpx.Client) -> None:
    """However long ago they were created; once they are canceled, it is not."""
    deploy(client, max_instances=0)
    waiting = run(client)
    mock.clock.sleep(10 * QUARTER_OF_AN_HOUR)
    problem_of(client.delete("/deployments/acme/prod"), 400)
    client.post(waiting["urls"]["cancel"]).raise_for_status()
    mock.clock.sleep(QUARTER_OF_AN_HOUR)
    assert client.delete("/deployments/acme/prod").status_code == 204


def test_a_deployment_that_was_never_used_can_be_deleted_at_once(client: httpx.Client) -> None:
    """And made again."""
    deploy(client)
    assert client.delete("/deployments/acme/prod").status_code == 204
    assert deploy(client)["current_release"]["number"] == 1
