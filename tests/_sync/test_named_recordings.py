# Made by scripts/unasync.py from tests/_async/test_named_recordings.py; do not edit.
"""`REPLICATE_TRANSPORT=recorded:FILE`: what carries the requests of clients that were given no transport."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from servers import Server, answer, says

from replicate_typed import CassetteError, Client, MissingTokenError, MockTransport, RecordedTransport
from replicate_typed.refusal import network_refused
from replicate_typed.transports.cassettes import shared
from replicate_typed.transports.stand_ins import standing_in

pytestmark = pytest.mark.anyio

TOKEN = "r8_secret0123456789abcdefghijklmnopqrstuvwx"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cassette that the environment names."""
    path = tmp_path / "account.yaml"
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"recorded:{path}")
    return path


def start_anew(monkeypatch: pytest.MonkeyPatch, record: str | None = None) -> None:
    """Have what follows be another process, as far as recordings are concerned."""
    monkeypatch.setattr(shared, "_shared", {})
    if record is None:
        monkeypatch.delenv("REPLICATE_RECORD", raising=False)
    else:
        monkeypatch.setenv("REPLICATE_RECORD", record)


def requests_in(path: Path) -> int:
    """How many requests are recorded in a cassette, which must not have the token; 0 if there is none."""
    text = path.read_text() if path.exists() else ""
    assert TOKEN not in text
    return text.count("method: GET")


def named(name: str) -> Any:
    return says(answer(200, {"type": "user", "username": name}))


def test_it_is_recorded_and_then_replayed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One recording for all clients of the process, in both colours; written each time that one is closed."""
    start_anew(monkeypatch, "all")
    with Server(named("a"), named("b"), named("c")) as server:
        with Client(token=TOKEN, base_url=server.url) as client:
            assert (client.account.get()).username == "a"
        assert requests_in(path) == 1
        with Client(token=TOKEN, base_url=server.url) as client:
            assert (client.account.get()).username == "b"
        with Client(token=TOKEN, base_url=server.url) as other:
            assert other.account.get().username == "c"
        assert server.connections == 3  # nobody would say when a connection that is kept is not needed any more
    assert requests_in(path) == 3
    start_anew(monkeypatch)
    with network_refused():
        with Client() as client:
            assert (client.account.get()).username == "a"
        assert [(Client().account.get()).username for _ in range(3)] == ["b", "c", "c"]


def test_a_replay_waits_for_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of an hour is over at once, however often the program looks."""
    start_anew(monkeypatch)
    mock = MockTransport()
    mock.reply("acme/painter", "a picture", after=3600)
    with Client(transport=RecordedTransport(path, inner=mock)) as client:
        assert client.run("acme/painter") == "a picture"
    monkeypatch.setenv("REPLICATE_POLL_INTERVAL", "1000")
    assert Client().run("acme/painter") == "a picture"


def test_what_stands_in_goes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for a client that has replayed already, and while it stands in."""
    start_anew(monkeypatch, "all")
    with Server(named("recorded")) as server:
        with Client(token=TOKEN, base_url=server.url) as client:
            client.account.get()
    start_anew(monkeypatch)
    client = Client()
    names = [(client.account.get()).username]
    with standing_in(MockTransport()):
        names.append((client.account.get()).username)
    names.append((client.account.get()).username)
    assert [name == "recorded" for name in names] == [True, False, True]


def test_without_a_word_nothing_is_sent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing answer is an error that names the variable that records; no token is asked for."""
    start_anew(monkeypatch)
    with pytest.raises(CassetteError, match=r"there is no such file\nto record it, set REPLICATE_RECORD=new, which"):
        Client().account.get()
    start_anew(monkeypatch, "once")
    with pytest.raises(MissingTokenError):
        Client().account.get()
    assert requests_in(path) == 0


@pytest.mark.parametrize(("record", "expected"), [("once", "a"), ("new", "a"), ("all", "b"), ("none", "a"), ("", "a")])
def test_the_modes_are_those_of_the_command_line(
    record: str, expected: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a cassette that is there."""
    for mode, name in (("once", "a"), (record, "b")):
        start_anew(monkeypatch, mode)
        with Server(named(name)) as server:
            with Client(token=TOKEN, base_url=server.url) as client:
                found = (client.account.get()).username
    assert found == expected


@pytest.fixture
def no_cassette(tmp_path: Path) -> Path:
    path = tmp_path / "nothing.yaml"
    path.write_text("[")
    return path


def test_what_cannot_be_is_an_error_of_each_request(
    path: Path, no_cassette: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mode that there is not, a path that is a folder, a file that is no cassette."""
    start_anew(monkeypatch, "rewind")
    client = Client(token=TOKEN)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"^REPLICATE_RECORD must be one of none, once, new, all, got 'rewind'$"):
            client.account.get()
    start_anew(monkeypatch)
    os.replace(no_cassette, path)
    with pytest.raises(CassetteError, match=r"account\.yaml"):
        Client().account.get()
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"recorded:{path.parent}/")
    with pytest.raises(ValueError, match="path must be that of a file"):
        Client().account.get()
