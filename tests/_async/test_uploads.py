"""Uploads: what is sent over the network, in pieces, and for how long."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from eating import BIG, SMALL, Pipe, contents, eaten, eating_service, written
from predictions import BODY
from servers import Received, Server, answer, closes, says

from replicate_api.api.files.files_create import files_create
from replicate_typed import AsyncClient, MockTransport
from replicate_typed.transports.multipart import Part, parts_of

pytestmark = pytest.mark.anyio
mock = pytest.fixture(eating_service)

FILE: dict[str, Any] = {
    "id": "abc",
    "content_type": "image/png",
    "size": 1,
    "checksums": {"sha256": "0"},
    "metadata": {},
    "created_at": "2025-01-01T00:00:00Z",
    "expires_at": "2025-01-02T00:00:00Z",
    "urls": {"get": "https://api.replicate.com/v1/files/abc"},
}


@pytest.fixture
def client(mock: MockTransport) -> AsyncClient:
    return AsyncClient(transport=mock)


async def test_a_file_can_be_uploaded_by_itself(mock: MockTransport, client: AsyncClient, tmp_path: Path) -> None:
    """Of every kind, small ones too; a name and a type that are given come before its own."""
    path = written(tmp_path / "cat.png", SMALL)
    assert (await client.files.create(path)).name == "cat.png"
    made = await client.files.create(path, filename="dog.x", type="image/x; q=1", metadata={"a": {"b": None}})
    assert (made.name, made.content_type, made.size, made.metadata) == (
        "dog.x",
        "image/x; q=1",
        len(SMALL),
        {"a": {"b": None}},
    )
    assert (await client.files.create(b"hello", filename="hello.txt")).content_type == "text/plain"
    memory = io.BytesIO(SMALL)
    memory.name = "somewhere/named.gif"
    for file, name in ((SMALL, "file.png"), (memory, "named.gif"), (Pipe(BIG), "file.png"), (b"", "file.bin")):
        assert (await client.files.create(cast("Any", file))).name == name
    assert contents(mock)[1] == ("dog.x", "image/x; q=1", SMALL)
    assert await client.run("acme/eat", {"image": made.urls.get}) == [eaten("dog.x", SMALL)]


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"file": "cat.png"}, TypeError, r"^file: expected a path.*, got str 'cat\.png'; .*wrap it in pathlib\.Path"),
        ({"file": None}, TypeError, "^file: expected a path"),
        ({"file": 5}, TypeError, "^file: expected a path, bytes or a file opened in binary mode, got int 5$"),
        ({"filename": ""}, ValueError, "^filename must have 1 to 255 bytes of UTF-8, got ''"),
        ({"filename": "猫" * 86}, ValueError, "^filename must have 1 to 255 bytes of UTF-8"),
        ({"filename": 5}, TypeError, "^filename must be a string, got 5"),
        ({"type": "image"}, ValueError, "^type must be a media type such as image/png, got 'image'"),
        ({"type": "image/png\r\nX: y"}, ValueError, "^type must be a media type"),
        ({"type": 5}, TypeError, "^type must be a string, got 5"),
        ({"metadata": [1]}, TypeError, "^metadata must be a mapping"),
        ({"metadata": {"a": b"x"}}, TypeError, "not JSON serializable"),
    ],
)
async def test_bad_arguments_of_an_upload_are_refused(
    arguments: dict[str, Any], kind: type[Exception], message: str, mock: MockTransport, client: AsyncClient
) -> None:
    """Before it is sent."""
    with pytest.raises(kind, match=message):
        await client.files.create(**cast("Any", {"file": SMALL, **arguments}))
    assert mock.requests == []


def form_of(request: Received) -> list[Part]:
    return parts_of(request.headers["content-type"], request.body)


async def test_an_upload_over_the_network_says_how_long_it_is(tmp_path: Path) -> None:
    """And names the file twice: in the part, as recorded, and in the fields of the API's description (defect V16)."""
    with Server(says(answer(201, FILE))) as server:
        async with AsyncClient(token="r8_secret", base_url=server.url) as client:
            path = written(tmp_path / "cat.png", BIG)
            assert (await client.files.create(path, type="image/x-cat", metadata={"a": [1]})).id == "abc"
        (request,) = server.requests
    content, *fields = form_of(request)
    assert int(request.headers["content-length"]) == len(request.body)
    assert "transfer-encoding" not in request.headers
    assert request.headers["authorization"] == "Bearer r8_secret"
    assert (content.name, content.filename, content.content_type) == ("content", "cat.png", "image/x-cat")
    assert content.content == BIG
    assert [(field.name, field.content) for field in fields] == [
        ("filename", b"cat.png"),
        ("type", b"image/x-cat"),
        ("metadata", b'{"a": [1]}'),
    ]


async def test_a_lost_answer_to_an_upload_is_asked_for_again(tmp_path: Path) -> None:
    """Over the network, too, where the file is read anew."""
    ended = BODY | {"status": "succeeded", "output": 5}
    with Server(closes, says(answer(201, FILE)), says(answer(201, ended))) as server:
        async with AsyncClient(token="r8_secret", base_url=server.url, retries=1) as client:
            assert await client.run("acme/eat", {"image": written(tmp_path / "a.png", BIG)}) == 5
        lost, again, create = server.requests
    assert [request.target for request in server.requests[:2]] == ["/v1/files"] * 2
    assert form_of(lost) == form_of(again)
    assert form_of(again)[0].content == BIG
    assert create.body == b'{"input":{"image":"https://api.replicate.com/v1/files/abc"}}'


class Endless(io.RawIOBase):
    """A file of so many bytes that are nowhere; counts those that were read, and the most that were read at once."""

    name = "/videos/long.mp4"

    def __init__(self, size: int) -> None:
        self._size = size
        self._at = 0
        self.read_at_once: list[int] = []

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + (self._size if whence == os.SEEK_END else 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        count = min(len(buffer), self._size - self._at)
        self._at += count
        self.read_at_once.append(count)
        return count


class Swallowing(httpx.AsyncBaseTransport):
    """Takes bodies as they come, and keeps nothing of them but their length and the time-outs."""

    requires_token = False

    def __init__(self) -> None:
        self.taken = 0
        self.largest = 0
        self.patience = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.patience = request.extensions["timeout"].get("write")
        async for chunk in cast("httpx.AsyncByteStream", request.stream):
            self.taken += len(chunk)
            self.largest = max(self.largest, len(chunk))
        assert self.taken == int(request.headers["content-length"])
        return httpx.Response(201, json=FILE)


async def test_a_large_file_is_never_held_as_a_whole() -> None:
    """90 MB go out in pieces as they are read (defect V16)."""
    size = 90 * 2**20
    file = Endless(size)
    transport = Swallowing()
    await AsyncClient(transport=transport).files.create(cast("Any", file))
    assert size < transport.taken < size + 2000
    assert sum(file.read_at_once) == size
    assert max(file.read_at_once) == transport.largest <= 2**17


async def test_the_time_out_of_an_upload_grows_with_its_size() -> None:
    """By a second for each 128 KB (pain 15); that of other requests does not, however long they are."""
    transport = Swallowing()
    client = AsyncClient(transport=transport, timeout=10)
    for size, patience in ((100, 10), (90 * 2**20, 10 + 720)):
        await client.files.create(cast("Any", Endless(size)))
        assert patience - 1 < transport.patience <= patience
        transport.taken = 0
    await client.send(files_create(b"x" * 10**6))
    assert 16 < transport.patience <= 17
