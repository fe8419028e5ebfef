# Made by scripts/unasync.py from tests/_async/test_default_transport.py; do not edit.
"""What carries the requests of a client that was given no transport."""

from __future__ import annotations

from pathlib import Path

import pytest
from clocks import forbid_real_sleep
from servers import Server, answer, says

from replicate_typed import (
    Client,
    ClosedClientError,
    HTTPTransport,
    MissingTokenError,
    MockTransport,
    NotFoundError,
)
from replicate_typed.refusal import network_refused
from replicate_typed.transports.stand_ins import standing_in

pytestmark = pytest.mark.anyio

FILE = """\
from replicate_typed import MockTransport

mock = MockTransport()

@mock.model("acme/echo", starting=10, processing=50)
def echo(prompt: str) -> str:
    return prompt
"""


@pytest.fixture(autouse=True)
def _nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_real_sleep(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "service.py"
    path.write_text(FILE, encoding="utf-8")
    return path


def service(prefix: str = "") -> MockTransport:
    mock = MockTransport()

    @mock.model("acme/echo", starting=10, processing=50)
    def echo(prompt: str) -> str:
        return prefix + prompt

    return mock


def test_a_mock_stands_in_for_the_network() -> None:
    """No token is needed, and a minute passes at once."""
    with Client() as client:
        with standing_in(mock := service()):
            assert client.run("acme/echo", {"prompt": "fox"}) == "fox"
            assert mock.clock.now() >= 60
        with pytest.raises(MissingTokenError):
            client.run("acme/echo", {"prompt": "fox"})


def test_a_client_that_lives_long_meets_each_in_turn() -> None:
    """As one that a program makes at its start, and tests one after the other."""
    client = Client()
    copy = client.with_options(polling=5)
    for prefix in ("a ", "b "):
        with standing_in(mock := service(prefix)):
            assert client.run("acme/echo", {"prompt": "fox"}) == f"{prefix}fox"
            assert copy.run("acme/echo", {"prompt": "owl"}) == f"{prefix}owl"
            assert len(mock.predictions) == 2


def test_a_client_that_has_used_the_network_meets_it_too() -> None:
    """And goes back to its connections afterwards."""
    with Server(says(answer(200, {"type": "user", "username": "acme"}))) as server:
        with Client(token="r8_secret", base_url=server.url) as client:
            client.account.get()
            with standing_in(service()):
                assert client.run("acme/echo", {"prompt": "fox"}) == "fox"
            client.account.get()
        assert (len(server.requests), server.connections) == (2, 1)


def test_the_newest_one_stands_in() -> None:
    """And after it the one before."""
    client = Client()
    with standing_in(service("a ")):
        with standing_in(service("b ")):
            assert client.run("acme/echo", {"prompt": "fox"}) == "b fox"
        assert client.run("acme/echo", {"prompt": "fox"}) == "a fox"


def test_a_transport_that_was_given_stays() -> None:
    """It was chosen on purpose."""
    client = Client(transport=service("given "))
    real = Client(transport=HTTPTransport(), token="r8_secret", base_url="http://127.0.0.1:9")
    with standing_in(other := service("other ")), network_refused():
        assert client.run("acme/echo", {"prompt": "fox"}) == "given fox"
        assert real._session.connection.transport is not other  # pyright: ignore[reportPrivateUsage] -- it is not asked
    assert other.requests == []


def test_a_client_that_is_closed_leaves_the_mock_open() -> None:
    """It belongs to all of them."""
    with standing_in(service()):
        with Client() as client:
            client.run("acme/echo", {"prompt": "fox"})
        with pytest.raises(ClosedClientError):
            client.run("acme/echo", {"prompt": "fox"})
        with Client() as client:
            assert client.run("acme/echo", {"prompt": "fox"}) == "fox"


def test_a_file_may_define_the_service(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for all clients of the process, of both colours; no token is needed, and nothing waits."""
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"mock:{path}")
    with Client() as client:
        run = client.submit("acme/echo", {"prompt": "fox"})
        assert run.result() == "fox"
    with Client() as client:
        assert (client.wait(run.id)).output == "fox"
    assert Client().predictions.get(run.id).output == "fox"


def test_the_file_is_found_from_the_current_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As any file."""
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("REPLICATE_TRANSPORT", f" mock:{path.name}\n")
    assert Client().run("acme/echo", {"prompt": "fox"}) == "fox"


def test_the_file_is_run_when_it_is_first_needed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So it may import the program that makes the client; that it cannot be run is an error of each request."""
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"mock:{path}")
    with path.open("a", encoding="utf-8") as file:
        file.write("\nfrom replicate_typed import Client\nclient = Client()")
    assert Client().run("acme/echo", {"prompt": "fox"}) == "fox"
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"mock:{path}.gone")
    client = Client()
    for _ in range(2):
        with pytest.raises(ValueError, match=r"\.gone cannot be read: No such file or directory"):
            client.run("acme/echo", {"prompt": "fox"})


def test_an_argument_and_a_stand_in_come_before_the_variable(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for every setting, and as a test says what it wants."""
    monkeypatch.setenv("REPLICATE_TRANSPORT", f"mock:{path}")
    assert Client(transport=service("given ")).run("acme/echo", {"prompt": "fox"}) == "given fox"
    with standing_in(service("standing in ")):
        assert Client().run("acme/echo", {"prompt": "fox"}) == "standing in fox"


@pytest.mark.parametrize("value", ["http", "", " "])
def test_the_network_is_the_default(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named or not."""
    monkeypatch.setenv("REPLICATE_TRANSPORT", value)
    with pytest.raises(MissingTokenError):
        Client().account.get()


@pytest.mark.parametrize("value", ["mock", "mock:", "https", "http:", "moc:a.py", "a.py", "cog:"])
def test_any_other_value_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the client that would have used it, with the variable, the value, and what there is."""
    monkeypatch.setenv("REPLICATE_TRANSPORT", value)
    with pytest.raises(ValueError, match=f"^REPLICATE_TRANSPORT must be http.* or mock:FILE .*, got '{value}'$"):
        Client()
    with pytest.raises(NotFoundError):
        Client(transport=MockTransport()).models.get("acme/nothing")
