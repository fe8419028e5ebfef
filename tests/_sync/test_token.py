# Made by scripts/unasync.py from tests/_async/test_token.py; do not edit.
"""The API token: where it comes from, where it goes, and where it never shows."""

from __future__ import annotations

import logging
import pickle
import traceback
from typing import Any

import httpx
import pytest
from leaks import shown
from servers import Behaviour, Server, answer, closes, says, unused_url

from replicate_typed import (
    AmbiguousCreateError,
    APIStatusError,
    Client,
    MissingTokenError,
    MockTransport,
    ReplicateError,
    UndecodableResponseError,
)

pytestmark = pytest.mark.anyio

TOKEN = "r8_Secret0123456789"
ACCOUNT = {"type": "user", "username": "acme"}
GOOD = answer(200, ACCOUNT)


def test_it_goes_to_the_base_url_as_a_bearer() -> None:
    """With every request but those that need none; whitespace around it is left out."""
    with Server(says(GOOD)) as server:
        with Client(token=f" {TOKEN}\n", base_url=server.url) as client:
            client.account.get()
            client.request("GET", "/anything")
        assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {TOKEN}"}


def test_it_is_read_when_it_is_first_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pain 13: the variable may be set, and changed, after the client was made."""
    with Server(says(GOOD)) as server:
        with Client(base_url=server.url) as client:
            for token in ("r8_first", " r8_second\n"):
                monkeypatch.setenv("REPLICATE_API_TOKEN", token)
                client.account.get()
        sent = [request.headers["authorization"] for request in server.requests]
    assert sent == ["Bearer r8_first", "Bearer r8_second"]


def test_the_argument_comes_before_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in a copy of the client."""
    monkeypatch.setenv("REPLICATE_API_TOKEN", "r8_variable")
    with Server(says(GOOD)) as server:
        with Client(token="r8_argument", base_url=server.url) as client:
            client.with_options(timeout=3).account.get()
        assert server.requests[0].headers["authorization"] == "Bearer r8_argument"


@pytest.mark.parametrize("token", [None, "", "  \n"])
def test_without_one_nothing_is_connected(token: str | None) -> None:
    """Pain 13: the error says what to do; a blank one is none."""
    with Server(says(GOOD)) as server:
        with Client(token=token, base_url=server.url) as client:
            with pytest.raises(MissingTokenError, match=r"GET /account: no API token: .*REPLICATE_API_TOKEN.*token="):
                client.account.get()
        ready = httpx.Client()
        with Client(token=token, base_url=server.url, transport=ready) as client:
            with pytest.raises(MissingTokenError):
                client.account.get()
        assert server.connections == 0


def test_none_is_needed_in_memory() -> None:
    """By our mock, and by httpx's transports that answer in memory."""
    seen: list[str | None] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization"))
        return httpx.Response(200, json=ACCOUNT)

    for transport in (httpx.MockTransport(handle), MockTransport()):
        with Client(transport=transport) as client:
            client.account.get()
    assert seen == [None]


@pytest.mark.parametrize("token", ["r8_a\nb", "r8_a\r\nX: y", "r8_a b", "r8_ä", "r8_\x00", "r8_\x7f", "r8_\u2028b"])
def test_one_that_no_header_could_hold_is_refused(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any connection, and without showing it; the variable's value is checked in the same way."""
    monkeypatch.setattr("os.environ", {"REPLICATE_API_TOKEN": token})
    with Server(says(GOOD)) as server:
        for given in (token, None):
            client = Client(token=given, base_url=server.url)
            with pytest.raises(ValueError, match="API token has characters that no token has") as caught:
                client.account.get()
            assert "r8_" not in "".join(traceback.format_exception(caught.value))
        assert server.connections == 0


ECHO = f"you sent {TOKEN}"
ECHOED: dict[str, Any] = dict.fromkeys(("title", "detail", "type", "instance", "else"), ECHO)
ECHOED["invalid_fields"] = [{"field": ECHO, "description": ECHO, "type": ECHO}]
HEADERS = {"X-Echo": ECHO}
ANSWERS: dict[str, Behaviour] = {
    "a problem": says(answer(401, ECHOED, "application/problem+json", headers=HEADERS)),
    "text": says(answer(500, ECHO.encode(), "text/html", headers=HEADERS)),
    "a redirect": says(answer(302, b"", headers={"Location": f"https://example.com/?{TOKEN}"})),
    "an array": says(answer(200, [ECHO], headers=HEADERS)),
    "a wrong field": says(answer(200, {"type": "user", "username": [ECHO]}, headers=HEADERS)),
    "no JSON": says(answer(200, f"{{{ECHO}".encode(), headers=HEADERS)),
    "no gzip": says(answer(200, ECHO.encode(), headers={"Content-Encoding": "gzip", **HEADERS})),
    "an error that is no gzip": says(answer(422, ECHO.encode(), headers={"Content-Encoding": "gzip", **HEADERS})),
    "no answer": closes,
    "no answer in time": says(b""),
    "half an answer": says(answer(200, ECHO.encode(), length=1000)),
}


@pytest.mark.parametrize("behaviour", ANSWERS.values(), ids=ANSWERS.keys())
def test_no_error_holds_it(behaviour: Behaviour, caplog: pytest.LogCaptureFixture) -> None:
    """Even when the service echoes it: not the message, the fields, the errors behind it, its pickle, nor a log."""
    caplog.set_level(logging.DEBUG)
    with Server(behaviour) as server:
        with Client(token=TOKEN, base_url=server.url, timeout=0.15, retries=0) as client:
            for method, path in (("GET", "/account"), ("POST", "/predictions")):
                caplog.clear()
                with pytest.raises(ReplicateError) as caught:
                    (client.account.get() if method == "GET" else client.predictions.create("a/b", {}))
                assert path.strip("/") in str(caught.value)
                assert TOKEN not in shown(caught.value)
                assert TOKEN.encode() not in pickle.dumps(caught.value)
                assert TOKEN not in repr(client)
                ours = [record for record in caplog.records if not record.name.startswith("httpcore")]
                assert TOKEN not in "".join(record.getMessage() for record in ours)
    if isinstance(caught.value, APIStatusError | UndecodableResponseError) and "echo" in str(caught.value.headers):
        assert caught.value.headers["x-echo"] == "you sent [token]"
        assert "[token]" in str(caught.value.body)
    if isinstance(caught.value, AmbiguousCreateError):
        assert caught.value.__cause__ is not None


def test_no_log_holds_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    """Not even those of httpx and httpcore at their most talkative."""
    caplog.set_level(logging.DEBUG)
    with Server(says(GOOD)) as server:
        for ready in (None, httpx.Client()):
            with Client(token=TOKEN, base_url=server.url, transport=ready) as client:
                client.account.get()
    assert caplog.records
    assert TOKEN not in caplog.text


def test_an_error_of_the_connection_does_not_hold_it() -> None:
    """Nobody there; with a ready-made client, whose errors hold the request."""
    for ready in (None, httpx.Client()):
        with Client(token=TOKEN, base_url=unused_url(), retries=0, transport=ready) as client:
            with pytest.raises(ReplicateError, match="could not connect") as caught:
                client.account.get()
        assert TOKEN not in shown(caught.value)


def test_no_repr_holds_it() -> None:
    """Of the client, its settings, its resources."""
    client = Client(token=TOKEN)
    session = client._session  # pyright: ignore[reportPrivateUsage] -- it must not show either
    for each in (client, session, session.settings, client.predictions, client.models.versions):
        assert TOKEN not in repr(each)
    assert repr(client).endswith("Client https://api.replicate.com/v1>")
