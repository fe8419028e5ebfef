# Made by scripts/unasync.py from tests/_async/test_recorded_servers.py; do not edit.
"""Recorded from real servers, which are then stopped: all that a program saw of them comes again."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import COG_MODEL
from serving import serving

from replicate_typed import (
    CassetteError,
    Client,
    CogTransport,
    NotFoundError,
    OutputFile,
    PredictionFailedError,
    RecordedTransport,
    RunTimeoutError,
    UnprocessableEntityError,
)
from replicate_typed.refusal import network_refused
from scripts.cog_server import CogServer

pytestmark = pytest.mark.anyio

MODELS = Path(__file__).parents[1] / "served" / "service.py"
TOKEN = "r8_secret0123456789abcdefghijklmnopqrstuvwx"
LONG = "a text that is too long for a data URL \N{FOX FACE}\r\n" * 10_000
PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff" * 1000


def runs(client: Client) -> Any:
    run = client.submit("acme/echo", {"prompt": "fox", "times": 2})
    return (
        run.id,
        run.result(),
        (run.wait()).logs,
        client.run("deployments/acme/front", {"prompt": "owl"}),
    )


def streams(client: Client) -> Any:
    with client.stream("acme/words", {"text": "one,two,three"}) as events:
        return [(event.type, event.id, str(event)) for event in events], events.prediction


def input_files(client: Client) -> Any:
    short, long = b"a short text", LONG.encode()
    return [client.run("acme/reader", {"file": file}) for file in (short, long)]


def output_files(client: Client) -> Any:
    picture = client.run("acme/painter", {"prompt": "owl"})
    assert isinstance(picture, OutputFile)
    return picture, picture.read(), [len(piece) for piece in picture.iter_bytes()]


def uploads(client: Client) -> Any:
    file = client.files.create(PICTURE, filename="fox.png", type="image/png", metadata={"a": [1, None]})
    found = client.files.get(file.id), [each.id for each in client.paginate(client.files.list)]
    client.files.delete(file.id)
    with pytest.raises(NotFoundError):
        client.files.get(file.id)
    return file, found


def failures(client: Client) -> Any:
    with pytest.raises(PredictionFailedError) as failed:
        client.run("acme/broken", {"prompt": "fox"})
    with pytest.raises(NotFoundError) as missing:
        client.models.get("acme/nothing")
    with pytest.raises(UnprocessableEntityError) as refused:
        client.run("acme/echo", {"prompt": 5})
    with client.stream("acme/stumbling") as events:
        with pytest.raises(PredictionFailedError) as stumbled:
            events.result()
    return [str(caught.value) for caught in (failed, missing, refused, stumbled)], failed.value.prediction


def deadlines(client: Client) -> Any:
    with pytest.raises(RunTimeoutError) as late:
        client.run("acme/slow", timeout=0.3)
    run = client.submit("acme/slow")
    run.cancel()
    prediction = late.value.prediction
    assert prediction is not None
    return str(late.value), client.predictions.get(prediction.id), run.wait()


def pages(client: Client) -> Any:
    return [f"{model.owner}/{model.name}" for model in client.paginate(client.models.list)]


def trainings(client: Client) -> Any:
    version = client.models.latest_version("acme/trained")
    training = client.trainings.create(f"acme/trained:{version.id}", destination="acme/secret", input={"steps": 3})
    return client.trainings.wait(training)


def check_gone(url: str) -> None:
    """Nobody listens there any more."""
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


@pytest.mark.parametrize(
    "act", [runs, streams, input_files, output_files, uploads, failures, deadlines, pages, trainings]
)
def test_a_served_mock_is_recorded_and_then_stopped(act: Callable[[Client], Any], tmp_path: Path) -> None:
    """Every answer is used, and nothing is waited for; the token is nowhere in the file."""
    path = tmp_path / "served.yaml"
    with serving(MODELS, "--token", TOKEN) as served:
        transport = RecordedTransport(path)
        with Client(token=TOKEN, base_url=served.url, transport=transport) as client:
            told = act(client)
        assert served.end(signal.SIGTERM) == 0
        check_gone(served.url)
    transport = RecordedTransport(path, mode="none")
    with network_refused():
        with Client(base_url=served.url, transport=transport) as client:
            assert act(client) == told
    assert transport.unused == []
    assert TOKEN not in path.read_text()


def cog_answers(client: Client) -> Any:
    run = client.submit("acme/capitals", {"text": "fox"})
    model = client.models.get("acme/capitals")
    assert model.latest_version is not None
    return run.result(), (run.wait()).logs, model.latest_version.openapi_schema


def cog_failures(client: Client) -> Any:
    with pytest.raises(PredictionFailedError) as failed:
        client.run("acme/capitals", {"text": "fox", "error": "out of memory"})
    with pytest.raises(UnprocessableEntityError) as refused:
        client.run("acme/capitals", {})
    return [str(caught.value) for caught in (failed, refused)]


def cog_deadlines(client: Client) -> Any:
    with pytest.raises(RunTimeoutError) as late:
        client.run("acme/capitals", {"text": "fox", "until": "never"}, timeout=0.5)
    return str(late.value)


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_cog_server_is_recorded_and_then_stopped(format: str, tmp_path: Path) -> None:
    """Its recording needs no Cog; what it was not asked is an error."""
    path = tmp_path / f"cog.{format}"
    acts: list[Callable[[Client], Any]] = [cog_answers, cog_failures, cog_deadlines]
    with CogServer(COG_MODEL) as server:
        inner = CogTransport(server.url, model="acme/capitals")
        with Client(transport=RecordedTransport(path, inner=inner)) as client:
            told = [act(client) for act in acts]
    check_gone(server.url)
    transport = RecordedTransport(path)
    with network_refused():
        with Client(transport=transport) as client:
            assert [act(client) for act in acts] == told
            with pytest.raises(CassetteError, match="recorded 'fox', sent 'owl'"):
                client.run("acme/capitals", {"text": "owl"})
    assert transport.unused == []
