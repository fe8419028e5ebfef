"""The mock service's models, versions and deployments: how they are registered, and what they are called."""

from __future__ import annotations

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


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


def test_a_new_version_leaves_the_model_as_it_is(mock: MockTransport, client: httpx.Client) -> None:
    """But for what is told with it."""
    mock.model("acme/plain", official=False, visibility="private", description="Plain")(lambda: None)
    mock.model("acme/plain", description="Plainer")(lambda: None)
    model = body_of(client.get("/models/acme/plain"))
    assert (model["is_official"], model["visibility"], model["description"]) == (False, "private", "Plainer")
    mock.model("acme/plain", official=True, visibility="public")(lambda: None)
    model = body_of(client.get("/models/acme/plain"))
    assert (model["is_official"], model["visibility"], model["description"]) == (True, "public", "Plainer")


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


@pytest.mark.parametrize(
    "name", ["acme", "acme/", "/echo", "acme/echo:1", "a/b/c", "acme/ec ho", "acme/écho", "acme/echó", ""]
)
def test_a_name_is_checked_at_once(mock: MockTransport, name: str) -> None:
    """Of models and deployments."""
    with pytest.raises(ValueError, match="a name is 'owner/name'"):
        mock.model(name)
    with pytest.raises(ValueError, match="a name is 'owner/name'"):
        mock.deployment(name, model="acme/echo")


@pytest.mark.parametrize("id", ["", "acme/echo", "a:b", "a b", "1.0\n"])
def test_a_version_has_an_id_that_requests_can_name(mock: MockTransport, id: str) -> None:
    """It stands in paths, and behind the colon of `owner/name:id`."""
    with pytest.raises(ValueError, match="a version's id is"):
        mock.model("acme/echo", version=id)


@pytest.mark.parametrize("account", ["", "acme/echo", "a b", "écho"])
def test_an_account_has_the_name_of_an_owner(account: str) -> None:
    """Else nothing that it makes could be asked for."""
    with pytest.raises(ValueError, match="an account is the owner"):
        MockTransport(account=account)


def test_where_there_is_nothing_nothing_is_suggested() -> None:
    """The sentence ends before it."""
    client = httpx.Client(transport=MockTransport(), base_url=BASE)
    assert body_of(client.get("/models/acme/echo"))["detail"] == "The model acme/echo does not exist"


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
    assert "acme/two" not in mock.models
    with pytest.raises(ValueError, match="no model acme/nope; register it first; did you mean acme/one"):
        mock.deployment("acme/prod", model="acme/nope")
    mock.deployment("acme/prod", model="acme/one")
    with pytest.raises(ValueError, match="a deployment acme/prod already"):
        mock.deployment("acme/prod", model="acme/one")
    with pytest.raises(ValueError, match="no hardware 'gpu-t5'; did you mean gpu-t4"):
        mock.deployment("acme/other", model="acme/one", hardware="gpu-t5")
    with pytest.raises(ValueError, match="from 3 to 2 instances"):
        mock.deployment("acme/other", model="acme/one", min_instances=3, max_instances=2)
    with pytest.raises(ValueError, match="from -1 to 2 instances"):
        mock.deployment("acme/other", model="acme/one", min_instances=-1, max_instances=2)
    mock.deployment("acme/other", model="acme/one", min_instances=2, max_instances=2)
    with pytest.raises(ValueError, match="no visibility 'secret'; there is private, public"):
        mock.model("acme/two", visibility="secret")
    with pytest.raises(ValueError, match="at least one instance, not 0"):
        mock.model("acme/two", instances=0)
    with pytest.raises(ValueError, match="at least one item"):
        MockTransport(page_size=0)


def test_the_decorated_function_stays_as_it_is(mock: MockTransport) -> None:
    """It can be called as before."""

    def double(number: int) -> int:
        return 2 * number

    assert mock.model("acme/double")(double) is double
