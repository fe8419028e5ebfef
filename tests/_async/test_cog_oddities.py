"""The transport to a Cog server, against servers on real sockets that say what a real one seldom says."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from servers import Peer, Server, answer, closes, says

from replicate_typed import (
    AsyncClient,
    AsyncCogTransport,
    ClosedClientError,
    NotSupportedError,
    PredictionFailedError,
)

pytestmark = pytest.mark.anyio

READY = says(answer(200, {"status": "READY"}))
BUSY = says(answer(200, {"status": "BUSY"}))
TAKEN = says(answer(409, {"error": "At capacity - all prediction slots busy", "status": "failed"}))
DONE = says(answer(200, {"status": "succeeded", "output": "FOX", "logs": "reading\n"}))


def client_of(server: Server, **options: Any) -> AsyncClient:
    return AsyncClient(transport=AsyncCogTransport(server.url, model="acme/reader"), retries=0, **options)


def paths(server: Server) -> list[str]:
    return [f"{request.method} {request.target.rpartition('/')[0] or request.target}" for request in server.requests]


async def test_the_token_stays_here() -> None:
    """Neither a token that was given nor headers for the service reach the server."""
    with Server(READY, READY, DONE) as server:
        client = client_of(server, token="r8_secret", headers={"x-team": "painters"})
        assert await client.run("acme/reader", {"text": "fox"}) == "FOX"
        assert paths(server) == ["GET /health-check", "GET /health-check", "PUT /predictions"]
        for request in server.requests:
            assert "authorization" not in request.headers
            assert "x-team" not in request.headers


async def test_a_server_without_room_is_asked_again() -> None:
    """Whether it says so before or after the prediction was sent to it."""
    with Server(BUSY, BUSY, READY, TAKEN, READY, DONE) as server:
        client = client_of(server)
        run = await client.submit("acme/reader", {"text": "fox"})
        assert await run.result() == "FOX"
        assert paths(server)[1:] == [
            "GET /health-check",
            "GET /health-check",
            "PUT /predictions",
            "GET /health-check",
            "PUT /predictions",
        ]


async def test_a_model_that_cannot_be_set_up_fails_its_predictions() -> None:
    """With what the setup printed."""
    broken = {"status": "SETUP_FAILED", "setup": {"status": "failed", "logs": "loading weights\nno such file\n"}}
    with Server(says(answer(200, broken))) as server:
        with pytest.raises(PredictionFailedError, match="cannot run it, it is SETUP_FAILED") as caught:
            await client_of(server).run("acme/reader", {"text": "fox"})
        assert "no such file" in str(caught.value)
        assert "PUT /predictions" not in paths(server)


async def test_an_unhealthy_model_says_why() -> None:
    """In the words of its own check."""
    unhealthy = says(answer(200, {"status": "UNHEALTHY", "user_healthcheck_error": "no GPU"}))
    with Server(unhealthy) as server, pytest.raises(PredictionFailedError, match="it is UNHEALTHY: no GPU"):
        await client_of(server).run("acme/reader", {"text": "fox"})


@pytest.mark.parametrize("status", [200, 404])
async def test_another_kind_of_server_is_called_one(status: int) -> None:
    """Before anything is sent to it."""
    with Server(says(answer(status, b"<html>", "text/html"))) as server:
        with pytest.raises(NotSupportedError, match=f"{server.url} is no Cog server: .*{status}"):
            await client_of(server).run("acme/reader", {"text": "fox"})
        assert len(server.requests) == 1


async def test_an_answer_that_is_none_fails_the_prediction() -> None:
    """With what was said instead."""
    broken = says(answer(500, b"out of order", "text/plain"))
    expected = pytest.raises(PredictionFailedError, match="the Cog server answered 500: out of order")
    with Server(READY, READY, broken) as server, expected:
        await client_of(server).run("acme/reader", {"text": "fox"})


async def test_a_server_that_hangs_up_fails_the_prediction() -> None:
    """It is never sent again: it may have had effects."""
    with Server(READY, READY, closes) as server:
        with pytest.raises(PredictionFailedError, match=f"the Cog server at {server.url} went away while it ran"):
            await client_of(server).run("acme/reader", {"text": "fox"})
        assert len(server.requests) == 3


async def test_a_webhook_of_the_user_is_the_one_that_is_told() -> None:
    """The server has one for each prediction."""
    with Server(READY, READY, DONE) as server:
        await client_of(server).run(
            "acme/reader", {"text": "fox"}, webhook="https://acme.example/hook", webhook_events_filter=["completed"]
        )
        assert json.loads(server.requests[-1].body) == {
            "input": {"text": "fox"},
            "webhook": "https://acme.example/hook",
            "webhook_events_filter": ["completed"],
        }


async def test_the_schema_and_the_cog_version_may_be_missing() -> None:
    """An old server has neither."""
    with Server(READY, says(answer(404)), says(answer(503, {"error": "OpenAPI schema not available"}))) as server:
        model = await client_of(server).models.get("acme/reader")
        assert model.latest_version is not None
        assert model.latest_version.openapi_schema is None
        assert model.latest_version.cog_version is None


async def test_what_waits_in_line_ends_when_the_client_is_closed() -> None:
    """Nobody would hear of it; and whoever looks is told that the client is closed."""
    is_free = threading.Event()

    def soon_free(peer: Peer) -> None:
        (READY if is_free.is_set() else BUSY)(peer)

    with Server(soon_free) as server:
        transport = AsyncCogTransport(server.url, model="acme/reader")
        client = AsyncClient(transport=transport)
        run = await client.submit("acme/reader", {"text": "fox"})
        thread = next(thread for thread in threading.enumerate() if thread.name == f"prediction {run.id}")
        await client.close()
        is_free.set()
        thread.join(10)
        with pytest.raises(ClosedClientError):
            await run.refresh()
        with pytest.raises(ClosedClientError, match="the transport is closed"):
            await AsyncClient(transport=transport).models.get("acme/reader")
    assert "PUT /predictions" not in paths(server)
