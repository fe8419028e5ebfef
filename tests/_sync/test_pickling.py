# Made by scripts/unasync.py from tests/_async/test_pickling.py; do not edit.
"""Clients and handles in other processes: with the network alone, and never with the token."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from _sync.clients import ACCOUNT, GOOD, TOKEN, client_of
from predictions import BODY, DONE
from servers import Server, answer, says

from replicate_typed import (
    Client,
    ClosedClientError,
    CogTransport,
    HTTPTransport,
    MissingTokenError,
    MockTransport,
    Run,
)
from replicate_typed.transports.stand_ins import standing_in

pytestmark = pytest.mark.anyio

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_client_pickles_without_its_token(protocol: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it comes to, the token is read from the environment, when it is first needed."""
    with Server(says(GOOD)) as server:
        with client_of(server, retries=3, polling=2, headers={"x-team": "a"}) as client:
            client.account.get()
            pickled = pickle.dumps(client, protocol)
        assert TOKEN.encode() not in pickled
        again: Client = pickle.loads(pickled)
        settings = again._session.settings  # pyright: ignore[reportPrivateUsage] -- they must be the same
        assert (settings.retries, settings.poll_interval, settings.timeout) == (3, 2, 5)
        with pytest.raises(MissingTokenError):
            again.account.get()
        monkeypatch.setenv("REPLICATE_API_TOKEN", "r8_other")
        assert (again.account.get()).username == ACCOUNT["username"]
        assert server.requests[-1].headers["authorization"] == "Bearer r8_other"
        assert server.requests[-1].headers["x-team"] == "a"
        again.close()


def test_every_resource_that_was_used_comes_along() -> None:
    """Those of the copy belong to the copy."""
    client = Client(token=TOKEN)
    used: Any = (client.predictions, client.models.versions, client.deployments.predictions, client.webhooks)
    assert TOKEN.encode() not in pickle.dumps((client, used))
    again: Client = pickle.loads(pickle.dumps((client, used)))[0]
    again.close()
    with pytest.raises(ClosedClientError):
        again.models.get("acme/echo")
    assert not client._session.connection.is_closed  # pyright: ignore[reportPrivateUsage] -- its own are open


def test_a_closed_client_stays_closed() -> None:
    """Wherever it goes."""
    client = Client(token=TOKEN)
    client.close()
    again: Client = pickle.loads(pickle.dumps(client))
    with pytest.raises(ClosedClientError):
        again.account.get()


def test_a_client_that_a_mock_stands_in_for_pickles() -> None:
    """It has no transport of its own."""
    mock = MockTransport()
    with standing_in(mock):
        again: Client = pickle.loads(pickle.dumps(Client()))
        again.hardware.list()
    assert len(mock.requests) == 1


@pytest.mark.parametrize(
    "make",
    [
        MockTransport,
        HTTPTransport,
        httpx.HTTPTransport,
        httpx.Client,
        lambda: CogTransport("http://localhost:5000", model="acme/echo"),
        lambda: httpx.MockTransport(lambda request: httpx.Response(200)),
    ],
)
def test_a_client_with_a_transport_of_its_own_refuses(make: Callable[[], Any]) -> None:
    """Its connections, and what is in memory, cannot go elsewhere; the error says what to do."""
    client = Client(transport=make())
    for each in (client, client.with_options(timeout=3), client.models):
        with pytest.raises(TypeError, match=r"transport of its own \(\w+\) cannot be pickled: .* make a client"):
            pickle.dumps(each)
    client.close()


def test_a_handle_pickles_as_its_client_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """So another process can come back to what this one has started."""
    with Server(says(answer(201, BODY)), says(answer(200, BODY | DONE))) as server:
        with client_of(server) as client:
            pickled = pickle.dumps(client.submit("acme/echo"))
        assert TOKEN.encode() not in pickled
        run: Run = pickle.loads(pickled)
        assert (run.id, run.status) == ("p1", "starting")
        monkeypatch.setenv("REPLICATE_API_TOKEN", "r8_other")
        assert (run.refresh()).status == run.status == "succeeded"
        run._session.connection.close()  # pyright: ignore[reportPrivateUsage] -- for the next test
    with pytest.raises(TypeError, match="make a client where it is used"):
        mock = MockTransport()
        mock.reply("acme/echo", "done")
        pickle.dumps(Client(transport=mock).submit("acme/echo"))


def test_a_copy_in_this_process_keeps_the_token_and_the_transport() -> None:
    """As `with_options` does; a deep one, too: a client may be part of what somebody copies."""
    with Server(says(GOOD)) as server:
        with client_of(server) as client:
            for twin in (copy.copy(client), copy.deepcopy(client), copy.deepcopy({"client": client})["client"]):
                assert (twin.account.get()).username == ACCOUNT["username"]
        assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {TOKEN}"}
        assert server.connections == 1
    mock = MockTransport()
    copy.deepcopy(Client(transport=mock)).hardware.list()
    assert len(mock.requests) == 1
