"""Hooks round requests and answers: what they see, what they may change, and what becomes of their errors."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from _async.clients import GOOD, TOKEN, client_of
from happenings import Service, create, get, good, status
from predictions import mock_service
from servers import Server, answer, says

from replicate_api.api.files.files_create import files_create
from replicate_typed import APIStatusError, AsyncClient, MockTransport, NotFoundError

pytestmark = pytest.mark.anyio


def held(message: httpx.Request | httpx.Response) -> str:
    """All that a request or an answer holds, as text."""
    request = message.request if isinstance(message, httpx.Response) else message
    return f"{message.headers.raw} {request.headers.raw} {vars(request)} {vars(message)}"


async def test_hooks_see_every_try_and_never_the_token() -> None:
    """Not even later, in what they have kept."""
    requests: list[httpx.Request] = []
    responses: list[httpx.Response] = []
    with Server(says(answer(503)), says(GOOD)) as server:
        async with client_of(server, retries=1, on_request=requests.append, on_response=responses.append) as client:
            await client.account.get()
        assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {TOKEN}"}
    assert [(request.method, request.url.path) for request in requests] == [("GET", "/v1/account")] * 2
    assert [response.status_code for response in responses] == [503, 200]
    assert responses[1].json()["username"] == "acme"
    assert responses[1].request.url == requests[1].url
    assert responses[1].request.headers["user-agent"] == requests[1].headers["user-agent"]
    everything = "".join([*map(held, requests), *map(held, responses)])
    assert "authorization" not in everything.lower()
    assert TOKEN not in everything


async def test_a_request_hook_may_add_headers() -> None:
    """They are sent, and stand in the request of the answer; the body is what it was."""
    seen: list[httpx.Response] = []

    async def add(request: httpx.Request) -> None:
        request.headers["X-Trace"] = "abc"

    with Server(says(GOOD)) as server:
        async with client_of(server, on_request=[add], on_response=[seen.append]) as client:
            await client.request("POST", "/x", {"a": 1})
        (received,) = server.requests
    assert received.headers["x-trace"] == "abc"
    assert json.loads(received.body) == {"a": 1}
    assert seen[0].request.headers["x-trace"] == "abc"


async def test_the_authorization_is_the_clients_alone() -> None:
    """Whatever a hook sets; without a token, and in memory, none is sent at all."""

    def set_it(request: httpx.Request) -> None:
        request.headers["Authorization"] = "Bearer r8_other"

    with Server(says(GOOD)) as server:
        async with client_of(server, on_request=set_it) as client:
            await client.account.get()
        (received,) = server.requests
    assert received.headers["authorization"] == f"Bearer {TOKEN}"
    seen: list[httpx.Headers] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return good()

    await AsyncClient(transport=httpx.MockTransport(handle), on_request=set_it).send(get())
    assert "authorization" not in seen[0]


async def test_a_hook_cannot_send_the_token_elsewhere() -> None:
    """Where a request goes is not its affair; a query is."""

    def redirect(request: httpx.Request) -> None:
        request.url = httpx.URL(elsewhere)

    with Server(says(GOOD)) as server, Server(says(GOOD)) as other:
        elsewhere = f"{other.url}/v1/account"
        async with client_of(server, on_request=redirect) as client:
            with pytest.raises(ValueError, match="must not change where a request goes"):
                await client.account.get()
            elsewhere = f"{server.url}/v1/account?team=a"
            await client.account.get()
        assert (other.connections, [request.target for request in server.requests]) == (0, ["/v1/account?team=a"])


async def test_a_transport_finds_the_body_where_it_is_without_hooks() -> None:
    """Bodies that are in memory can be looked at at once; those of several parts are streams."""
    found: list[bytes] = []

    class Looking(httpx.AsyncBaseTransport):
        requires_token = False

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            found.append(request.content)
            return good()

    for hooks in ([], [print]):
        await AsyncClient(transport=Looking(), on_response=hooks).send(create())
    assert found[0] == found[1] != b""


async def test_files_go_through_hooks_whole() -> None:
    """A body of several parts is sent as it is without hooks."""
    seen: list[httpx.Request] = []
    mock = MockTransport()
    client = AsyncClient(transport=mock, on_request=seen.append)
    made = await client.send(files_create(io.BytesIO(b"some bytes"), filename="a.txt"))
    assert (made.size, made.name) == (10, "a.txt")
    assert len(seen) == 1


async def test_hooks_are_called_in_order() -> None:
    """One, or several."""
    order: list[str] = []
    several: list[Callable[[Any], object]] = [lambda _: order.append("first"), lambda _: order.append("second")]
    client = AsyncClient(transport=Service(good), on_request=several, on_response=lambda _: order.append("answered"))
    await client.send(get())
    assert order == ["first", "second", "answered"]


async def test_a_copy_has_the_hooks_unless_it_is_given_others() -> None:
    """Others replace them; an empty list is none."""
    told: list[str] = []
    client = AsyncClient(transport=Service(good), on_response=lambda _: told.append("old"))
    await client.with_options(timeout=5).send(get())
    await client.with_options(on_response=lambda _: told.append("new")).send(get())
    await client.with_options(on_response=[]).send(get())
    assert told == ["old", "new"]


async def test_an_error_of_a_request_hook_is_the_callers_and_nothing_is_sent() -> None:
    """As it was raised, and not taken for one of the connection."""
    service = Service(good)

    def refuse(request: httpx.Request) -> None:
        raise httpx.ReadError("made up")

    with pytest.raises(httpx.ReadError, match="made up"):
        await AsyncClient(transport=service, on_request=refuse).send(create())
    assert service.asked == []


async def test_an_error_of_a_response_hook_is_the_callers_and_nothing_is_sent_again() -> None:
    """As with httpx's own `raise_for_status`; the note says what was answered, and of what."""

    async def check(response: httpx.Response) -> None:
        response.raise_for_status()
        raise LookupError("no")

    service = Service(status(503, {"detail": "busy"}), good)
    client = AsyncClient(transport=service, token=TOKEN, on_response=check)
    with pytest.raises(httpx.HTTPStatusError) as failed:
        await client.send(get())
    assert TOKEN not in held(failed.value.response) + held(failed.value.request)
    with pytest.raises(LookupError) as caught:
        await client.send(create())
    assert caught.value.__notes__ == ["from an on_response hook; POST /v1/predictions: 200 and tells of abc"]
    assert len(service.asked) == 2


async def test_a_stream_is_closed_when_a_hook_raises() -> None:
    """Its connection goes with it."""
    seen: list[bool] = []

    def refuse(response: httpx.Response) -> None:
        seen.append(response.is_stream_consumed)
        raise LookupError("no")

    with Server(says(answer(200, b"0123456789", length=1000))) as server:
        async with client_of(server, on_response=refuse) as client:
            with pytest.raises(LookupError):
                await client.files.download("f1", owner="acme", expiry=1, signature="s")
            assert server.hung_up.acquire(timeout=5)
    assert seen == [False]


async def test_a_stream_arrives_through_hooks_unread() -> None:
    """A hook that leaves its body alone takes nothing away."""
    seen: list[httpx.Response] = []
    with Server(says(answer(200, b"0123456789"))) as server:
        async with client_of(server, on_response=seen.append) as client:
            answered = await client.files.download("f1", owner="acme", expiry=1, signature="s")
            assert (seen[0].status_code, seen[0].is_closed) == (200, False)
            assert await answered.aread() == b"0123456789"
    assert seen[0].is_closed


async def test_errors_are_read_before_a_hook_sees_them() -> None:
    """And raised after it."""
    bodies: list[str] = []
    client = AsyncClient(transport=mock_service(), on_response=lambda response: bodies.append(response.text))
    with pytest.raises(NotFoundError):
        await client.models.get("acme/nothing")
    assert "not exist" in bodies[0]


@pytest.mark.parametrize("wrong", [5, "print", [5], [print, None]])
async def test_what_is_no_function_is_refused(wrong: Any) -> None:
    """When the client is made, by the name of the argument."""
    for name in ("on_request", "on_response"):
        with pytest.raises(TypeError, match=f"{name} must be a function"):
            AsyncClient(**{name: wrong})
        with pytest.raises(TypeError, match=f"{name} must be a function"):
            AsyncClient().with_options(**{name: wrong})


async def test_an_error_of_the_service_keeps_the_ids_of_its_request() -> None:
    """With hooks as without; the limits, too."""
    headers = {"CF-Ray": "8d1-FRA", "Ratelimit-Remaining": "599", "Ratelimit-Reset": "1"}
    with Server(says(answer(500, {"detail": "oops"}, headers=headers))) as server:
        for hooks in ([], [print]):
            async with client_of(server, on_response=hooks) as client:
                with pytest.raises(APIStatusError, match=r"500 .*: oops: request id 8d1-FRA$") as caught:
                    await client.account.get()
            assert caught.value.request_id == "8d1-FRA"
            assert caught.value.rate_limit == (599, 1)
