# Made by scripts/unasync.py from tests/_async/test_recorded_streams.py; do not edit.
"""Streams keep their frames, their pauses if these are wanted, and the way they ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from servers import Server, answer, says, says_and_closes

from replicate_typed import (
    CassetteError,
    Client,
    HTTPTransport,
    MockTransport,
    RecordedTransport,
    VirtualClock,
)
from replicate_typed.transports.cassettes.files import load

pytestmark = pytest.mark.anyio

EVENTS = "text/event-stream"
URL = "https://stream.test/v1/files/a"


class Pieces(httpx.SyncByteStream):
    """A body that comes in pieces, with a pause before each; one that is an error is raised."""

    def __init__(self, clock: VirtualClock, *pieces: bytes | BaseException) -> None:
        self._clock = clock
        self._pieces = pieces
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        for number, piece in enumerate(self._pieces):
            self._clock.sleep(number + 0.25)
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    def close(self) -> None:
        self.is_closed = True


class Service:
    """Gives one answer after the other, in pieces."""

    def __init__(self, *answers: tuple[bytes | BaseException, ...], content_type: str = EVENTS) -> None:
        self.clock = VirtualClock()
        self.bodies = [Pieces(self.clock, *pieces) for pieces in answers]
        self._answers = iter(self.bodies)
        self._content_type = content_type

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": self._content_type}, stream=next(self._answers))

    def close(self) -> None:
        pass


def opened(transport: RecordedTransport) -> httpx.Response:
    response = transport.handle_request(httpx.Request("GET", URL))
    response.request = httpx.Request("GET", URL)
    return response


def pieces_of(response: httpx.Response, most: int | None = None) -> list[bytes]:
    """The pieces as they come, and then it is closed."""
    found: list[bytes] = []
    if most != 0:
        for piece in as_it_comes(response):
            found.append(piece)
            if len(found) == most:
                break
    response.close()
    return found


def as_it_comes(response: httpx.Response) -> Iterator[bytes]:
    assert isinstance(response.stream, httpx.SyncByteStream)
    return response.stream.__iter__()


def test_frames_come_again_without_pauses(tmp_path: Path) -> None:
    """Each as it came; the clock stands still."""
    path = tmp_path / "a.yaml"
    service = Service((b"data: a\n", b"\ndata:", b" b\n\n"))
    for inner in (service, None):
        transport = RecordedTransport(path, inner=inner)
        assert pieces_of(opened(transport)) == [b"data: a\n", b"\ndata:", b" b\n\n"]
        clock = transport.clock
        assert isinstance(clock, VirtualClock)
        assert clock.now() == (3.75 if inner else 0)
        transport.close()
    assert service.bodies[0].is_closed
    (found,) = load(str(path)) or []
    assert [(frame.pause, frame.length) for frame in found.response.frames] == [(0.25, 8), (1.25, 6), (2.25, 4)]


def test_pauses_come_again_on_request(tmp_path: Path) -> None:
    """On the clock of the replay: the real one, unless another is given."""
    path = tmp_path / "a.yaml"
    clock = VirtualClock()
    for inner in (Service((b"a", b"b", b"c")), None):
        transport = RecordedTransport(path, inner=inner, pauses=True, clock=clock)
        assert pieces_of(opened(transport)) == [b"a", b"b", b"c"]
        transport.close()
    assert clock.now() == 3.75
    assert clock.slept == [0.25, 1.25, 2.25]


def test_a_body_in_one_piece_has_no_frames(tmp_path: Path) -> None:
    """There is nothing to tell of it."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(path, inner=Service((b"abc",)))
    assert pieces_of(opened(transport)) == [b"abc"]
    transport.close()
    assert b"frames" not in path.read_bytes()


@pytest.mark.parametrize("most", [0, 1, 2])
def test_what_its_reader_closed_is_kept_so_far(most: int, tmp_path: Path) -> None:
    """A replay gives the same, and says so when more is wanted."""
    path = tmp_path / "a.yaml"
    for inner in (Service((b"a", b"b", b"c")), None):
        transport = RecordedTransport(path, inner=inner)
        assert pieces_of(opened(transport), most) == [b"a", b"b"][:most]
        transport.close()
    transport = RecordedTransport(path)
    with pytest.raises(CassetteError, match=r"GET https://stream.test/v1/files/a -> 200 was closed here by its reader"):
        pieces_of(opened(transport))
    transport.close()


def test_json_that_its_reader_closed_is_not_kept(tmp_path: Path) -> None:
    """Half of it says nothing; the answer to the next try is what is replayed."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(path, inner=Service((b"{", b"}"), (b"{}",), content_type="application/json"))
    assert pieces_of(opened(transport), 1) == [b"{"]
    assert pieces_of(opened(transport)) == [b"{}"]
    transport.close()
    transport = RecordedTransport(path)
    assert pieces_of(opened(transport)) == [b"{}"]
    transport.close()
    assert transport.unused == []


def test_a_stream_of_events_that_broke_breaks_again(tmp_path: Path) -> None:
    """So that a program goes on with the next one as it did."""
    path = tmp_path / "a.yaml"
    for inner in (Service((b"a", httpx.ReadError("reset")), (b"b",)), None):
        transport = RecordedTransport(path, inner=inner)
        response = opened(transport)
        found: list[bytes] = []
        with pytest.raises(httpx.ReadError):
            for piece in as_it_comes(response):
                found.append(piece)
        response.close()
        assert found == [b"a"]
        assert pieces_of(opened(transport)) == [b"b"]
        transport.close()


def test_any_other_body_that_broke_is_not_kept(tmp_path: Path) -> None:
    """Not half a file, which a replay would give for a whole one."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(
        path, inner=Service((b"a", httpx.ReadError("reset")), content_type="application/octet-stream")
    )
    response = opened(transport)
    with pytest.raises(httpx.ReadError):
        pieces_of(response)
    response.close()
    transport.close()
    assert not path.exists()


def test_a_broken_connection_leaves_no_answer(tmp_path: Path) -> None:
    """On a real socket: the service promises more than it sends."""
    path = tmp_path / "a.yaml"
    with Server(says_and_closes(answer(200, {"a": 1}, length=10**6)), says(answer(200, {"a": 2}))) as server:
        transport = RecordedTransport(path, inner=Timeless())
        with Client(token="r8_12345678", base_url=server.url, transport=transport, retries=1) as client:
            assert client.request("GET", "/x") == {"a": 2}
    transport = RecordedTransport(path)
    with Client(transport=transport, retries=0) as client:
        assert client.request("GET", "/x") == {"a": 2}
    assert transport.unused == []


class Timeless(HTTPTransport):
    """The network, without the pauses between tries."""

    clock = VirtualClock()


def test_what_is_still_open_when_all_is_closed_is_kept_so_far(tmp_path: Path) -> None:
    """Rather than lost."""
    path = tmp_path / "a.yaml"
    transport = RecordedTransport(path, inner=Service((b"a", b"b")))
    response = opened(transport)
    iterator = as_it_comes(response)
    assert iterator.__next__() == b"a"
    transport.close()
    response.close()
    transport = RecordedTransport(path)
    assert pieces_of(opened(transport), 1) == [b"a"]
    transport.close()


def test_a_stream_of_a_prediction_replays(tmp_path: Path) -> None:
    """From the mock's, event by event; a replay waits for nothing, and tells the same."""
    path = tmp_path / "a.yaml"
    mock = MockTransport()

    @mock.model("acme/poem", processing=20)
    def poem(prompt: str) -> Any:
        yield from (f"{prompt} {number}" for number in range(3))

    told: list[list[bytes]] = []
    for inner in (mock, None):
        transport = RecordedTransport(path, inner=inner)
        with Client(transport=transport) as client:
            prediction = client.predictions.create("acme/poem", {"prompt": "a"})
            assert prediction.urls.stream is not None
            response = transport.handle_request(httpx.Request("GET", prediction.urls.stream))
            told.append(pieces_of(response))
    assert told[0] == told[1]
    assert len(told[0]) > 4


def test_events_replay_as_they_were_told(tmp_path: Path) -> None:
    """Through the client: all of them, or as many as were wanted when they were recorded."""
    path = tmp_path / "a.yaml"
    mock = MockTransport()

    @mock.model("acme/poem", processing=20)
    def poem(prompt: str) -> Any:
        yield from (f"{prompt} {number}" for number in range(3))

    told: list[list[str]] = []
    for inner in (mock, None):
        transport = RecordedTransport(path, inner=inner)
        with Client(transport=transport) as client:
            with client.stream("acme/poem", {"prompt": "a"}) as events:
                told.append([str(event) for event in events])
            with client.stream("acme/poem", {"prompt": "b"}) as events:
                for event in events:
                    told[-1].append(str(event))
                    break
    assert told[0] == told[1]
    assert "".join(told[0]) == "a 0a 1a 2b 0"
    assert transport.unused == []
