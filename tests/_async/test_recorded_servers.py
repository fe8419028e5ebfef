"""Recorded from real servers, which are then stopped: all that a program saw of them comes again."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import COG_MODEL
from serving import serving

from replicate_typed import (
    AsyncClient,
    AsyncCogTransport,
    CassetteError,
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


async def runs(client: AsyncClient) -> Any:
    run = await client.submit("acme/echo", {"prompt": "fox", "times": 2})
    return (
        run.id,
        await run.result(),
        (await run.wait()).logs,
        await client.run("deployments/acme/front", {"prompt": "owl"}),
    )


async def streams(client: AsyncClient) -> Any:
    async with client.stream("acme/words", {"text": "one,two,three"}) as events:
        return [(event.type, event.id, str(event)) async for event in events], events.prediction


async def input_files(client: AsyncClient) -> Any:
    short, long = b"a short text", LONG.encode()
    return [await client.run("acme/reader", {"file": file}) for file in (short, long)]


async def output_files(client: AsyncClient) -> Any:
    picture = await client.run("acme/painter", {"prompt": "owl"})
    assert isinstance(picture, OutputFile)
    return picture, await picture.aread(), [len(piece) async for piece in picture.aiter_bytes()]


async def uploads(client: AsyncClient) -> Any:
    file = await client.files.create(PICTURE, filename="fox.png", type="image/png", metadata={"a": [1, None]})
    found = await client.files.get(file.id), [each.id async for each in client.paginate(client.files.list)]
    await client.files.delete(file.id)
    with pytest.raises(NotFoundError):
        await client.files.get(file.id)
    return file, found


async def failures(client: AsyncClient) -> Any:
    with pytest.raises(PredictionFailedError) as failed:
        await client.run("acme/broken", {"prompt": "fox"})
    with pytest.raises(NotFoundError) as missing:
        await client.models.get("acme/nothing")
    with pytest.raises(UnprocessableEntityError) as refused:
        await client.run("acme/echo", {"prompt": 5})
    async with client.stream("acme/stumbling") as events:
        with pytest.raises(PredictionFailedError) as stumbled:
            await events.result()
    return [str(caught.value) for caught in (failed, missing, refused, stumbled)], failed.value.prediction


async def deadlines(client: AsyncClient) -> Any:
    with pytest.raises(RunTimeoutError) as late:
        await client.run("acme/slow", timeout=0.3)
    run = await client.submit("acme/slow")
    await run.cancel()
    prediction = late.value.prediction
    assert prediction is not None
    return str(late.value), await client.predictions.get(prediction.id), await run.wait()


async def pages(client: AsyncClient) -> Any:
    return [f"{model.owner}/{model.name}" async for model in client.paginate(client.models.list)]


async def trainings(client: AsyncClient) -> Any:
    version = await client.models.latest_version("acme/trained")
    training = await client.trainings.create(
        f"acme/trained:{version.id}", destination="acme/secret", input={"steps": 3}
    )
    return await client.trainings.wait(training)


def check_gone(url: str) -> None:
    """Nobody listens there any more."""
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


@pytest.mark.parametrize(
    "act", [runs, streams, input_files, output_files, uploads, failures, deadlines, pages, trainings]
)
async def test_a_served_mock_is_recorded_and_then_stopped(
    act: Callable[[AsyncClient], Awaitable[Any]], tmp_path: Path
) -> None:
    """Every answer is used, and nothing is waited for; the token is nowhere in the file."""
    path = tmp_path / "served.yaml"
    with serving(MODELS, "--token", TOKEN) as served:
        transport = RecordedTransport(path)
        async with AsyncClient(token=TOKEN, base_url=served.url, transport=transport) as client:
            told = await act(client)
        assert served.end(signal.SIGTERM) == 0
        check_gone(served.url)
    transport = RecordedTransport(path, mode="none")
    with network_refused():
        async with AsyncClient(base_url=served.url, transport=transport) as client:
            assert await act(client) == told
    assert transport.unused == []
    assert TOKEN not in path.read_text()


async def cog_answers(client: AsyncClient) -> Any:
    run = await client.submit("acme/capitals", {"text": "fox"})
    model = await client.models.get("acme/capitals")
    assert model.latest_version is not None
    return await run.result(), (await run.wait()).logs, model.latest_version.openapi_schema


async def cog_failures(client: AsyncClient) -> Any:
    with pytest.raises(PredictionFailedError) as failed:
        await client.run("acme/capitals", {"text": "fox", "error": "out of memory"})
    with pytest.raises(UnprocessableEntityError) as refused:
        await client.run("acme/capitals", {})
    return [str(caught.value) for caught in (failed, refused)]


async def cog_deadlines(client: AsyncClient) -> Any:
    with pytest.raises(RunTimeoutError) as late:
        await client.run("acme/capitals", {"text": "fox", "until": "never"}, timeout=0.5)
    return str(late.value)


@pytest.mark.parametrize("format", ["yaml", "json"])
async def test_a_cog_server_is_recorded_and_then_stopped(format: str, tmp_path: Path) -> None:
    """Its recording needs no Cog; what it was not asked is an error."""
    path = tmp_path / f"cog.{format}"
    acts: list[Callable[[AsyncClient], Awaitable[Any]]] = [cog_answers, cog_failures, cog_deadlines]
    with CogServer(COG_MODEL) as server:
        inner = AsyncCogTransport(server.url, model="acme/capitals")
        async with AsyncClient(transport=RecordedTransport(path, inner=inner)) as client:
            told = [await act(client) for act in acts]
    check_gone(server.url)
    transport = RecordedTransport(path)
    with network_refused():
        async with AsyncClient(transport=transport) as client:
            assert [await act(client) for act in acts] == told
            with pytest.raises(CassetteError, match="recorded 'fox', sent 'owl'"):
                await client.run("acme/capitals", {"text": "owl"})
    assert transport.unused == []
