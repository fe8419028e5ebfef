"""Who is sent the mock service's webhooks: functions, and servers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from clocks import quickly
from hooking import HOOK, create_hooked, in_every_colour, pass_time, talking_service
from mocking import client_of
from servers import Server, answer, closes, says, unused_url

from replicate_typed import Client
from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(talking_service)
client = pytest.fixture(client_of)
quick = pytest.fixture(autouse=True)(quickly)


@pytest.mark.anyio
@in_every_colour
@pytest.mark.parametrize(
    ("given", "status"), [(None, 200), (204, 204), (404, 404), (httpx.Response(202), 202), (httpx.Response(500), 500)]
)
async def test_a_function_answers(
    mock: MockTransport, client: httpx.Client, colour: str, given: int | httpx.Response | None, status: int
) -> None:
    """With a status, a response, or nothing, which is good."""
    mock.deliver_webhooks(lambda _: given)
    create_hooked(client)
    await pass_time(mock, colour)
    assert (mock.webhooks[0].status, mock.webhooks[0].at) == (status, 10)


@pytest.mark.anyio
@in_every_colour
async def test_an_async_function_answers(mock: MockTransport, client: httpx.Client, colour: str) -> None:
    """Also where nothing else is async."""

    async def receive(request: httpx.Request) -> int:
        await anyio.lowlevel.checkpoint()
        return 201 if request.url == HOOK else 404

    mock.deliver_webhooks(receive)
    create_hooked(client)
    await pass_time(mock, colour)
    assert [sent.status for sent in mock.webhooks] == [201]


@pytest.mark.anyio
@in_every_colour
@pytest.mark.parametrize("is_async", [False, True])
async def test_what_a_function_raises_is_the_tests_own(
    mock: MockTransport, client: httpx.Client, colour: str, is_async: bool
) -> None:
    """It comes out where the time was passed, and the webhook is not sent again."""

    def receive(request: httpx.Request) -> None:
        raise AssertionError("not what I expected")

    async def areceive(request: httpx.Request) -> None:
        receive(request)

    mock.deliver_webhooks(areceive if is_async else receive)
    create_hooked(client)
    with pytest.raises(AssertionError, match="not what I expected"):
        await pass_time(mock, colour)
    assert mock.clock.now() == 10
    await pass_time(mock, colour)
    assert [(sent.status, sent.error) for sent in mock.webhooks] == [(None, "AssertionError('not what I expected')")]


@pytest.mark.parametrize("given", [True, "200", 99, 600, object()])
def test_a_function_must_answer_with_a_status(mock: MockTransport, client: httpx.Client, given: Any) -> None:
    """Anything else is an error in the test."""
    mock.deliver_webhooks(lambda _: given)
    create_hooked(client)
    with pytest.raises(TypeError, match=r"a status, an httpx\.Response or None, not"):
        mock.clock.sleep(12)


def test_a_function_may_use_the_service_itself(mock: MockTransport) -> None:
    """A run that follows another, say; a client in this thread waits for both."""
    client = Client(transport=mock, polling=1)

    def receive(_: httpx.Request) -> None:
        assert client.run("acme/echo", {"text": "next"}) == "next"

    mock.deliver_webhooks(receive)
    prediction = client.predictions.create("acme/echo", {"text": "first"}, webhook=HOOK)
    assert client.wait(prediction).output == "first"
    assert mock.clock.now() == 20


@pytest.mark.anyio
@in_every_colour
async def test_webhooks_go_to_a_server(mock: MockTransport, client: httpx.Client, colour: str) -> None:
    """All to the one that was named, whatever address they are for."""
    with Server(says(answer(201))) as server:
        mock.deliver_webhooks(f"{server.url}/all?from=mock")
        create_hooked(client)
        await pass_time(mock, colour)
    (sent,) = mock.webhooks
    (received,) = server.requests
    assert (sent.status, sent.error, sent.url) == (201, None, HOOK)
    assert (received.method, received.target, received.body) == ("POST", "/all?from=mock", sent.content)
    assert received.headers["host"] == server.url.removeprefix("http://")
    for name in ("content-type", "webhook-id", "webhook-timestamp", "webhook-signature"):
        assert received.headers[name] == sent.headers[name]


def test_webhooks_go_to_their_own_addresses(mock: MockTransport, client: httpx.Client) -> None:
    """By default, when they are sent at all."""
    assert not mock.delivers_webhooks
    with Server(says(answer(500)), says(answer(200))) as server:
        mock.deliver_webhooks()
        assert mock.delivers_webhooks
        create_hooked(client, f"{server.url}/hook?job=7")
        mock.clock.sleep(12)
    assert [received.target for received in server.requests] == ["/hook?job=7"] * 2
    assert [sent.status for sent in mock.webhooks] == [500, 200]


def test_redirects_are_not_followed(mock: MockTransport, client: httpx.Client) -> None:
    """They are an answer like any other."""
    with Server(says(answer(307, headers={"location": "/elsewhere"}))) as server:
        mock.deliver_webhooks(server.url)
        create_hooked(client)
        mock.clock.sleep(12)
    assert len(server.requests) == 1
    assert [sent.status for sent in mock.webhooks] == [307]


@pytest.mark.parametrize("url_of", [unused_url, lambda: "https://webhooks.invalid/"])
def test_a_server_that_cannot_be_reached_is_tried_again(
    mock: MockTransport, client: httpx.Client, url_of: Callable[[], str]
) -> None:
    """Seven times in all, and why is told."""
    mock.deliver_webhooks(url_of())
    create_hooked(client)
    mock.clock.sleep(100)
    assert [sent.status for sent in mock.webhooks] == [None] * 7
    assert all((sent.error or "").startswith("ConnectError: ") for sent in mock.webhooks)


def test_a_server_that_hangs_up_is_tried_again(mock: MockTransport, client: httpx.Client) -> None:
    """It may have heard it, or not."""
    with Server(closes, says(answer(200))) as server:
        mock.deliver_webhooks(server.url)
        create_hooked(client)
        mock.clock.sleep(100)
    assert [sent.status for sent in mock.webhooks] == [None, 200]


@pytest.mark.parametrize("number_of_arguments", [None, 0, 2, 4])
def test_what_cannot_receive_is_refused(mock: MockTransport, number_of_arguments: int | None) -> None:
    """When it is given, with what could be."""
    functions: dict[int | None, Any] = {
        None: 5,
        0: lambda: None,
        2: lambda environ, start_response: None,  # pyright: ignore[reportUnknownLambdaType] -- an app of the older kind
        4: lambda a, b, c, d: None,  # pyright: ignore[reportUnknownLambdaType] -- no matter of what
    }
    with pytest.raises(TypeError, match="webhooks go to a function of one request, an ASGI app or a URL, not "):
        mock.deliver_webhooks(functions[number_of_arguments])


def test_what_is_no_url_is_refused(mock: MockTransport) -> None:
    """A path, say, or another scheme."""
    for url in ("", "/hook", "ftp://example.com"):
        with pytest.raises(ValueError, match="webhooks go to an http or https address, not "):
            mock.deliver_webhooks(url)


def test_functions_of_all_kinds_can_receive(mock: MockTransport, client: httpx.Client) -> None:
    """Methods, built in ones too, and those that could take more."""
    received: list[Any] = []
    queue: asyncio.Queue[Any] = asyncio.Queue()

    def receive(request: httpx.Request, then: int = 0, *more: int) -> None:
        received.append((request, then, more))

    for receiver in (received.append, queue.put_nowait, receive):
        mock.deliver_webhooks(receiver)
        create_hooked(client)
        mock.clock.sleep(12)
    assert len(received) == 2
    assert queue.qsize() == 1
