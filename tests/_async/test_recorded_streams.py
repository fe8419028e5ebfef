"""Streams keep their frames, their pauses if these are wanted, and the way they ended."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from servers import Server, answer, says, says_and_closes

from replicate_typed import (
    AsyncClient,
    AsyncHTTPTransport,
    CassetteError,
    MockTransport,
    RecordedTransport,
    VirtualClock,
)
from replicate_typed.transports.cassettes.files import load

pytestmark = pytest.mark.anyio

EVENTS = "text/event-stream"
URL = "https://stream.test/v1/files/a"


class AsyncPieces(httpx.AsyncByteStream):
    """A body that comes in pieces, with a pause before each; one that is an error is raised."""

    def __init__(self, clock: VirtualClock, *pieces: bytes | BaseException) -> None:
        self._clock = clock
        self._pieces = pieces
        self.is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for number, piece in enumerate(self._pieces):
            await self._clock.asleep(number + 0.25)
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    async def aclose(self) -> None:
        self.is_closed = True


class AsyncService:
    """Gives one answer after the other, in pieces."""

    def __init__(self, *answers: tuple[bytes | BaseException, ...], content_type: str = EVENTS) -> None:
        self.clock = VirtualClock()
        self.bodies = [AsyncPieces(self.clock, *pieces) for pieces in answers]
        self._answers = iter(self.bodies)
        self._content_type = content_type

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": self._content_type}, stream=next(self._answers))

    async def aclose(self) -> None:
        pass


async def opened(transport: RecordedTransport) -> httpx.Response:
    response = await transport.handle_async_request(httpx.Request("GET", URL))
    response.request = httpx.Request("GET", URL)
    return response


async def pieces_of(response: httpx.Response, most: int | None = None) -> list[bytes]:
    """The pieces as they come, and then it is closed."""
    found: list[bytes] = []
    if most != 0:
        async for piece in as_it_comes(response):
            found.append(piece)
            if len(found) == most:
                break
    await response.aclose()
    return found


def as_it_comes(response: httpx.Response) -> AsyncIterator[bytes]:
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream.__aiter__()


async def test_frames_come_again_without_pauses(tmp_path: Path) -> None:
    """Each as it came; the clock stands still."""
    path = tmp_path / "a.yaml"
    service = AsyncService((b"data: a\n", b"\ndata:", b" b\n\n"))
    for inner in (service, None):
        transport = RecordedTransport(path, inner=inner)
        assert await pieces_of(await opened(transport)) == [b"data: a\n", b"\ndata:", b" b\n\n"]
        clock = transport.clock
        assert isinstance(clock, VirtualClock)
        assert clock.now() == (3.75 if inner else 0)
        await transport.aclose()
    assert service.bodies[0].is_closed
    (found,) = load(str(path)) or []
    assert [(frame.pause, frame.length) for frame in found.response.frames] == [(0.25, 8), (1.25, 6), (2.25, 4)]


async def test_pauses_come_again_on_request(tmp_path: Path) -> None:
    """On the clock of the replay: the real one, unless another is given."""
    path = tmp_path / "a.yaml"
    clock = VirtualClock()
    for inner in (AsyncService((b"a", b"b", b"c")), None):
        transport = RecordedTransport(path, inner=inner, pauses=True, clock=clock)
        assert await pieces_of(await opened(transport)) == [b"a", b"b", b"c"]
        await transport.aclose()
    assert clock.now() == 3.75
    assert clock.slept == [0.25, 1.25, 2.25]


async def test_a_body_in_one_piece_has_no_frames(tmp_path: Path) -> None:
    """There is nothing to tell of it."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(path, inner=AsyncService((b"abc",)))
    assert await pieces_of(await opened(transport)) == [b"abc"]
    await transport.aclose()
    assert b"frames" not in path.read_bytes()


@pytest.mark.parametrize("most", [0, 1, 2])
async def test_what_its_reader_closed_is_kept_so_far(most: int, tmp_path: Path) -> None:
    """A replay gives the same, and says so when more is wanted."""
    path = tmp_path / "a.yaml"
    for inner in (AsyncService((b"a", b"b", b"c")), None):
        transport = RecordedTransport(path, inner=inner)
        assert await pieces_of(await opened(transport), most) == [b"a", b"b"][:most]
        await transport.aclose()
    transport = RecordedTransport(path)
    with pytest.raises(CassetteError, match=r"GET https://stream.test/v1/files/a -> 200 was closed here by its reader"):
        await pieces_of(await opened(transport))
    await transport.aclose()


async def test_json_that_its_reader_closed_is_not_kept(tmp_path: Path) -> None:
    """Half of it says nothing; the answer to the next try is what is replayed."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(path, inner=AsyncService((b"{", b"}"), (b"{}",), content_type="application/json"))
    assert await pieces_of(await opened(transport), 1) == [b"{"]
    assert await pieces_of(await opened(transport)) == [b"{}"]
    await transport.aclose()
    transport = RecordedTransport(path)
    assert await pieces_of(await opened(transport)) == [b"{}"]
    await transport.aclose()
    assert transport.unused == []


async def test_a_stream_of_events_that_broke_breaks_again(tmp_path: Path) -> None:
    """So that a program goes on with the next one as it did."""
    path = tmp_path / "a.yaml"
    for inner in (AsyncService((b"a", httpx.ReadError("reset")), (b"b",)), None):
        transport = RecordedTransport(path, inner=inner)
        response = await opened(transport)
        found: list[bytes] = []
        with pytest.raises(httpx.ReadError):
            async for piece in as_it_comes(response):
                found.append(piece)
        await response.aclose()
        assert found == [b"a"]
        assert await pieces_of(await opened(transport)) == [b"b"]
        await transport.aclose()


async def test_any_other_body_that_broke_is_not_kept(tmp_path: Path) -> None:
    """Not half a file, which a replay would give for a whole one."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(
        path, inner=AsyncService((b"a", httpx.ReadError("reset")), content_type="application/octet-stream")
    )
    response = await opened(transport)
    with pytest.raises(httpx.ReadError):
        await pieces_of(response)
    await response.aclose()
    await transport.aclose()
    assert not path.exists()


async def test_a_broken_connection_leaves_no_answer(tmp_path: Path) -> None:
    """On a real socket: the service promises more than it sends."""
    path = tmp_path / "a.yaml"
    with Server(says_and_closes(answer(200, {"a": 1}, length=10**6)), says(answer(200, {"a": 2}))) as server:
        transport = RecordedTransport(path, inner=Timeless())
        async with AsyncClient(token="r8_12345678", base_url=server.url, transport=transport, retries=1) as client:
            assert await client.request("GET", "/x") == {"a": 2}
    transport = RecordedTransport(path)
    async with AsyncClient(transport=transport, retries=0) as client:
        assert await client.request("GET", "/x") == {"a": 2}
    assert transport.unused == []


class Timeless(AsyncHTTPTransport):
    """The network, without the pauses between tries."""

    clock = VirtualClock()


async def test_what_is_still_open_when_all_is_closed_is_kept_so_far(tmp_path: Path) -> None:
    """Rather than lost."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(path, inner=AsyncService((b"a", b"b")))
    response = await opened(transport)
    iterator = as_it_comes(response)
    assert await iterator.__anext__() == b"a"
    await transport.aclose()
    await response.aclose()
    transport = RecordedTransport(path)
    assert await pieces_of(await opened(transport), 1) == [b"a"]
    await transport.aclose()


async def test_a_stream_of_a_prediction_replays(tmp_path: Path) -> None:
    """From the mock's, event by event; a replay waits for nothing, and tells the same."""
    path = tmp_path / "a.yaml"
    mock = MockTransport()

    @mock.model("acme/poem", processing=20)
    def poem(prompt: str) -> Any:
        yield from (f"{prompt} {number}" for number in range(3))

    told: list[list[bytes]] = []
    for inner in (mock, None):
        transport = RecordedTransport(path, inner=inner)
        async with AsyncClient(transport=transport) as client:
            prediction = await client.predictions.create("acme/poem", {"prompt": "a"})
            assert prediction.urls.stream is not None
            response = await transport.handle_async_request(httpx.Request("GET", prediction.urls.stream))
            told.append(await pieces_of(response))
    assert told[0] == told[1]
    assert len(told[0]) > 4


async def test_events_replay_as_they_were_told(tmp_path: Path) -> None:
    """Through the client: all of them, or as many as were wanted when they were recorded."""
    path = tmp_path / "a.yaml"
    mock = MockTransport()

    @mock.model("acme/poem", processing=20)
    def poem(prompt: str) -> Any:
        yield from (f"{prompt} {number}" for number in range(3))

    told: list[list[str]] = []
    for inner in (mock, None):
        transport = RecordedTransport(path, inner=inner)
        async with AsyncClient(transport=transport) as client:
            async with client.stream("acme/poem", {"prompt": "a"}) as events:
                told.append([str(event) async for event in events])
            async with client.stream("acme/poem", {"prompt": "b"}) as events:
                async for event in events:
                    told[-1].append(str(event))
                    break
    assert told[0] == told[1]
    assert "".join(told[0]) == "a 0a 1a 2b 0"
    assert transport.unused == []
