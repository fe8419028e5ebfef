"""The headers of a request, as they come over a real socket."""

from __future__ import annotations

import pytest
from _async.clients import GOOD, TOKEN, client_of
from servers import Server, answer, says

from replicate_typed import __version__

pytestmark = pytest.mark.anyio


async def test_the_default_headers_are_our_own() -> None:
    """And nothing is sent that says more of the program than that."""
    with Server(says(GOOD)) as server:
        async with client_of(server) as client:
            await client.account.get()
        (request,) = server.requests
    assert (request.method, request.target, request.body) == ("GET", "/v1/account", b"")
    assert dict(request.headers) == {
        "host": server.url.removeprefix("http://"),
        "accept": "application/json, text/*;q=0.9",
        "accept-encoding": "gzip, deflate",
        "user-agent": f"replicate-typed/{__version__}",
        "authorization": f"Bearer {TOKEN}",
    }


async def test_given_headers_win() -> None:
    """Once each, whatever case they are written in."""
    with Server(says(GOOD)) as server:
        async with client_of(server, headers={"User-Agent": "mine", "X-Team": "a"}) as client:
            await client.with_options(headers={"x-team": "b"}).request("GET", "/x", headers={"ACCEPT": "text/plain"})
        (request,) = server.requests
    assert request.headers["user-agent"] == "mine"
    assert request.headers["x-team"] == "b"
    assert request.headers["accept"] == "text/plain"


async def test_a_search_for_models_is_sent_as_text() -> None:
    """By the method that the service has for it, with the words as the body."""
    with Server(says(answer(200, {"results": []}))) as server:
        async with client_of(server) as client:
            assert (await client.models.search("red fox")).results == []
        (request,) = server.requests
    assert (request.method, request.target, request.body) == ("QUERY", "/v1/models", b"red fox")
    assert (request.headers["content-type"], request.headers["content-length"]) == ("text/plain", "7")
