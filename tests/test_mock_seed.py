"""The preset with the answers of the Elixir client's mock, asked by plain HTTP."""

from __future__ import annotations

import httpx
import pytest
from elixir import CURSOR, HARDWARE, MODEL, NEXT, S27, V1, V2, WOMBAT, S, prediction
from mocking import client_of, problem_of, seeded_service

from replicate_typed import (
    Client,
    InternalServerError,
    NotFoundError,
    UndecodableResponseError,
    UnprocessableEntityError,
)
from replicate_typed.transports.mock import MockTransport
from replicate_typed.transports.mock.registry import Registry

mock = pytest.fixture(seeded_service)
http = pytest.fixture(client_of)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/predictions", {"results": [prediction("starting"), prediction("starting", "1235")]}),
        ("/predictions/1234", prediction("succeeded")),
        ("/models", {"next": NEXT, "previous": None, "results": [MODEL] * 25}),
        ("/models/replicate/hello-world", MODEL),
        ("/models/stability-ai/stable-diffusion", MODEL),
        ("/models/replicate/hello-world/versions", {"results": [V1, V2]}),
        ("/models/stability-ai/stable-diffusion/versions", {"results": [V1, V2]}),
        ("/models/replicate/hello-world/versions/v2", V2),
        (f"/models/replicate/hello-world/versions/{S27}", V1),
        (f"/models/replicate/hello-world/versions/{S}", V2),
        ("/hardware", HARDWARE),
    ],
)
def test_what_can_be_read(http: httpx.Client, path: str, body: object) -> None:
    """The fixtures of the mock there, member by member; reading has no limit."""
    response = http.get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.json() == body
    assert "ratelimit-remaining" not in response.headers


@pytest.mark.parametrize("path", ["/predictions/not_a_real_id", "/models/cbh123/babadook-diffusion"])
def test_what_is_known_not_to_be_there(http: httpx.Client, path: str) -> None:
    """The two that the mock there knows not to exist."""
    assert problem_of(http.get(path), 404)["detail"] == "Not found"


@pytest.mark.parametrize(
    "path",
    [
        "/predictions/1235",
        "/models/acme/echo",
        f"/models/stability-ai/stable-diffusion/versions/{S}",
        "/models/replicate/hello-world/versions/v1",
        "/account",
        f"/trainings?cursor={CURSOR}",
        "/predictions?created_after=2025-01-01T00:00:00Z",
        "/never/heard/of",
    ],
)
def test_any_other_path_cannot_be_read(http: httpx.Client, path: str) -> None:
    """A query makes another path; the error names it as the client sent it."""
    request = http.build_request("GET", path)
    sent = request.url.raw_path.decode()
    assert problem_of(http.send(request), 404)["detail"] == f"Unexpected path in the mock client: {sent}"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/predictions", {"version": S, "input": {}}),
        ("/predictions", {"version": None}),
        ("/models/replicate/hello-world/predictions", {"input": {"prompt": WOMBAT}}),
        ("/models/stability-ai/stable-diffusion-3/predictions", None),
        ("/deployments/test/model/predictions", ["not", "an", "object"]),
    ],
)
def test_whatever_is_created_is_the_same_prediction(http: httpx.Client, path: str, body: object) -> None:
    """Whatever the body, which is not checked."""
    response = http.post(path) if body is None else http.post(path, json=body)
    assert (response.status_code, response.json()) == (201, prediction("starting"))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"input":{"version":"1"}}'])
def test_a_version_is_required_where_one_belongs(http: httpx.Client, content: bytes) -> None:
    """Also of a body that is not JSON, or not an object."""
    assert problem_of(http.post("/predictions", content=content), 422)["detail"] == "Version is required"


@pytest.mark.parametrize("path", ["/predictions/1234/cancel", "/predictions/1235/cancel", "/trainings/any/cancel"])
def test_whatever_is_canceled_is_the_same_prediction(http: httpx.Client, path: str) -> None:
    """Whatever id was asked for."""
    response = http.post(path)
    assert (response.status_code, response.json()) == (200, prediction("canceled"))


def test_a_model_that_is_made_is_what_was_sent(http: httpx.Client) -> None:
    """With the two members that a Model has, and a request to make one has not."""
    sent = {"owner": "acme", "name": "echo", "visibility": "public", "hardware": "cpu", "paper_url": None}
    response = http.post("/models", json=sent)
    assert (response.status_code, response.json()) == (
        201,
        sent | {"url": "https://replicate.com/acme/echo", "run_count": 0},
    )
    assert http.post("/models", json=MODEL).json() == MODEL
    assert http.post("/models", content=b"no JSON").content == b"no JSON"


def test_requests_that_fail(http: httpx.Client) -> None:
    """FAIL stands for `:fail`; other methods there are none."""
    assert problem_of(http.request("FAIL", "/predictions"), 500)["detail"] == "Failed"
    assert problem_of(http.delete("/models/acme/echo"), 405)["detail"] == "Unexpected method in the mock client: DELETE"


def test_it_is_a_mock_transport_that_changes_in_nothing_but_its_requests(
    mock: MockTransport, http: httpx.Client
) -> None:
    """No state, not even after a cancellation or much time; what was asked is listed."""
    before = http.get("/predictions/1234").json()
    http.post("/predictions/1234/cancel")
    mock.clock.sleep(100_000)
    assert http.get("/predictions/1234").json() == before
    assert mock.predictions == []
    assert [(request.method, request.path) for request in mock.requests] == [
        ("GET", "/predictions/1234"),
        ("POST", "/predictions/1234/cancel"),
        ("GET", "/predictions/1234"),
    ]


def test_there_is_no_rate_limit(http: httpx.Client) -> None:
    """A suite may make any number of requests while time stands still."""
    statuses = {http.post("/predictions", json={"version": S}).status_code for _ in range(700)}
    assert statuses == {201}


@pytest.mark.parametrize("method", [name for name in vars(Registry) if not name.startswith("_") and name != "log"])
def test_nothing_can_be_registered_with_it(mock: MockTransport, method: str) -> None:
    """It would never be asked, so it says so, whatever it is."""
    with pytest.raises(TypeError, match="fixed"):
        getattr(mock, method)("acme/echo")


def test_faults_happen_to_it(mock: MockTransport, http: httpx.Client) -> None:
    """As to any MockTransport, by the operation's id."""
    mock.fail("predictions.get", status=503)
    assert [http.get("/predictions/1234").status_code for _ in range(2)] == [503, 200]


def test_addresses_of_its_paths_do_not_depend_on_the_base_url(mock: MockTransport) -> None:
    """A client of another base URL gets the same answers, with the same addresses in them."""
    with Client(transport=mock, base_url="https://proxy.example/replicate") as client:
        assert client.predictions.get("1234").urls.get == "https://api.replicate.com/v1/predictions/1234"
        with pytest.raises(NotFoundError) as raised:
            client.account.get()
    assert raised.value.detail == "Unexpected path in the mock client: /v1/account"


def test_full_pagination_of_the_models_ends_with_an_error(mock: MockTransport) -> None:
    """All of the first page comes, then the second one is refused: it is of trainings, and nobody can read it."""
    ours = Client(transport=mock)
    models = ours.paginate(ours.models.list)
    assert [next(models).name for _ in range(25)] == ["hello-world"] * 25
    with pytest.raises(UndecodableResponseError, match="of another list"):
        next(models)
    assert [request.path for request in mock.requests] == ["/models"]
    with pytest.raises(NotFoundError) as raised:
        ours.request("GET", f"/trainings?cursor={CURSOR}")
    assert raised.value.detail == f"Unexpected path in the mock client: /v1/trainings?cursor={CURSOR}"


def test_errors_have_the_words_of_the_elixir_client(mock: MockTransport) -> None:
    """Each is asked for once: none of them is worth asking again."""
    ours = Client(transport=mock)
    with pytest.raises(NotFoundError) as missing:
        ours.predictions.get("not_a_real_id")
    with pytest.raises(NotFoundError) as no_model:
        ours.models.get("cbh123/babadook-diffusion")
    with pytest.raises(UnprocessableEntityError) as no_version:
        ours.request("POST", "/predictions", {"input": {"prompt": WOMBAT}})
    with pytest.raises(InternalServerError) as failed:
        ours.request("FAIL", "/predictions", {})
    raised = [missing, no_model, no_version, failed]
    assert [one.value.detail for one in raised] == ["Not found", "Not found", "Version is required", "Failed"]
    assert len(mock.requests) == 4
