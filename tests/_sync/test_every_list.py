# Made by scripts/unasync.py from tests/_async/test_every_list.py; do not edit.
"""Every list of the API, item by item over all its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from described import operations
from mocking import BASE, body_of
from whole_service import whole_service

from replicate_typed import Client, MockTransport

pytestmark = pytest.mark.anyio

API = "https://api.replicate.com/v1"
SIZE = 2
COUNT = 5
"""So many items make three pages."""


def full_service(page_size: int) -> MockTransport:
    """Five of each; the same ones whatever the size of pages, as the same seed gives the same ids."""
    mock = whole_service(page_size)
    http = httpx.Client(transport=mock, base_url=BASE)
    version = body_of(http.get("/models/acme/echo"))["latest_version"]["id"]
    http.post("/models", json={"owner": "acme", "name": "mine", "visibility": "private", "hardware": "cpu"})
    training = {"destination": "acme/mine", "input": {"steps": 1}}
    for number in range(COUNT):
        http.post("/files", files={"content": str(number).encode()}).raise_for_status()
        http.post("/predictions", json={"version": version, "input": {"prompt": str(number)}}).raise_for_status()
        http.post(f"/models/acme/echo/versions/{version}/trainings", json=training).raise_for_status()
        mock.clock.sleep(60)
    for number in range(COUNT - 1):  # one was there before
        mock.model(f"acme/echo-{number}")(lambda: None)
        mock.deployment(f"acme/prod-{number}", model="acme/echo")
        mock.collection(f"speech-{number}", models=["acme/echo"])
        mock.example("acme/echo", {"prompt": str(number)})
    for _ in range(COUNT):
        mock.model("acme/often")(lambda: None)
    return mock


def identity(item: Any) -> str:
    return str(getattr(item, "id", None) or getattr(item, "slug", None) or item.name)


def method(client: Any, id: str) -> Any:
    for name in id.split("."):
        client = getattr(client, name)
    return client


LISTS: dict[str, tuple[tuple[str, ...], int]] = {
    "collections.list": ((), COUNT),
    "deployments.list": ((), COUNT),
    "files.list": ((), COUNT),
    "models.list": ((), COUNT + 1),
    "models.examples.list": (("acme/echo",), COUNT),
    "models.versions.list": (("acme/often",), COUNT),
    "predictions.list": ((), COUNT),
    "trainings.list": ((), COUNT),
}


def test_no_list_is_left_out() -> None:
    """Every operation of openapi.yaml that answers with a page."""
    pages = {
        described.id
        for described in operations()
        for answer in described.answers.values()
        if any(str(each["schema"].get("$ref")).endswith("Page") for each in answer.get("content", {}).values())
    }
    assert LISTS.keys() == pages


@pytest.mark.parametrize("id", LISTS)
def test_every_item_of_every_page_comes_once(id: str) -> None:
    """In the order of the list, whose `next` is followed to its end (V19); no request is made for nothing."""
    arguments, count = LISTS[id]
    mock = full_service(SIZE)
    client = Client(transport=mock)
    whole = method(Client(transport=full_service(100)), id)(*arguments)
    before = len(mock.requests)
    found = [identity(item) for item in client.paginate(method(client, id), *arguments)]
    assert found == [identity(item) for item in whole.results]
    assert len(set(found)) == count
    assert [request.operation for request in mock.requests[before:]] == [id] * 3
    assert whole.next is None


@pytest.mark.parametrize("id", LISTS)
def test_every_list_can_be_had_page_by_page(id: str) -> None:
    """With a link on all but the last."""
    arguments, count = LISTS[id]
    client = Client(transport=full_service(SIZE))
    pages = [page for page in client.paginate(method(client, id), *arguments).pages()]
    assert [len(page.results) for page in pages] == [SIZE, SIZE, count - 2 * SIZE]
    assert [page.next is None for page in pages] == [False, False, True]


@pytest.mark.parametrize("id", LISTS)
def test_the_only_page_is_not_lost(id: str) -> None:
    """Of a list that fits on it (V19)."""
    arguments, count = LISTS[id]
    mock = full_service(100)
    client = Client(transport=mock)
    before = len(mock.requests)
    found = [item for item in client.paginate(method(client, id), *arguments)]
    assert (len(found), len(mock.requests) - before) == (count, 1)


def test_predictions_of_a_time_are_listed_over_all_pages() -> None:
    """From one instant on, up to another one, which is not included: pain 21."""
    mock = full_service(SIZE)
    client = Client(transport=mock)
    begun = datetime(2025, 1, 1, tzinfo=UTC)  # when the mock's time begins
    every = [prediction for prediction in client.paginate(client.predictions.list)]
    assert [prediction.created_at - begun for prediction in every] == [timedelta(minutes=n) for n in (4, 3, 2, 1, 0)]
    found = client.paginate(
        client.predictions.list, created_after=every[3].created_at, created_before=every[0].created_at.isoformat()
    )
    assert [prediction.id for prediction in found] == [prediction.id for prediction in every[1:4]]
    assert [request.query.keys() for request in mock.requests[-2:]] == [
        {"created_after", "created_before"},
        {"created_after", "created_before", "cursor"},
    ]


class Search(httpx.MockTransport):
    """Answers a search for models with two pages."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str, bytes]] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        cursor = request.url.params.get("cursor")
        sent = request.headers.get("content-type", "")
        self.asked.append((request.method, request.url.raw_path.decode(), sent, request.content))
        link = None if cursor else f"{API}/models?cursor=b"
        model = {"url": "https://x", "owner": "acme", "name": cursor or "a", "visibility": "public", "run_count": 1}
        return httpx.Response(200, json={"next": link, "previous": None, "results": [model]})


def test_a_search_for_models_is_asked_for_page_by_page() -> None:
    """As text, again for every page; the recorded service had one page only, and so has the mock."""
    search = Search()
    client = Client(transport=search)
    assert [model.name for model in client.paginate(client.models.search, "grüner fox")] == ["a", "b"]
    text = "grüner fox".encode()
    assert search.asked == [
        ("QUERY", "/v1/models", "text/plain", text),
        ("QUERY", "/v1/models?cursor=b", "text/plain", text),
    ]
    client = Client(transport=full_service(100))
    assert len([model for model in client.paginate(client.models.search, "echo")]) == COUNT


NO_PAGES: dict[str, tuple[Callable[[Any], Any], tuple[str, ...], str]] = {
    "hardware.list": (lambda client: client.hardware.list, (), "list"),
    "search": (lambda client: client.search, ("echo",), "SearchResults"),
    "models.get": (lambda client: client.models.get, ("acme/echo",), "Model"),
}


@pytest.mark.parametrize("id", NO_PAGES)
def test_what_is_no_page_cannot_be_paginated(id: str) -> None:
    """The error says so, at the first item or page, rather than that an attribute is missing."""
    found, arguments, kind = NO_PAGES[id]
    mock = full_service(SIZE)
    client = Client(transport=mock)
    items = client.paginate(found(client), *arguments)
    with pytest.raises(TypeError, match=rf"such as client\.models\.list; this one gave a {kind}, which is whole"):
        items.__next__()
    pages = client.paginate(found(client), *arguments).pages()
    with pytest.raises(TypeError, match="paginate takes a method that gives one page"):
        pages.__next__()
