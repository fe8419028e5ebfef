"""What the mock service lets change of models and versions, and under which conditions."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, get, problem_of

from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.handlers import models as handlers

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)
MINE = {"owner": "acme", "name": "mine", "visibility": "private", "hardware": "gpu-t4"}


def version_of(client: httpx.Client, name: str) -> str:
    id: str = body_of(client.get(f"/models/{name}"))["latest_version"]["id"]
    return id


def rows(response: httpx.Response) -> list[tuple[str, str]]:
    return [(row["type"], row["field"]) for row in problem_of(response, 422)["invalid_fields"]]


def test_a_model_is_created_without_versions(mock: MockTransport, client: httpx.Client) -> None:
    """It has what was said of it, and is there from then on."""
    mock.clock.sleep(1)
    texts = {"description": "What it does", "github_url": "https://x/1", "paper_url": "https://x/2"}
    texts |= {"license_url": "https://x/3", "cover_image_url": "https://x/4"}
    response = client.post("/models", json=MINE | texts)
    assert response.status_code == 201
    model = body_of(response)
    expected: dict[str, Any] = texts | {
        "owner": "acme",
        "name": "mine",
        "visibility": "private",
        "latest_version": None,
    }
    expected |= {"is_official": False, "run_count": 0, "default_example": None, "weights_url": None}
    expected |= {"created_at": "2025-01-01T00:00:01Z", "url": "https://replicate.com/acme/mine"}
    assert model == expected
    assert body_of(client.get("/models/acme/mine")) == model
    assert body_of(client.get("/models/acme/mine/versions"))["results"] == []


@pytest.mark.parametrize(
    "change", [{"name": "a b"}, {"name": "a/b"}, {"name": ""}, {"name": "ä"}, {"hardware": "abacus"}]
)
def test_a_model_that_cannot_be_is_refused(client: httpx.Client, change: dict[str, str]) -> None:
    """Field by field."""
    [row] = rows(client.post("/models", json=MINE | change))
    assert row[1] in change
    assert rows(client.post("/models", json={})) == [("required", "")] * 4
    assert rows(client.post("/models", json=MINE | {"visibility": "secret"})) == [("enum", "visibility")]


def test_a_model_is_created_for_the_account_alone_and_once(client: httpx.Client) -> None:
    """Another owner is forbidden, a second one of the same name is in conflict with the first."""
    detail = problem_of(client.post("/models", json=MINE | {"owner": "other"}), 403)["detail"]
    assert detail == "Models can be created for acme only, not for other"
    client.post("/models", json=MINE).raise_for_status()
    assert problem_of(client.post("/models", json=MINE), 409)["detail"] == "There is a model acme/mine already"


def test_an_account_has_a_thousand_models_at_most(
    mock: MockTransport, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of others do not count."""
    assert handlers.MOST_MODELS == 1000
    monkeypatch.setattr(handlers, "MOST_MODELS", 2)
    mock.model("other/one")(lambda: None)
    client.post("/models", json=MINE).raise_for_status()
    problem_of(client.post("/models", json=MINE | {"name": "more"}), 403)


def test_a_models_texts_can_be_changed(client: httpx.Client) -> None:
    """Those that are given; its name, its visibility and its hardware stay."""
    created = body_of(client.post("/models", json=MINE | {"description": "Old"}))
    changes = {"github_url": "https://x/1", "weights_url": "https://x/2", "readme": "# Mine"}
    others = {"name": "other", "visibility": "public", "owner": "other", "run_count": 7}
    changed = body_of(client.patch("/models/acme/mine", json=changes | others))
    assert changed == created | {"github_url": "https://x/1", "weights_url": "https://x/2"}
    assert body_of(client.patch("/models/acme/mine", json={"description": "New"})) == changed | {"description": "New"}
    assert body_of(client.get("/models/acme/mine"))["description"] == "New"
    assert rows(client.patch("/models/acme/mine", json={"description": 1})) == [("invalid_type", "description")]


def test_a_model_of_another_cannot_be_changed(mock: MockTransport, client: httpx.Client) -> None:
    """Nor deleted, nor its versions."""
    mock.model("other/model", visibility="private")(lambda: None)
    for method, path in (("PATCH", ""), ("DELETE", ""), ("DELETE", "/versions/" + version_of(client, "other/model"))):
        problem = problem_of(client.request(method, f"/models/other/model{path}", json={}), 403)
        assert problem["detail"] == "The model other/model is not yours: the token is of acme"


def test_a_readme_is_a_text(client: httpx.Client) -> None:
    """Markdown; 404 while there is none."""
    detail = problem_of(client.get("/models/acme/echo/readme"), 404)["detail"]
    assert detail == "A README of acme/echo does not exist"
    client.patch("/models/acme/echo", json={"readme": "# Écho\n"}).raise_for_status()
    response = client.get("/models/acme/echo/readme")
    assert (response.text, response.headers["content-type"]) == ("# Écho\n", "text/plain; charset=utf-8")


def test_a_private_model_without_versions_can_be_deleted(mock: MockTransport, client: httpx.Client) -> None:
    """A public one cannot, nor one that has versions; the answer says why."""
    client.post("/models", json=MINE).raise_for_status()
    response = client.delete("/models/acme/mine")
    assert (response.status_code, response.content) == (204, b"")
    problem_of(client.get("/models/acme/mine"), 404)
    problem_of(client.delete("/models/acme/mine"), 404)
    assert "acme/echo is public" in problem_of(client.delete("/models/acme/echo"), 400)["detail"]
    mock.model("acme/secret", visibility="private")(lambda: None)
    assert "acme/secret has versions" in problem_of(client.delete("/models/acme/secret"), 400)["detail"]


def test_a_deleted_version_is_gone_after_two_minutes(mock: MockTransport, client: httpx.Client) -> None:
    """With its predictions, their files, and its examples; to ask for it again does no harm."""

    @mock.model("acme/secret", visibility="private")
    def secret() -> dict[str, Any]:
        return {"file": b"secret"}

    mock.example("acme/secret", {})
    version = version_of(client, "acme/secret")
    created = create(client, "acme/secret")
    other = create(client, prompt="x")
    mock.clock.sleep(10)
    url = get(client, created)["output"]["file"]
    for _ in range(2):
        response = client.delete(f"/models/acme/secret/versions/{version}")
        assert (response.status_code, response.content) == (202, b"")
        mock.clock.sleep(59.9999995)
        assert client.get(f"/models/acme/secret/versions/{version}").status_code == 200
        assert client.get(url).content == b"secret"
    mock.clock.sleep(0.000001)
    assert [prediction["id"] for prediction in mock.predictions] == [other["id"]]
    for path in (f"/models/acme/secret/versions/{version}", created["urls"]["get"], url):
        problem_of(client.get(path), 404)
    problem_of(client.delete(f"/models/acme/secret/versions/{version}"), 404)
    problem_of(client.post("/predictions", json={"version": version, "input": {}}), 422)
    assert body_of(client.get("/models/acme/secret/examples"))["results"] == []
    model = body_of(client.get("/models/acme/secret"))
    assert (model["latest_version"], model["default_example"]) == (None, None)
    assert [item["id"] for item in body_of(client.get("/predictions"))["results"]] == [other["id"]]
    assert client.delete("/models/acme/secret").status_code == 204


def test_a_version_is_never_made_twice(mock: MockTransport, client: httpx.Client) -> None:
    """After a deletion, the next one has an id of its own."""
    for _ in range(2):
        mock.model("acme/secret", visibility="private")(lambda: None)
    first, second = (version["id"] for version in body_of(client.get("/models/acme/secret/versions"))["results"])
    for deleted in (second, first):
        client.delete(f"/models/acme/secret/versions/{deleted}")
    mock.clock.sleep(120)
    assert body_of(client.get("/models/acme/secret"))["latest_version"] is None
    for _ in range(2):
        mock.model("acme/secret", visibility="private")(lambda: None)
        assert version_of(client, "acme/secret") not in (first, second)


def test_a_version_in_use_cannot_be_deleted(mock: MockTransport, client: httpx.Client) -> None:
    """All that speaks against it is told."""
    mock.model("acme/secret", visibility="private")(lambda: None)
    mock.training("acme/secret")(lambda: None)
    version = version_of(client, "acme/secret")
    mock.deployment("acme/prod", model="acme/secret")
    client.post(
        f"/models/acme/secret/versions/{version}/trainings", json={"destination": "acme/echo", "input": {}}
    ).raise_for_status()
    detail = problem_of(client.delete(f"/models/acme/secret/versions/{version}"), 400)["detail"]
    reasons = "a training started from it, the deployment acme/prod uses it"
    assert detail == f"The version {version} of acme/secret cannot be deleted: {reasons}"
    public = version_of(client, "acme/echo")
    detail = problem_of(client.delete(f"/models/acme/echo/versions/{public}"), 400)["detail"]
    assert detail.endswith("cannot be deleted: acme/echo is public")


def test_a_version_that_is_about_to_go_cannot_be_deployed(mock: MockTransport, client: httpx.Client) -> None:
    """Else the deployment would be left with nothing to run."""
    mock.model("acme/secret", visibility="private")(lambda: None)
    version = version_of(client, "acme/secret")
    client.delete(f"/models/acme/secret/versions/{version}").raise_for_status()
    body: dict[str, Any] = {"name": "prod", "model": "acme/secret", "version": version, "hardware": "cpu"}
    body |= {"min_instances": 0, "max_instances": 1}
    assert problem_of(client.post("/deployments", json=body), 422)["title"] == "Invalid version or not permitted"


def test_an_account_owns_what_it_makes() -> None:
    """Whatever its name."""
    mock = MockTransport(account="wonka")
    client = httpx.Client(transport=mock, base_url=BASE)
    assert client.post("/models", json=MINE | {"owner": "wonka"}).status_code == 201
    assert problem_of(client.post("/models", json=MINE), 403)["detail"].startswith("Models can be created for wonka")
    assert body_of(client.get("/account"))["username"] == "wonka"
