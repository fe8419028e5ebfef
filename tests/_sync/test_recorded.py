# Made by scripts/unasync.py from tests/_async/test_recorded.py; do not edit.
"""Cassettes in place of the service: those of real traffic, and what each mode replays and records."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from cassettes import FOLDER, needs_cassettes
from servers import Server, answer, resets, says

from replicate_typed import (
    AuthenticationError,
    CassetteError,
    Client,
    ClosedClientError,
    HTTPTransport,
    MissingTokenError,
    MockTransport,
    NetworkRefusedError,
    RecordedTransport,
    SystemClock,
    VirtualClock,
)
from replicate_typed.refusal import network_refused
from replicate_typed.transports.cassettes.transport import Mode

pytestmark = pytest.mark.anyio

SDXL = "stability-ai/sdxl"
SDXL_VERSION = "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b"
LLAMA_VERSION = "02e509c789964a7ea8736978a43525956ef40397be9033abf9fd2badfe68c9e3"
CORGI = {"prompt": "a studio photo of a rainbow colored corgi", "width": 512, "height": 512, "seed": 42069}
TOKEN = "r8_secret0123456789abcdefghijklmnopqrstuvwx"
ACCOUNT = {"type": "user", "username": "acme"}
OTHER = {"type": "user", "username": "other"}


def hardware(client: Client) -> Any:
    return [each.sku for each in client.hardware.list()]


def create_model(client: Client) -> Any:
    model = client.models.create(
        owner="test", name="python-example", visibility="private", hardware="cpu", description="An example model"
    )
    return model.owner, model.name, model.run_count


def get_models(client: Client) -> Any:
    return (client.models.get(SDXL)).run_count, (client.models.get("mattt/empty")).latest_version


def list_models(client: Client) -> Any:
    page = client.models.list()
    return len(page.results), page.results[0].owner, page.next is not None


def cancel(client: Client) -> Any:
    of_model = client.models.predictions.create(
        "meta/llama-2-70b-chat", {"prompt": "Please write a haiku about llamas."}
    )
    model = client.models.get(SDXL)
    version = client.models.versions.get(SDXL, SDXL_VERSION)
    prediction = client.predictions.create(f"{SDXL}:{SDXL_VERSION}", CORGI)
    canceled = client.predictions.cancel(prediction.id)
    return of_model.id, model.name, version.id[:4], prediction.status, canceled.status


def create(client: Client) -> Any:
    model = client.models.get(SDXL)
    first = client.predictions.create(f"{SDXL}:{SDXL_VERSION}", CORGI)
    version = client.models.versions.get(SDXL, SDXL_VERSION)
    second = client.predictions.create(SDXL_VERSION, CORGI)
    return model.name, first.id, version.cog_version, second.id


def get_twice(client: Client) -> Any:
    first = client.predictions.get("vgcm4plb7tgzlyznry5d5jkgvu")
    second = client.predictions.get("vgcm4plb7tgzlyznry5d5jkgvu")
    return first.status, second.status, first.completed_at == second.completed_at


def create_stream(client: Client) -> Any:
    model = client.models.get("meta/llama-2-70b-chat")
    version = client.models.versions.get("meta/llama-2-70b-chat", LLAMA_VERSION)
    body = {"version": LLAMA_VERSION, "input": {"prompt": "write a sonnet about camelids"}, "stream": True}
    prediction = client.request("POST", "/predictions", body)
    return model.name, version.cog_version, prediction["urls"]["stream"].startswith("https://stream")


def run(client: Client) -> Any:
    seen: list[str] = []
    output = client.run(f"{SDXL}:{SDXL_VERSION}", CORGI, on_update=lambda prediction: seen.append(prediction.status))
    return output, seen[0], seen[-1], len(seen) > 5


def get_training(client: Client) -> Any:
    return (client.trainings.get("medrnz3bm5dd6ultvad2tejrte")).status


IMAGE = "https://replicate.delivery/pbxt/gDoc64M9pRaQNdZb0evCRgm57WZJ5BKi0T5kzV6qm2tGmd8IA/out-0.png"

# A cassette, the calls that would have made it, what they give, and how many of its answers they leave unused
ROWS: list[tuple[str, Callable[[Client], Any], Any, int]] = [
    ("hardware-list", hardware, ["cpu", "gpu-t4", "gpu-a40-small", "gpu-a40-large"], 0),
    ("models-create", create_model, ("test", "python-example", 0), 0),
    ("models-get", get_models, (19361490, None), 0),
    ("models-list", list_models, (25, "catio-apps", True), 0),
    ("predictions-cancel", cancel, ("heat2o3bzn3ahtr6bjfftvbaci", "sdxl", "39ed", "starting", "canceled"), 0),
    ("predictions-create", create, ("sdxl", "vgcm4plb7tgzlyznry5d5jkgvu", "0.8.5", "vme6tftbgoggoxnjiwkzr6zrpa"), 0),
    ("predictions-get", get_twice, ("succeeded", "succeeded", True), 0),
    ("predictions-stream", create_stream, ("llama-2-70b-chat", "0.8.1", True), 0),
    ("run", run, ([IMAGE], "starting", "succeeded", True), 1),  # the client of then asked for the version, too
    ("trainings-get", get_training, "processing", 0),
]


@needs_cassettes
@pytest.mark.parametrize(("cassette", "calls", "expected", "unused"), ROWS, ids=[row[0] for row in ROWS])
def test_real_traffic_replays(cassette: str, calls: Any, expected: Any, unused: int) -> None:
    """Through the calls that would have made it: no network, no token, and no waiting."""
    transport = RecordedTransport(FOLDER / f"{cassette}.yaml", mode="none")
    with Client(transport=transport) as client:
        assert calls(client) == expected
    assert len(transport.unused) == unused


@needs_cassettes
def test_every_cassette_of_real_traffic_has_its_calls() -> None:
    """None is left out above."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {row[0] for row in ROWS}


def recording(path: Path, server: Server, **options: Any) -> Client:
    transport = RecordedTransport(path, **options)
    return Client(token=TOKEN, base_url=server.url, transport=transport, retries=0, timeout=5)


def account(body: object) -> Any:
    return says(answer(200, body))


def test_once_records_and_then_replays(tmp_path: Path) -> None:
    """The second time, the server is gone, the base URL is another, and no token is asked for."""
    path = tmp_path / "deep" / "account.yaml"
    with Server(account(ACCOUNT), account(OTHER)) as server:
        with recording(path, server) as client:
            names = [(client.account.get()).username for _ in range(2)]
    assert names == ["acme", "other"]
    assert TOKEN.encode() not in path.read_bytes()
    transport = RecordedTransport(path)
    with Client(transport=transport) as client:
        assert [(client.account.get()).username for _ in range(3)] == ["acme", "other", "other"]
    assert transport.unused == []


def test_none_never_sends(tmp_path: Path) -> None:
    """Without a file, each request is an error that says so; nothing is written."""
    path = tmp_path / "account.yaml"
    with Client(transport=RecordedTransport(path, mode="none", inner=MockTransport())) as client:
        with pytest.raises(
            CassetteError, match=r'GET https://api\..*/account: there is no such file\n.*mode="new_episodes"'
        ):
            client.account.get()
    assert not path.exists()


def test_new_episodes_adds_what_is_missing(tmp_path: Path) -> None:
    """What was recorded is replayed; what was not is sent, and is there the next time."""
    path = tmp_path / "account.yaml"
    with Server(account(ACCOUNT)) as server:
        with recording(path, server, mode="new_episodes") as client:
            client.account.get()
    with Server(says(answer(200, [{"name": "CPU", "sku": "cpu"}]))) as server:
        with recording(path, server, mode="new_episodes") as client:
            assert (client.account.get()).username == "acme"
            assert [each.sku for each in client.hardware.list()] == ["cpu"]
        assert len(server.requests) == 1
    with Client(transport=RecordedTransport(path, mode="none")) as client:
        assert [each.sku for each in client.hardware.list()] == ["cpu"]
        assert (client.account.get()).username == "acme"


def test_all_records_anew(tmp_path: Path) -> None:
    """Whatever the file held is replaced, at the end."""
    path = tmp_path / "account.yaml"
    for body in (ACCOUNT, OTHER):
        with Server(account(body)) as server:
            with recording(path, server, mode="all") as client:
                before = path.read_bytes() if path.exists() else None
                assert (client.account.get()).username == body["username"]
                assert (path.read_bytes() if path.exists() else None) == before
    with Client(transport=RecordedTransport(path, mode="none")) as client:
        assert (client.account.get()).username == "other"


@pytest.mark.parametrize("mode", ["once", "all", "new_episodes"])
def test_what_recorded_nothing_writes_nothing(mode: Any, tmp_path: Path) -> None:
    """The earlier cassette stays; none is made."""
    path = tmp_path / "account.yaml"
    with Client(token=TOKEN, transport=RecordedTransport(path, mode=mode)):
        pass
    assert not path.exists()


def test_errors_are_recorded_as_they_are(tmp_path: Path) -> None:
    """A refusal by the service is an answer."""
    path = tmp_path / "refused.yaml"
    with Server(says(answer(401, {"detail": f"{TOKEN} is no token"}))) as server:
        with recording(path, server) as client:
            with pytest.raises(AuthenticationError):
                client.account.get()
    with Client(transport=RecordedTransport(path), retries=0) as client:
        with pytest.raises(AuthenticationError, match="REDACTED-"):
            client.account.get()


def test_tries_that_were_not_answered_are_not_recorded(tmp_path: Path) -> None:
    """A replay has the answers only, so what was sent again then is sent once."""
    path = tmp_path / "account.yaml"
    with Server(resets, account(ACCOUNT)) as server:
        transport = RecordedTransport(path, inner=Timeless())
        with Client(token=TOKEN, base_url=server.url, transport=transport, retries=1) as client:
            client.account.get()
    transport = RecordedTransport(path)
    with Client(transport=transport, retries=0) as client:
        assert (client.account.get()).username == "acme"
    assert transport.unused == []


class Timeless(HTTPTransport):
    """The network, without the pauses between tries."""

    clock = VirtualClock()


def test_a_token_is_asked_for_only_to_record(tmp_path: Path) -> None:
    """And by the inner transport's own wish."""
    path = tmp_path / "account.yaml"
    recording: list[Mode] = ["once", "all", "new_episodes"]
    for mode in recording:
        with Client(transport=RecordedTransport(path, mode=mode)) as client:
            with pytest.raises(MissingTokenError):
                client.account.get()
    with Client(transport=RecordedTransport(path, inner=MockTransport())) as client:
        client.account.get()
    replaying: list[Mode] = ["once", "none", "new_episodes"]
    for mode in replaying:
        assert not RecordedTransport(path, mode=mode).requires_token
    assert RecordedTransport(path, mode="all").requires_token


def test_a_replay_has_a_clock_of_its_own(tmp_path: Path) -> None:
    """Virtual, unless pauses are wanted, or another is given; a recording goes by its inner transport's."""
    path = tmp_path / "account.yaml"
    mock, clock = MockTransport(), VirtualClock()
    first = RecordedTransport(path, inner=mock)
    assert first.clock is mock.clock
    with Client(transport=first) as client:
        client.account.get()
    assert isinstance(RecordedTransport(path).clock, VirtualClock)
    assert isinstance(RecordedTransport(path, pauses=True).clock, SystemClock)
    assert RecordedTransport(path, pauses=True, clock=clock).clock is clock
    assert RecordedTransport(path, mode="new_episodes", inner=mock).clock is mock.clock
    assert RecordedTransport(path, mode="new_episodes").clock is None


def test_the_closing_reaches_the_inner_transport(tmp_path: Path) -> None:
    """And nothing is sent or replayed afterwards."""
    path = tmp_path / "account.yaml"
    with Server(account(ACCOUNT)) as server:
        inner = HTTPTransport()
        with recording(path, server, inner=inner) as client:
            client.account.get()
        assert inner.is_closed
    transport = RecordedTransport(path)
    with Client(transport=transport):
        pass
    with Client(transport=transport) as client:
        with pytest.raises(ClosedClientError, match="the transport is closed"):
            client.account.get()


def test_a_ready_made_httpx_client_carries_requests(tmp_path: Path) -> None:
    """With its proxies and certificates; it is closed with the rest."""
    path = tmp_path / "account.yaml"
    with Server(account(ACCOUNT)) as server:
        ready = httpx.Client()
        with recording(path, server, inner=ready) as client:
            client.account.get()
        assert ready.is_closed
    assert len(RecordedTransport(path).unused) == 1


def echo(prompt: str) -> str:
    return prompt


def test_what_is_created_is_created_as_often_as_it_was(tmp_path: Path) -> None:
    """One that was recorded once is an error the second time, which says what to do; the whole run replays."""
    path = tmp_path / "run.yaml"
    mock = MockTransport()
    mock.model("acme/echo", processing=30)(echo)
    for inner in (mock, None):
        with Client(transport=RecordedTransport(path, inner=inner)) as client:
            assert client.run("acme/echo", {"prompt": "hi"}, timeout=60) == "hi"
            if inner is None:
                with pytest.raises(
                    CassetteError, match=r"interactions\[0\], POST .* was played already, and is played as"
                ):
                    client.submit("acme/echo", {"prompt": "hi"})
                with pytest.raises(CassetteError, match=r"body\.input\.prompt: recorded 'hi', sent 'ho'"):
                    client.submit("acme/echo", {"prompt": "ho"})


@pytest.mark.parametrize("wrong", ["", "a/", ".", "rewind"])
def test_what_cannot_be_is_refused_at_once(wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, no name, a mode that there is not, what is no transport, one of the other colour."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="mode must be one of once, none, new_episodes, all, not 'rewind'" if
                       wrong == "rewind" else "path must be that of a file"):  # fmt: skip
        RecordedTransport(tmp_path / "a.yaml", mode=wrong) if wrong == "rewind" else RecordedTransport(wrong)  # type: ignore[arg-type]  # wrong on purpose
    for inner in (object(), HTTPTransport, "https://api.replicate.com"):
        with pytest.raises(TypeError, match="inner must be a transport"):
            RecordedTransport(tmp_path / "a.yaml", inner=inner)  # type: ignore[arg-type]  # wrong on purpose
    os.mkfifo("pipe")
    with pytest.raises(ValueError, match="path must be that of a file, which 'pipe' is not"):
        RecordedTransport("pipe")


def test_it_says_what_it_is(tmp_path: Path) -> None:
    """The file, the mode, and how far it has come."""
    path = tmp_path / "account.yaml"
    transport = RecordedTransport(path, inner=MockTransport())
    with Client(transport=transport) as client:
        client.account.get()
        assert repr(transport) == f"<RecordedTransport {path} (once): 1 recorded>"
    transport = RecordedTransport(path)
    assert (transport.path, transport.mode) == (str(path), "once")
    assert transport.unused == ["GET https://api.replicate.com/v1/account -> 200"]
    with Client(transport=transport) as client:
        client.account.get()
    assert repr(transport) == f"<RecordedTransport {path} (once): 1 of 1 replayed>"


def test_a_replay_needs_no_network(tmp_path: Path) -> None:
    """Also where tests are kept from it; a recording would, and says so."""
    path = tmp_path / "account.yaml"
    with Client(transport=RecordedTransport(path, inner=MockTransport())) as client:
        client.account.get()
    with network_refused():
        with Client(transport=RecordedTransport(path)) as client:
            assert (client.account.get()).username == "acme"
        with Client(transport=RecordedTransport(path, mode="all")) as client:
            with pytest.raises(NetworkRefusedError):
                client.account.get()
    assert path.exists()


def test_the_inner_transport_says_where_it_goes(tmp_path: Path) -> None:
    """While something is sent; a replay goes nowhere."""
    path = tmp_path / "account.yaml"

    class Elsewhere(HTTPTransport):
        address = "cog.test:5000"

    assert RecordedTransport(path, inner=Elsewhere()).address == "cog.test:5000"
    with Client(transport=RecordedTransport(path, inner=MockTransport())) as client:
        client.account.get()
    assert RecordedTransport(path, inner=Elsewhere()).address is None
