# Made by scripts/unasync.py from tests/_async/test_pool.py; do not edit.
"""The pool of connections to the service."""

from __future__ import annotations

import ssl
import threading
from typing import Any, cast

import httpx
import pytest
from servers import Peer, Server, answer, says, says_and_closes

from replicate_typed import APIConnectionError, APITimeoutError, Client, HTTPTransport

pytestmark = pytest.mark.anyio

GOOD = answer(200, {"type": "user", "username": "acme"})
TEXT = answer(200, b"# Painter", "text/markdown")


def client_of(server: Server, **options: Any) -> Client:
    return Client(token="r8_secret", base_url=server.url, retries=0, **options)


def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    """Though it had been kept: what is sent on it would be lost."""
    with Server(says_and_closes(GOOD), says(GOOD)) as server:
        with client_of(server) as client:
            client.account.get()
            assert server.hung_up.acquire(timeout=5)
            client.account.get()
        assert server.connections == 2


def test_a_connection_that_the_server_will_close_is_not_kept() -> None:
    """It says so in its answer."""
    with Server(says(answer(200, {"type": "user", "username": "acme"}, headers={"Connection": "close"}))) as server:
        with client_of(server) as client:
            client.account.get()
            assert server.hung_up.acquire(timeout=5)
            client.account.get()
        assert server.connections == 2


def test_an_answer_that_was_not_read_takes_its_connection_with_it() -> None:
    """What is left of it would be the next answer."""
    with Server(says(answer(200, b"a" * 10_000, "application/octet-stream", length=20_000)), says(GOOD)) as server:
        with client_of(server) as client:
            download = client.files.download("f", owner="acme", expiry=9, signature="s")
            download.close()
            assert server.hung_up.acquire(timeout=5)
            assert (client.account.get()).username == "acme"


def test_services_do_not_share_connections() -> None:
    """Only their pool."""
    with Server(says(GOOD)) as one, Server(says(answer(200, {"type": "user", "username": "other"}))) as other:
        transport = HTTPTransport()
        for _ in range(2):
            assert (client_of(one, transport=transport).account.get()).username == "acme"
            assert (client_of(other, transport=transport).account.get()).username == "other"
        transport.close()
        assert {request.connection for request in one.requests} == {1, 2}


def test_no_more_connections_are_made_than_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others wait for them, as long as their own time lasts."""
    monkeypatch.setattr("replicate_typed._sync.pool.MOST_CONNECTIONS", 1)
    go_on = threading.Event()

    def say_later(peer: Peer) -> None:
        peer.send(answer(200, b"", "application/octet-stream", length=4))
        go_on.wait(10)
        peer.send(b"late")

    with Server(say_later, says(GOOD)) as server:
        with client_of(server) as client:
            download = client.files.download("f", owner="acme", expiry=9, signature="s")
            with pytest.raises(APITimeoutError, match="all of 1 connections are in use"):
                client.with_options(timeout=0.05).account.get()
            go_on.set()
            assert download.read() == b"late"
            assert (client.account.get()).username == "acme"
        assert server.connections == 1


def test_a_place_is_given_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often a body is closed."""
    monkeypatch.setattr("replicate_typed._sync.pool.MOST_CONNECTIONS", 1)
    with Server(says(GOOD)) as server:
        transport = HTTPTransport()
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), 0.05)
        request = httpx.Request("GET", server.url, extensions={"timeout": timeouts})
        for _ in range(2):
            response = transport.handle_request(request)
            stream = cast("httpx.SyncByteStream", response.stream)
            stream.close()
            stream.close()
        response = transport.handle_request(request)
        with pytest.raises(httpx.PoolTimeout):
            transport.handle_request(request)
        response.close()
        transport.close()


def test_trust_is_what_httpx_makes_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """SSL_CERT_FILE and the like; made when the first address needs it, as that takes a while."""
    made: list[ssl.SSLContext] = []

    def make() -> ssl.SSLContext:
        made.append(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        return made[-1]

    monkeypatch.setattr("httpx.create_ssl_context", make)
    with Server(says(GOOD)) as server:
        with client_of(server) as client:
            client.account.get()
            assert made == []
        secure = Client(token="r8_secret", base_url=server.url.replace("http:", "https:"), retries=0)
        for _ in range(2):
            with pytest.raises(APIConnectionError, match="could not connect"):
                secure.account.get()
        assert len(made) == 1


def test_what_is_idle_for_long_or_too_many_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here, at once."""
    for limit in ("MOST_IDLE", "LONGEST_IDLE"):
        with monkeypatch.context() as patch, Server(says(GOOD)) as server:
            patch.setattr(f"replicate_typed._sync.pool.{limit}", 0)
            with client_of(server) as client:
                client.account.get()
                client.account.get()
                assert server.hung_up.acquire(timeout=5)
            assert server.connections == 2


def test_what_nobody_asks_for_any_more_is_closed_by_the_next_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a rush, connections are not left open for ever."""
    monkeypatch.setattr("replicate_typed._sync.pool.LONGEST_IDLE", 0)
    with Server(says(answer(200, b"", "application/octet-stream"))) as server:
        with client_of(server) as client:
            rush = [client.files.download("f", owner="acme", expiry=9, signature="s") for _ in range(3)]
            for download in rush:
                assert download.read() == b""
            for _ in range(2):
                assert server.hung_up.acquire(timeout=5)
            assert server.connections == 3


def test_closing_does_not_break_what_is_in_use() -> None:
    """Its connection is closed when it is done."""
    go_on = threading.Event()

    def say_later(peer: Peer) -> None:
        peer.send(answer(200, b"", "application/octet-stream", length=4))
        go_on.wait(10)
        peer.send(b"late")

    with Server(say_later) as server:
        client = client_of(server)
        download = client.files.download("f", owner="acme", expiry=9, signature="s")
        client.close()
        go_on.set()
        assert download.read() == b"late"
        assert server.hung_up.acquire(timeout=5)


def test_a_failed_connection_frees_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else no request could be sent after so many failures."""
    monkeypatch.setattr("replicate_typed._sync.pool.MOST_CONNECTIONS", 1)
    with Server(lambda peer: peer.reset(), says(GOOD)) as server:
        with client_of(server) as client:
            with pytest.raises(Exception, match="the connection broke"):
                client.account.get()
            assert (client.account.get()).username == "acme"
