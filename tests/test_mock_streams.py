"""The mock service streams predictions whose output comes bit by bit, as server-sent events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anyio
import httpx
import pytest
from hooking import talking_service
from hypothesis import given, strategies as st
from mocking import BASE, client_of, create, get, problem_of
from streaming import text, whole

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(talking_service)
client = pytest.fixture(client_of)


def made(output: list[Any], *, logs: list[str] | None = None) -> tuple[MockTransport, httpx.Client, dict[str, Any]]:
    """A prediction that gives these items, and has ended."""
    mock = MockTransport()

    @mock.model("acme/made")
    def model() -> Iterator[Any]:
        for line in logs or []:
            mock.log(line)
        yield from output

    client = client_of(mock)
    prediction = create(client, "acme/made")
    mock.clock.sleep(10)
    return mock, client, prediction


def test_a_stream_tells_what_happens(mock: MockTransport, client: httpx.Client) -> None:
    """Byte by byte as the service does."""
    prediction = create(client, "acme/talk")
    response = client.get(prediction["urls"]["stream"])
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.content == (
        b": hi\n\n"
        b"event: logs\nid: 1735689603:0\ndata: warming up\ndata: \n\n"
        b"event: output\nid: 1735689604:0\ndata: Hello\n\n"
        b"event: output\nid: 1735689605:0\ndata:  world\n\n"
        b"event: logs\nid: 1735689606:0\ndata: cooling down\ndata: \n\n"
        b"event: done\nid: 1735689607:0\ndata: {}\n\n"
    )


INSTANTS = [0, 3, 4, 5, 6, 7]


def test_everything_is_told_at_its_instant(mock: MockTransport, client: httpx.Client) -> None:
    """Reading passes the time."""
    prediction = create(client, "acme/talk")
    with client.stream("GET", prediction["urls"]["stream"]) as response:
        assert [mock.clock.now() for _ in response.iter_raw()] == INSTANTS


def test_a_reader_that_takes_its_time_is_told_no_later_for_that(mock: MockTransport, client: httpx.Client) -> None:
    """What has happened meanwhile is told at once."""
    prediction = create(client, "acme/talk")
    instants: list[float] = []
    with client.stream("GET", prediction["urls"]["stream"]) as response:
        for _ in response.iter_raw():
            instants.append(mock.clock.now())
            mock.clock.sleep(1.5)
    assert instants == [0, 3, 4.5, 6, 7.5, 9]


def test_timeouts_of_real_time_are_not_over_while_none_passes(mock: MockTransport) -> None:
    """Those of httpx's own clients; ours go by the transport's clock."""
    client = httpx.Client(transport=mock, base_url=BASE, timeout=0.5)
    response = client.get(create(client, "acme/talk")["urls"]["stream"])
    assert response.content.endswith(b"event: done\nid: 1735689607:0\ndata: {}\n\n")


@pytest.mark.anyio
async def test_everything_is_told_to_tasks_at_its_instant(mock: MockTransport, client: httpx.Client) -> None:
    """Many at once."""
    seen: list[list[float]] = []

    async def read() -> None:
        async with (
            httpx.AsyncClient(transport=mock) as client,
            client.stream("GET", prediction["urls"]["stream"]) as response,
        ):
            seen.append([mock.clock.now() async for _ in response.aiter_raw()])

    prediction = create(client, "acme/talk")
    async with anyio.create_task_group() as tasks:
        for _ in range(10):
            tasks.start_soon(read)
    assert seen == [INSTANTS] * 10


def test_the_text_is_that_of_the_prediction(mock: MockTransport, client: httpx.Client) -> None:
    """Put together again."""
    prediction = create(client, "acme/talk")
    told = whole(client, prediction)
    finished = get(client, prediction)
    assert text(told, "output") == "".join(finished["output"])
    assert text(told, "logs") == finished["logs"]


@given(st.lists(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=10), max_size=8))
def test_any_text_comes_through(output: list[str]) -> None:
    """Line breaks, spaces at the ends, separators that are no line breaks here, nothing at all."""
    _, client, prediction = made(output)
    assert [data for name, _, data in whole(client, prediction) if name == "output"] == output


def test_items_that_are_no_text_are_json() -> None:
    """On one line each."""
    _, client, prediction = made([{"a": [1, "é"]}, 2, None, "x\r\ny\rz"])
    told = whole(client, prediction)
    assert [data for _, _, data in told] == ['{"a":[1,"é"]}', "2", "null", "x\ny\nz", "{}"]


def test_ids_count_within_a_second() -> None:
    """So each is different, and they grow."""
    _, client, prediction = made(list("abcdef"), logs=["x"])
    ids = [id for _, id, _ in whole(client, prediction)]
    assert ids == [f"1735689600:{n}" for n in range(3)] + [f"1735689601:{n}" for n in range(5)]


def test_what_has_ended_is_told_at_once(mock: MockTransport, client: httpx.Client) -> None:
    """Again and again, as it was told before."""
    prediction = create(client, "acme/talk")
    live = whole(client, prediction)
    mock.clock.sleep(100)
    before = mock.clock.now()
    assert whole(client, prediction) == whole(client, prediction) == live
    assert mock.clock.now() == before


def test_who_comes_late_is_told_all(mock: MockTransport, client: httpx.Client) -> None:
    """What has happened at once, the rest as it happens."""
    prediction = create(client, "acme/talk")
    mock.clock.sleep(4.5)
    with client.stream("GET", prediction["urls"]["stream"]) as response:
        instants = [mock.clock.now() for _ in response.iter_raw()]
    assert instants == [4.5, 4.5, 4.5, 5, 6, 7]


@pytest.mark.parametrize("after", [None, 0, 4.5])
def test_a_stream_goes_on_after_the_last_event_seen(
    mock: MockTransport, client: httpx.Client, after: float | None
) -> None:
    """With no event twice and none missing, whenever it is asked for."""
    first = create(client, "acme/talk")
    told = whole(client, first)
    for count in range(len(told)):
        prediction = first if after is None else create(client, "acme/talk")
        begun = 0 if after is None else round(mock.clock.now())
        mock.clock.sleep(after or 0)
        expected = [(name, shifted(id, begun), data) for name, id, data in told]
        assert whole(client, prediction, last=expected[count][1]) == expected[count + 1 :]


def shifted(id: str, seconds: int) -> str:
    second, _, number = id.partition(":")
    return f"{int(second) + seconds}:{number}"


@pytest.mark.parametrize("last", ["", "x", "1735689603", "-1:0", "1735689603:x", "9" * 5000 + ":0"])
def test_an_id_that_is_none_is_ignored(mock: MockTransport, client: httpx.Client, last: str) -> None:
    """All is told."""
    prediction = create(client, "acme/talk")
    assert whole(client, prediction, last) == whole(client, prediction)


def test_files_have_streams_of_their_own(mock: MockTransport, client: httpx.Client) -> None:
    """The path tells that each output is the address of a file, which can be read."""

    @mock.model("acme/draw")
    def draw() -> Iterator[bytes]:
        yield b"one"
        yield b"two"

    prediction = create(client, "acme/draw")
    assert "/v1/files/" in prediction["urls"]["stream"]
    told = whole(client, prediction)
    urls = [data for name, _, data in told if name == "output"]
    assert urls == get(client, prediction)["output"]
    assert [client.get(url).content for url in urls] == [b"one", b"two"]
    assert "/v1/streams/" in create(client, "acme/talk")["urls"]["stream"]


def test_streams_have_hosts_of_their_own(mock: MockTransport) -> None:
    """As the service's, but where the mock is served at another address."""
    prediction = create(client_of(mock), "acme/talk")
    assert prediction["urls"]["stream"].startswith("https://stream.replicate.com/v1/streams/")
    served = httpx.Client(transport=mock, base_url="http://127.0.0.1:8000/v1")
    prediction = create(served, "acme/talk")
    assert prediction["urls"]["stream"].startswith("http://127.0.0.1:8000/v1/streams/")
    assert whole(served, prediction)


def test_what_has_no_stream_is_not_found(mock: MockTransport, client: httpx.Client) -> None:
    """A prediction whose output comes at once, an address made up, or of another kind."""
    echo = create(client, text="x")
    assert "stream" not in echo["urls"]
    stream: str = create(client, "acme/talk")["urls"]["stream"]
    for url in (
        stream[:-26] + echo["id"],
        stream[:-52] + "a" * 26 + stream[-26:],
        stream.replace("/streams/", "/files/"),
    ):
        assert "does not exist" in problem_of(client.get(url), 404)["detail"]
    assert "does not know POST" in problem_of(client.post(stream), 404)["detail"]


def test_a_stream_is_removed_with_the_data(mock: MockTransport, client: httpx.Client) -> None:
    """An hour after the end."""
    prediction = create(client, "acme/talk")
    mock.clock.sleep(7 + 3599)
    assert whole(client, prediction)
    mock.clock.sleep(1)
    problem_of(client.get(prediction["urls"]["stream"]), 404)
