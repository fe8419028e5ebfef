"""Files in an event loop: other tasks run while they are read and written, and a task can be canceled meanwhile."""

from __future__ import annotations

import io
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import httpx
import pytest
from eating import BIG, SMALL, contents, eaten, eating_service
from servers import Server, answer, says

from replicate_typed import AsyncClient, OutputFile
from replicate_typed.partial_files import PartialFile

pytestmark = pytest.mark.anyio

URL = "https://replicate.delivery/xezq/abc/out.png"


class Noting(io.BytesIO):
    """A file that notes which threads read it, and how often."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.threads: list[int] = []

    def read(self, size: int | None = -1, /) -> bytes:
        self.threads.append(threading.get_ident())
        return super().read(size)


@pytest.mark.parametrize("content", [SMALL, BIG], ids=["small", "big"])
async def test_an_input_file_is_read_in_other_threads(content: bytes) -> None:
    """When it is looked at, and when it is sent."""
    file = Noting(content)
    (told,) = await AsyncClient(transport=eating_service()).run("acme/eat", {"image": file})
    assert told.rpartition(" ")[2] == eaten("", content).rpartition(" ")[2]
    assert len(file.threads) > 2
    assert threading.get_ident() not in file.threads


async def test_over_the_network_too_it_is_read_in_other_threads() -> None:
    """Where httpx's own forms read it on the event loop."""
    file = Noting(BIG)
    with Server(says(answer(413, {}))) as server:
        async with AsyncClient(token="r8_secret", base_url=server.url) as client:
            with pytest.raises(Exception, match="413"):
                await client.files.create(file)
    assert len(file.threads) > 4
    assert threading.get_ident() not in file.threads


async def test_an_output_file_is_written_in_other_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Piece by piece."""
    threads: list[int] = []
    write = PartialFile.write

    def note(self: PartialFile, data: bytes) -> None:
        threads.append(threading.get_ident())
        write(self, data)

    monkeypatch.setattr(PartialFile, "write", note)
    mock = eating_service()
    mock.model("acme/painter")(lambda: BIG)
    file = await AsyncClient(transport=mock).run("acme/painter")
    assert (await file.asave(tmp_path / "a.png")).read_bytes() == BIG
    assert threads
    assert threading.get_ident() not in threads


class Body(httpx.AsyncByteStream):
    def __init__(self, hangs: anyio.Event) -> None:
        self._hangs = hangs

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield BIG
        self._hangs.set()
        await anyio.sleep_forever()


async def test_nothing_is_left_of_a_download_that_is_canceled(tmp_path: Path) -> None:
    """Neither half a file nor a temporary one."""
    hangs = anyio.Event()
    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Body(hangs)))
    file = OutputFile(URL, AsyncClient(transport=transport)._session)  # pyright: ignore[reportPrivateUsage]
    async with anyio.create_task_group() as group:
        group.start_soon(file.asave, tmp_path)
        await hangs.wait()
        (partial,) = tmp_path.iterdir()  # noqa: ASYNC240 -- a test
        assert partial.stat().st_size == len(BIG)
        group.cancel_scope.cancel()
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 -- a test


async def test_an_upload_that_is_canceled_creates_nothing() -> None:
    """And the file is where it was."""
    hangs = anyio.Event()
    asked: list[str] = []

    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            asked.append(request.url.path)
            await request.aread()
            hangs.set()
            await anyio.sleep_forever()
            raise AssertionError

    memory = io.BytesIO(b"skipped" + BIG)
    memory.seek(7)
    client = AsyncClient(token="r8_secret", transport=Hanging())
    async with anyio.create_task_group() as group:
        group.start_soon(client.run, "acme/eat", {"image": memory})
        await hangs.wait()
        group.cancel_scope.cancel()
    assert asked == ["/v1/files"]
    assert memory.tell() == 7


async def test_many_runs_share_a_path(tmp_path: Path) -> None:
    """Each opens it for itself."""
    path = tmp_path / "a.png"
    path.write_bytes(BIG)
    mock = eating_service()
    client = AsyncClient(transport=mock)
    told: list[list[str]] = []

    async def run() -> None:
        told.append(await client.run("acme/eat", {"image": path}))

    async with anyio.create_task_group() as group:
        for _ in range(10):
            group.start_soon(run)
    assert told == [[eaten("a.png", BIG)]] * 10
    assert len(contents(mock)) == 10
