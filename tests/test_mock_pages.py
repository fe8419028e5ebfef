"""The mock service's lists: pages, their order, and their cursors."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from mocking import BASE, body_of, client_of, create, echo_service, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


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


def test_pages_stay_right_when_items_go() -> None:
    """Back, the first page has those that are left; after the last item there is an empty page."""
    client = httpx.Client(transport=(mock := MockTransport(page_size=2)), base_url=BASE)
    mock.model("acme/model")(lambda: None)
    for n in range(4):
        mock.deployment(f"acme/d-{n}", model="acme/model")

    def delete(name: str) -> None:
        client.delete(f"/deployments/acme/{name}").raise_for_status()

    def names(page: dict[str, Any]) -> list[str]:
        return [deployment["name"] for deployment in page["results"]]

    first = body_of(client.get("/deployments"))
    second = body_of(client.get(first["next"]))
    assert (names(first), names(second)) == (["d-3", "d-2"], ["d-1", "d-0"])
    delete("d-3")
    back = body_of(client.get(second["previous"]))
    assert (names(back), back["previous"]) == (["d-2"], None)
    delete("d-1")
    delete("d-0")
    assert body_of(client.get(first["next"])) == {"next": None, "previous": None, "results": []}


def test_a_page_is_as_long_as_the_services(mock: MockTransport, client: httpx.Client) -> None:
    """A hundred predictions or files, 25 models."""
    for n in range(101):
        mock.model(f"acme/model-{n}")(lambda: None)
        create(client, prompt="x")
        client.post("/files", files={"content": b"x"}).raise_for_status()
    assert [len(page) for page in pages(client, "/predictions")] == [100, 1]
    assert [len(page) for page in pages(client, "/files")] == [100, 1]
    assert [len(page) for page in pages(client, "/models")] == [25, 25, 25, 25, 2]


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
    for text in ("yesterday", "2025-01-01"):
        problem = problem_of(client.get("/predictions", params={"created_after": text}), 422)
        assert problem["invalid_fields"][0]["field"] == "created_after"


def test_small_letters_in_a_time_are_as_good_as_large_ones(client: httpx.Client) -> None:
    """RFC 3339 allows them; digits beyond microseconds are dropped."""
    created = create(client, prompt="x")
    for text in ("2025-01-01t00:00:00z", "2025-01-01T00:00:00.0000000001Z", "0001-01-01T00:00:00+23:59"):
        listed = body_of(client.get("/predictions", params={"created_after": text}))["results"]
        assert [prediction["id"] for prediction in listed] == [created["id"]]


@pytest.mark.parametrize("cursor", ["nonsense", "%FF", "", "cD14", "cD0x!"])
def test_a_cursor_it_did_not_give_is_refused(client: httpx.Client, cursor: str) -> None:
    """404, as for any address that does not exist."""
    assert problem_of(client.get(f"/models?cursor={cursor}"), 404)["detail"] == "Invalid cursor"
