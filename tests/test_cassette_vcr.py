"""vcrpy's cassettes replay here, and ours there: with httpx's clients and with ours."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from servers import Server, answer, says, unused_url
from vcrpy import VCR

from replicate_typed import AsyncClient, Client, RecordedTransport

ACCOUNT = {"type": "user", "username": "acme"}
PREDICTION = {
    "id": "p1",
    "version": "hidden",
    "status": "starting",
    "input": {"a": 1},
    "created_at": "2023-10-12T17:10:07Z",
    "urls": {"get": "https://x.test/p1", "cancel": "https://x.test/p1/cancel"},
}
TOKEN = "r8_" + "x" * 37
BYTES = b"\x89PNG\xff\x00"

vcrpy = VCR(record_mode="once")


@pytest.fixture
def server() -> Iterator[Server]:
    """Answers of all kinds, in this order."""
    zipped = gzip.compress(json.dumps(ACCOUNT).encode())
    with Server(
        says(answer(200, zipped, headers={"Content-Encoding": "gzip", "Set-Cookie": "a=b"})),
        says(answer(201, PREDICTION)),
        says(answer(200, BYTES, "image/png")),
        says(answer(200, {**PREDICTION, "status": "succeeded", "output": "é"})),
    ) as server:
        yield server


def with_httpx(client: httpx.Client, base_url: str) -> list[Any]:
    """Calls of a program that uses httpx, and what it gets."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    account = client.get(f"{base_url}/v1/account", headers=headers)
    created = client.post(f"{base_url}/v1/predictions", json={"version": "v1", "input": {"a": 1}}, headers=headers)
    file = client.post(f"{base_url}/v1/files", files={"content": ("a.png", BYTES, "image/png")}, headers=headers)
    ended = client.get(f"{base_url}/v1/predictions/p1", params={"a": "b c"}, headers=headers)
    return [account.json(), created.status_code, file.content, ended.json()["output"], ended.reason_phrase]


def cassette(path: Path) -> Any:
    return vcrpy.use_cassette(str(path))


def test_httpx_recorded_there_replays_here(server: Server, tmp_path: Path) -> None:
    """Also with a body of bytes, a compressed one, an upload, and a query."""
    path = tmp_path / "theirs.yaml"
    with cassette(path), httpx.Client() as client:
        expected = with_httpx(client, server.url)
    assert expected == [ACCOUNT, 201, BYTES, "é", "Whatever"]
    assert len(server.requests) == 4
    for suffix in ("once", "none", "new_episodes"):
        transport = RecordedTransport(path, mode=suffix)
        with httpx.Client(transport=transport) as client:
            assert with_httpx(client, server.url) == expected
            assert transport.unused == []
    assert len(server.requests) == 4


def test_httpx_recorded_here_replays_there(server: Server, tmp_path: Path) -> None:
    """And here; the server is asked once."""
    path = tmp_path / "ours.yaml"
    expected: list[Any] = []
    for _ in range(2):
        with httpx.Client(transport=RecordedTransport(path)) as client:
            expected = with_httpx(client, server.url)
    assert expected == [ACCOUNT, 201, BYTES, "é", "Whatever"]
    assert TOKEN.encode() not in path.read_bytes()
    with vcrpy.use_cassette(str(path), record_mode="none") as played, httpx.Client() as client:
        assert with_httpx(client, server.url) == expected
        assert played.all_played
    assert len(server.requests) == 4


def test_an_async_httpx_client_replays_both(server: Server, tmp_path: Path) -> None:
    """The same files, in the other colour."""
    import anyio

    theirs, ours = tmp_path / "theirs.yaml", tmp_path / "ours.yaml"
    with cassette(theirs), httpx.Client() as client:
        client.get(f"{server.url}/v1/account")
    with httpx.Client(transport=RecordedTransport(ours)) as client:
        client.post(f"{server.url}/v1/predictions", json={"a": 1})

    async def replay() -> None:
        async with httpx.AsyncClient(transport=RecordedTransport(theirs, mode="none")) as client:
            assert (await client.get(f"{server.url}/v1/account")).json() == ACCOUNT
        with vcrpy.use_cassette(str(ours), record_mode="none"):
            async with httpx.AsyncClient() as client:
                assert (await client.post(f"{server.url}/v1/predictions", json={"a": 1})).status_code == 201

    anyio.run(replay)


def test_our_client_recorded_there_replays_here(server: Server, tmp_path: Path) -> None:
    """Our client through httpx's transport, which vcrpy patches."""
    path = tmp_path / "theirs.yaml"
    with cassette(path), Client(token=TOKEN, base_url=server.url, transport=httpx.Client(), retries=0) as client:
        expected = (client.account.get().username, client.predictions.create("1" * 64, {"a": 1}).status)
    assert len(server.requests) == 2
    with Client(transport=RecordedTransport(path, mode="none")) as client:
        assert (client.account.get().username, client.predictions.create("1" * 64, {"a": 1}).status) == expected


def test_our_client_recorded_here_replays_there(server: Server, tmp_path: Path) -> None:
    """At an address that nobody listens at any more."""
    path = tmp_path / "ours.yaml"
    with Client(token=TOKEN, base_url=server.url, transport=RecordedTransport(path), retries=0) as client:
        expected = (client.account.get().username, client.predictions.create("1" * 64, {"a": 1}).status)
    assert len(server.requests) == 2
    server.close()
    with (
        vcrpy.use_cassette(str(path), record_mode="none"),
        Client(token=TOKEN, base_url=server.url, transport=httpx.HTTPTransport(), retries=0) as client,
    ):
        assert (client.account.get().username, client.predictions.create("1" * 64, {"a": 1}).status) == expected


def test_a_json_cassette_of_vcrpy_replays(server: Server, tmp_path: Path) -> None:
    """By its name; vcrpy is told which it is."""
    path = tmp_path / "theirs.json"
    with vcrpy.use_cassette(str(path), serializer="json", decode_compressed_response=True), httpx.Client() as client:
        client.get(f"{server.url}/v1/account")
    with httpx.Client(transport=RecordedTransport(path, mode="none")) as client:
        assert client.get(f"{server.url}/v1/account").json() == ACCOUNT


def test_an_episode_that_is_added_leaves_vcrpys_as_they_are(server: Server, tmp_path: Path) -> None:
    """And vcrpy replays the mixture."""
    path = tmp_path / "mixed.yaml"
    with vcrpy.use_cassette(str(path), filter_headers=["set-cookie", "authorization"]), httpx.Client() as client:
        client.get(f"{server.url}/v1/account")
    with httpx.Client(transport=RecordedTransport(path, mode="new_episodes")) as client:
        client.post(f"{server.url}/v1/predictions", json={"a": 1})
        assert client.get(f"{server.url}/v1/account").json() == ACCOUNT
    document = yaml.safe_load(path.read_bytes())
    assert [each["request"]["method"] for each in document["interactions"]] == ["GET", "POST"]
    with vcrpy.use_cassette(str(path), record_mode="none"), httpx.Client() as client:
        assert client.get(f"{server.url}/v1/account").json() == ACCOUNT
        assert client.post(f"{server.url}/v1/predictions", json={"a": 1}).json() == PREDICTION


def test_the_clients_of_both_colours_share_a_cassette(server: Server, tmp_path: Path) -> None:
    """Recorded by one, replayed by the other, without a server."""
    import anyio

    path = tmp_path / "ours.yaml"
    with Client(token=TOKEN, base_url=server.url, transport=RecordedTransport(path), retries=0) as client:
        client.account.get()

    async def replay() -> str:
        async with AsyncClient(base_url=unused_url(), transport=RecordedTransport(path)) as client:
            return (await client.account.get()).username

    assert anyio.run(replay) == "acme"
