"""The mock service's collections, examples and searches."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


def names(models: list[dict[str, Any]]) -> list[str]:
    return [model["name"] for model in models]


def found(client: httpx.Client, query: str, **params: Any) -> dict[str, Any]:
    return body_of(client.get("/search", params={"query": query, **params}).raise_for_status())


def test_a_collection_has_its_models_in_full(mock: MockTransport, client: httpx.Client) -> None:
    """In the order they were put in; those that are deleted are left out."""
    mock.model("acme/other")(lambda: None)
    body = {"owner": "acme", "name": "empty", "visibility": "private", "hardware": "cpu"}
    client.post("/models", json=body)
    mock.collection(
        "text-to-text", models=["acme/other", "acme/empty", "acme/echo"], name="Text!", description="They talk"
    )
    models = [body_of(client.get(f"/models/acme/{name}")) for name in ("other", "empty", "echo")]
    expected = {"name": "Text!", "slug": "text-to-text", "description": "They talk", "full_description": None}
    assert body_of(client.get("/collections/text-to-text")) == expected | {"models": models}
    client.delete("/models/acme/empty")
    assert names(body_of(client.get("/collections/text-to-text"))["models"]) == ["other", "echo"]


def test_collections_are_listed_without_their_models() -> None:
    """In pages, in order of their making; the heading is made of the slug."""
    client = httpx.Client(transport=(mock := MockTransport(page_size=2)), base_url=BASE)
    for slug in ("text-to-image", "b", "a1-b2"):
        mock.collection(slug, models=[])
    page = body_of(client.get("/collections"))
    assert page["results"] == [
        {"name": "Text to image", "slug": "text-to-image", "description": ""},
        {"name": "B", "slug": "b", "description": ""},
    ]
    assert [item["slug"] for item in body_of(client.get(page["next"]))["results"]] == ["a1-b2"]


def test_an_unknown_collection_is_named(mock: MockTransport, client: httpx.Client) -> None:
    """With those that are like it."""
    mock.collection("text-to-image", models=["acme/echo"])
    problem = problem_of(client.get("/collections/text-to-images"), 404)
    assert problem["detail"] == "The collection text-to-images does not exist; did you mean text-to-image?"


@pytest.mark.parametrize("slug", ["", "Text", "a b", "a_b", "-a", "a--b", "a/b", "é"])
def test_what_a_collection_is_made_of_is_checked(mock: MockTransport, slug: str) -> None:
    """Its slug, its models, and that it is new."""
    with pytest.raises(ValueError, match="slug is in lower case"):
        mock.collection(slug, models=[])
    with pytest.raises(ValueError, match="no model acme/ecko; register it first; did you mean acme/echo"):
        mock.collection("new", models=["acme/ecko"])
    mock.collection("new", models=[])
    with pytest.raises(ValueError, match="a collection new already"):
        mock.collection("new", models=[])


def test_an_example_is_a_finished_prediction(mock: MockTransport, client: httpx.Client) -> None:
    """Its model shows it, the first one as its default; the account's predictions have it not."""
    mock.example("acme/echo", {"prompt": "one"})
    mock.example("acme/echo", {"prompt": "two", "times": 2})
    assert names([body_of(client.get("/models/acme/echo"))]) == ["echo"]
    model = body_of(client.get("/models/acme/echo"))
    second, first = body_of(client.get("/models/acme/echo/examples"))["results"]
    assert model["default_example"] == first
    assert model["run_count"] == 0
    assert (first["input"], first["output"]) == ({"prompt": "one"}, ["one"])
    assert (second["input"], second["output"]) == ({"prompt": "two", "times": 2}, ["two", "two"])
    assert first["logs"] == "one one\ntwo one\nthree one\n"
    assert (first["status"], first["source"], first["model"]) == ("succeeded", "web", "acme/echo")
    assert first["metrics"] == {"predict_time": 8.0, "total_time": 10.0}
    assert first["completed_at"] == "2025-01-01T00:00:00Z"
    assert mock.predictions == body_of(client.get("/predictions"))["results"] == []
    assert body_of(client.get(first["urls"]["get"]))["output"] == ["one"]


def test_examples_are_kept(mock: MockTransport, client: httpx.Client) -> None:
    """With their data, and their files."""
    mock.model("acme/painter")(lambda: b"picture")
    mock.example("acme/painter", {})
    mock.clock.sleep(1_000_000)
    [example] = body_of(client.get("/models/acme/painter/examples"))["results"]
    assert example["data_removed"] is False
    assert client.get(example["output"]).content == b"picture"


def test_an_example_can_have_a_given_output(mock: MockTransport, client: httpx.Client) -> None:
    """The reply that the next prediction has, which it still has then."""
    mock.reply("acme/oracle", "yes", times=1)
    mock.example("acme/oracle", {"question": "?"})
    assert body_of(client.get("/models/acme/oracle"))["default_example"]["output"] == "yes"
    created = create(client, "acme/oracle")
    mock.clock.sleep(10)
    assert body_of(client.get(created["urls"]["get"]))["output"] == "yes"


def test_an_example_that_cannot_be_made_is_an_error(mock: MockTransport, client: httpx.Client) -> None:
    """It says why, and the model has no example."""
    with pytest.raises(ValueError, match="the input of the example does not fit acme/echo: prompt is required"):
        mock.example("acme/echo", {})
    with pytest.raises(ValueError, match="no model acme/ecko"):
        mock.example("acme/ecko", {})
    mock.model("acme/divider")(lambda: 1 // 0)
    with pytest.raises(ValueError, match="the example of acme/divider failed: integer division"):
        mock.example("acme/divider", {})
    assert body_of(client.get("/models/acme/divider/examples"))["results"] == []
    client.post("/models", json={"owner": "acme", "name": "empty", "visibility": "public", "hardware": "cpu"})
    with pytest.raises(ValueError, match="acme/empty has no version"):
        mock.example("acme/empty", {})


def test_a_search_ranks_models(mock: MockTransport, client: httpx.Client) -> None:
    """By the words in their names and descriptions; private models are not found."""
    mock.model("acme/cat-painter", description="Paints cats")(lambda: None)
    mock.model("acme/painter", description="Paints anything, cats too")(lambda: None)
    mock.model("acme/dogs", description="Painter of dogs")(lambda: None)
    mock.model("acme/cat-secret", visibility="private")(lambda: None)
    results = found(client, "Cat painter!")
    assert results["query"] == "Cat painter!"
    assert [(found["model"]["name"], found["metadata"]["score"]) for found in results["models"]] == [
        ("cat-painter", 1.0),
        ("painter", 0.75),
        ("dogs", 0.25),
    ]
    assert results["models"][0]["model"] == body_of(client.get("/models/acme/cat-painter"))
    assert results["models"][0]["metadata"] == {"generated_description": None, "tags": [], "score": 1.0}
    nothing = found(client, "zebra")
    assert nothing == {"query": "zebra", "models": [], "collections": [], "pages": []}
    assert found(client, "")["models"] == []


def test_of_equal_models_the_most_run_comes_first(mock: MockTransport, client: httpx.Client) -> None:
    """And of those, the oldest."""
    for name in ("acme/cat-1", "acme/cat-2", "acme/cat-3"):
        mock.model(name)(lambda: None)
    create(client, "acme/cat-3")
    assert names([result["model"] for result in found(client, "cat")["models"]]) == ["cat-3", "cat-1", "cat-2"]


def test_a_search_finds_collections_and_pages(mock: MockTransport, client: httpx.Client) -> None:
    """By their titles; a page has a path without a host."""
    mock.collection("speak", models=["acme/echo"], description="Stream speech")
    mock.collection("other", models=[])
    results = found(client, "streaming speech")
    assert results["collections"] == [
        {"name": "Speak", "slug": "speak", "description": "Stream speech", "models": ["acme/echo"]}
    ]
    assert results["pages"] == [{"name": "Streaming output", "href": "/docs/topics/predictions/streaming"}]


def test_a_search_has_a_limit(mock: MockTransport, client: httpx.Client) -> None:
    """Of models only: twenty, or what is asked for."""
    for n in range(60):
        mock.model(f"acme/cat-{n}")(lambda: None)
        mock.collection(f"cat-{n}", models=[])
    assert len(found(client, "cat")["models"]) == 20
    for limit in (1, 50):
        assert len(found(client, "cat", limit=limit)["models"]) == limit
    assert len(found(client, "cat", limit=1)["collections"]) == 60


@pytest.mark.parametrize(
    ("params", "detail"),
    [
        ({}, "query is required"),
        ({"query": "x", "limit": "0"}, "Must be greater than or equal to 1"),
        ({"query": "x", "limit": "-1"}, "Must be greater than or equal to 1"),
        ({"query": "x", "limit": "51"}, "Must be less than or equal to 50"),
        ({"query": "x", "limit": "many"}, "Invalid type. Expected: integer, given: string"),
        ({"query": "x", "limit": "1_0"}, "Invalid type. Expected: integer, given: string"),
        ({"query": "x", "limit": "٣"}, "Invalid type. Expected: integer, given: string"),
        ({"query": "x", "limit": ""}, "Invalid type. Expected: integer, given: string"),
        ({"query": "x", "limit": "9" * 5000}, "Invalid type. Expected: integer, given: string"),
    ],
)
def test_a_search_that_does_not_fit_is_a_bad_request(client: httpx.Client, params: dict[str, str], detail: str) -> None:
    """As plain JSON, not as a problem document."""
    response = client.get("/search", params=params)
    assert (response.status_code, response.headers["content-type"]) == (400, "application/json")
    assert response.json()["detail"] == detail


def test_models_can_be_asked_for_by_a_text(mock: MockTransport, client: httpx.Client) -> None:
    """With the method QUERY: one page of the best, and no next one."""
    for n in range(30):
        mock.model(f"acme/llama-{n}")(lambda: None)
    mock.model("acme/best-llama", description="The best")(lambda: None)
    response = client.request("QUERY", "/models", content=b"best llama", headers={"content-type": "text/plain"})
    page = body_of(response.raise_for_status())
    assert (page["next"], page["previous"], len(page["results"])) == (None, None, 25)
    assert page["results"][0] == body_of(client.get("/models/acme/best-llama"))
    assert mock.requests[0].operation == "models.search"
    assert body_of(client.request("QUERY", "/models", content=b"\xff zebra"))["results"] == []
