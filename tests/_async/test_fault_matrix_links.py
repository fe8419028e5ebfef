"""The fault matrix, continued: links to the next page of every kind, over a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from _async.matrix import Doing, everything, row_of
from faulty_api import TOKEN, Fault, Good, Step
from servers import says

from replicate_typed import UndecodableResponseError

pytestmark = pytest.mark.anyio

Written = Callable[[str, str], Any]
"""What is written for the link to the next page, and another host."""


@pytest.fixture
def anyio_backend() -> str:
    """One event loop: what reads links knows none."""
    return "asyncio"


def linked(write: Written) -> Fault:
    """A page that is good but for its link."""

    def change(good: Good) -> bytes:
        page = json.loads(good.content)
        return good.answer(body={**page, "next": write(page["next"] or "", good.elsewhere)})

    return Fault(lambda good: says(change(good)), "never")


async def ended(written: Written, *, at: Step = "list") -> object:
    """How it ends to go through all pages."""
    (cell,) = await row_of(linked(written), across={"paginate": Doing(at, everything, object)})
    return cell.outcome


NEXT: dict[str, Written] = {
    "absolute": lambda link, _: link,
    "relative": lambda link, _: "predictions?cursor=2",
    "an absolute path": lambda link, _: "/v1/predictions?cursor=2",
    "a query": lambda link, _: "?cursor=2",
    "a slash more": lambda link, _: "/v1/predictions/?cursor=2",
    "with a fragment": lambda link, _: f"{link}#page-2",
    "with spaces round it": lambda link, _: f" {link}\n",
    "in capitals": lambda link, _: link.replace("http", "HTTP"),
    "of the service itself": lambda link, _: "https://api.replicate.com/v1/predictions?cursor=2",
    "in clear text": lambda link, _: "http://api.replicate.com/v1/predictions?cursor=2",
}  # fmt: skip


@pytest.mark.parametrize("written", NEXT.values(), ids=NEXT.keys())
async def test_a_link_within_the_service_is_followed(written: Written) -> None:
    """However it is written."""
    assert await ended(written) == ["old2", "old1", "old0"]


@pytest.mark.parametrize("written", [None, "", "null"])
async def test_no_link_is_the_end(written: str | None) -> None:
    """Nothing, and what the service's documentation has for it."""
    assert await ended(lambda link, _: written) == ["old2", "old1"]


async def test_a_link_to_a_page_that_was_there_is_the_end() -> None:
    """Each page comes once: of one that follows itself, and of two that follow each other."""
    assert await ended(lambda link, _: "/v1/predictions") == ["old2", "old1"]
    assert await ended(lambda link, _: "?cursor=2", at="next page") == ["old2", "old1", "old0"]
    assert await ended(lambda link, _: "/v1/predictions", at="next page") == ["old2", "old1", "old0"]


ASTRAY: dict[str, Written] = {
    "another host": lambda link, elsewhere: f"{elsewhere}/v1/predictions?cursor=2",
    "another host, no scheme": lambda link, elsewhere: f"//{elsewhere.removeprefix('http://')}/v1/predictions?cursor=2",
    "another host, after a user": lambda link, elsewhere: (
        f"{link.partition('/v1')[0]}@{elsewhere.removeprefix('http://')}/v1/predictions?cursor=2"
    ),
    "another port": lambda link, elsewhere: "http://127.0.0.1:1/v1/predictions?cursor=2",
    "a host of that beginning": lambda link, elsewhere: (
        "https://api.replicate.com.evil.example/v1/predictions?cursor=2"
    ),
    "another list": lambda link, elsewhere: "/v1/trainings?cursor=2",
    "another list, by dots": lambda link, elsewhere: "/v1/predictions/../trainings?cursor=2",
    "one of its members": lambda link, elsewhere: "/v1/predictions/old1",
    "half a host": lambda link, elsewhere: "http://[::1/v1/predictions",
    "a port past all ports": lambda link, elsewhere: "http://127.0.0.1:99999/v1/predictions",
    "a port of letters": lambda link, elsewhere: "http://127.0.0.1:http/v1/predictions",
    "a script": lambda link, elsewhere: "javascript:alert(1)",
    "words": lambda link, elsewhere: "more to come",
    "the token": lambda link, elsewhere: f"{elsewhere}/?token={TOKEN}",
    "a number": lambda link, elsewhere: 5,
    "an object": lambda link, elsewhere: {"href": link},
    "what is no text": lambda link, elsewhere: f"{link}\ud800",
    "a very long one": lambda link, elsewhere: link + "2" * 100_000,
    "a very long one elsewhere": lambda link, elsewhere: f"{elsewhere}/{'a' * 100_000}",
    "many questions": lambda link, elsewhere: "?" + "&".join(f"a{number}" for number in range(20_000)),
}


@pytest.mark.parametrize("written", ASTRAY.values(), ids=ASTRAY.keys())
async def test_a_link_that_leads_astray_is_an_error(written: Written) -> None:
    """That says where; nothing is asked there."""
    error = await ended(written)
    assert isinstance(error, UndecodableResponseError)
    assert "next" in str(error)
    assert len(str(error)) < 500
