"""Lists over all their pages."""

from __future__ import annotations

import gc
from typing import Any

import httpx
import pytest

from replicate_typed import (
    AsyncClient,
    MockTransport,
    PermissionDeniedError,
    ReplicateError,
    UndecodableResponseError,
)
from replicate_typed.models import ModelPage

pytestmark = pytest.mark.anyio

API = "https://api.replicate.com/v1"


def model(name: str) -> dict[str, Any]:
    url = f"https://replicate.com/acme/{name}"
    return {"url": url, "owner": "acme", "name": name, "visibility": "public", "run_count": 1}


class Pages(httpx.MockTransport):
    """Answers with the page that the cursor names; `links` says where each page's `next` points."""

    def __init__(self, **links: str | None) -> None:
        self.links = links
        self.asked: list[str] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url).removeprefix(API))
        cursor = request.url.params.get("cursor", "first")
        page = {"next": self.links.get(cursor), "previous": None, "results": [model(cursor)]}
        return httpx.Response(200, json=page)


async def names(client: AsyncClient, **arguments: Any) -> list[str]:
    return [found.name async for found in client.paginate(client.models.list, **arguments)]


async def test_every_item_of_every_page_comes_in_order() -> None:
    """Arguments go to the first page; the service's links are followed as they are."""
    pages = Pages(first=f"{API}/models?cursor=b&sort_by=x", b=f"{API}/models?cursor=c%3D%2B")
    assert await names(AsyncClient(transport=pages), sort_by="model_created_at") == ["first", "b", "c=+"]
    assert pages.asked == ["/models?sort_by=model_created_at", "/models?cursor=b&sort_by=x", "/models?cursor=c%3D%2B"]


async def test_pages_are_asked_for_when_they_are_needed() -> None:
    """The second page costs nothing until the first is used up."""
    pages = Pages(first=f"{API}/models?cursor=b")
    client = AsyncClient(transport=pages)
    found = client.paginate(client.models.list)
    assert pages.asked == []
    assert (await found.__anext__()).name == "first"
    assert len(pages.asked) == 1
    assert [each.name async for each in found] == ["b"]


async def test_a_list_may_be_left_before_its_end() -> None:
    """At an item or at a page; nothing has to be closed, which trio would complain of."""
    client = AsyncClient(transport=Pages(first=f"{API}/models?cursor=b"))
    async for found in client.paginate(client.models.list):
        assert found.name == "first"
        break
    async for page in client.paginate(client.models.list).pages():
        assert page.next
        break
    gc.collect()


async def test_a_page_that_was_not_got_can_be_asked_for_again() -> None:
    """From where it was: no item is lost, and none comes twice."""
    pages = Pages(first=f"{API}/models?cursor=b", b=f"{API}/models?cursor=c")

    def answer(request: httpx.Request) -> httpx.Response:
        page = pages.answer(request)
        return httpx.Response(403) if len(pages.asked) == 2 else page

    client = AsyncClient(transport=httpx.MockTransport(answer))
    found = client.paginate(client.models.list)
    assert (await found.__anext__()).name == "first"
    with pytest.raises(PermissionDeniedError):
        await found.__anext__()
    assert [each.name async for each in found] == ["b", "c"]


async def test_pages_can_be_had_one_by_one() -> None:
    """`pages()` gives each page, with its links."""
    client = AsyncClient(transport=Pages(first=f"{API}/models?cursor=b"))
    found = [page async for page in client.paginate(client.models.list).pages()]
    assert [(page.next, len(page.results)) for page in found] == [(f"{API}/models?cursor=b", 1), (None, 1)]


@pytest.mark.parametrize("link", [None, "", "null"])
async def test_the_last_page_has_no_link(link: str | None) -> None:
    """Null, nothing, and the word in the documentation; the only page is not lost (V19)."""
    assert await names(AsyncClient(transport=Pages(first=link))) == ["first"]


async def test_a_repeated_cursor_is_the_end() -> None:
    """A service that goes in circles is not followed for ever (V19)."""
    pages = Pages(first=f"{API}/models?cursor=b", b=f"{API}/models?cursor=c", c=f"{API}/models?cursor=b")
    assert await names(AsyncClient(transport=pages)) == ["first", "b", "c"]
    pages = Pages(first=f"{API}/models?sort_by=model_created_at")
    assert await names(AsyncClient(transport=pages), sort_by="model_created_at") == ["first"]


@pytest.mark.parametrize(
    "link",
    ["http://api.replicate.com/v1/models?cursor=b", "/v1/models?cursor=b", "?cursor=b", "https://api.replicate.com:443/v1/models?cursor=b"],
)  # fmt: skip
async def test_links_of_other_shapes_lead_to_the_same_service(link: str) -> None:
    """Relative ones too, and one in clear text, which is asked for in cipher all the same."""
    pages = Pages(first=link)
    assert await names(AsyncClient(transport=pages)) == ["first", "b"]
    assert pages.asked[1] == "/models?cursor=b"


@pytest.mark.parametrize(
    "link",
    ["https://evil.example/v1/models?cursor=b", "//evil.example/v1/models?cursor=b", f"{API}/trainings?cursor=b",
     f"{API}/models/../account?cursor=b", "https://api.replicate.com.evil.example/v1/models?cursor=b",
     "https://api.replicate.com@evil.example/v1/models?cursor=b", "https://api.replicate.com:8443/v1/models?cursor=b"],
)  # fmt: skip
async def test_a_link_to_another_host_or_list_is_not_followed(link: str) -> None:
    """The items so far have come; then the error says where the link pointed, and nothing was asked there."""
    pages = Pages(first=link)
    client = AsyncClient(transport=pages, token="r8_secret")
    seen: list[str] = []
    with pytest.raises(UndecodableResponseError, match="the next page of /models is said to be"):
        async for found in client.paginate(client.models.list):
            seen.append(found.name)
    assert seen == ["first"]
    assert pages.asked == ["/models"]


async def test_links_of_the_service_are_followed_through_another_base_url() -> None:
    """Behind a proxy, the service's own links lead through the proxy as well."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        next_page = f"{API}/models?cursor=b" if len(asked) == 1 else None
        return httpx.Response(200, json={"next": next_page, "results": []})

    client = AsyncClient(transport=httpx.MockTransport(answer), base_url="http://127.0.0.1:8000/replicate")
    assert await names(client) == []
    assert asked == ["http://127.0.0.1:8000/replicate/v1/models", "http://127.0.0.1:8000/replicate/v1/models?cursor=b"]


async def test_lists_of_a_model_follow_their_own_links() -> None:
    """A path with arguments is the same list only with the same arguments."""
    mock = MockTransport(page_size=2)
    for _ in range(5):
        mock.model("acme/echo")(lambda: None)
    client = AsyncClient(transport=mock)
    versions = [version.id async for version in client.paginate(client.models.versions.list, "acme/echo")]
    assert len(set(versions)) == 5
    assert len(mock.requests) == 3


async def test_a_callable_without_arguments_will_do() -> None:
    """As long as what it gives is a page of this package."""
    client = AsyncClient(transport=Pages(first=f"{API}/models?cursor=b"))
    assert [found.name async for found in client.paginate(lambda: client.models.list())] == ["first", "b"]


async def test_a_page_made_by_hand_cannot_be_followed() -> None:
    """It does not know which operation it answered, and says so after its items."""
    page = ModelPage.from_dict({"next": f"{API}/models?cursor=b", "results": [model("a")]})

    async def hand_made() -> ModelPage:
        return page

    client = AsyncClient(transport=Pages())
    seen: list[str] = []
    with pytest.raises(ReplicateError, match="made by hand"):
        async for found in client.paginate(hand_made):
            seen.append(found.name)
    assert seen == ["a"]


async def test_what_is_not_a_method_is_refused() -> None:
    """A page instead of the method that gives it, for one."""
    client = AsyncClient(transport=Pages())
    page = await client.models.list()
    with pytest.raises(TypeError, match=r"such as client\.models\.list"):
        client.paginate(page)  # type: ignore[arg-type]  # wrong on purpose
