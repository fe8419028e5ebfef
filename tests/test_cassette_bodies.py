"""What is recorded is what is replayed, byte for byte: by us, and by vcrpy's own loader."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from tapes import API, Pieces, Service, exchange, raw
from vcrpy import FilesystemPersister, deserialize, jsonserializer, yamlserializer

from replicate_typed import RecordedTransport
from replicate_typed.transports.cassettes import encodings
from replicate_typed.transports.cassettes.documents import document_of, interactions_of
from replicate_typed.transports.cassettes.encodings import decoded
from replicate_typed.transports.cassettes.interactions import (
    Frame,
    Headers,
    Interaction,
    RecordedRequest,
    RecordedResponse,
)
from replicate_typed.transports.cassettes.sources import Source
from replicate_typed.transports.cassettes.yaml_text import read, write

ODD_TEXTS = [
    "", " ", "null", "1", "0x1F", "1:30", "yes", "~", "- a", "a: b", "#a", "'", '"', "\\", "\t", "a\r\nb\r\n", "\n",
    "\n\n", " a", "a ", "a\n ", "\x00", "\x7f", "\x85", "\u2028", "\ufeff", "😀", "é", "<<", "=", "2020-01-01", "&a",
    "*a", "!!binary x", "%", "@", "`", "---", "...", "---\n- a\n...", "x" * 200, "a b " * 60, "ü" * 100,
    "\x1b[0m", "{}", "[]",
]  # fmt: skip
TEXTS = st.text(max_size=60) | st.sampled_from(ODD_TEXTS)
BODIES = TEXTS.map(lambda text: text.encode(errors="replace")) | st.binary(max_size=80)
NAMES = st.sampled_from([b"X-A", b"x-a", b"x-b", b"Content-Type", b"etag", b"y", b"null"])
VALUES = TEXTS.map(lambda text: " ".join(text.encode(errors="replace").decode().split()).encode()) | st.binary(
    max_size=20
)
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=6).map(tuple)


@st.composite
def framed(draw: st.DrawFn) -> tuple[bytes, tuple[Frame, ...]]:
    pieces = draw(st.lists(BODIES, max_size=4))
    frames = tuple(Frame(draw(st.integers(0, 10**6)) / 1000, len(piece)) for piece in pieces)
    return b"".join(pieces), frames


@st.composite
def interactions(draw: st.DrawFn) -> Interaction:
    body, frames = draw(framed())
    request = RecordedRequest(
        draw(st.sampled_from(["GET", "POST", "QUERY"])), f"{API}/x?a={draw(st.integers())}", draw(HEADERS), draw(BODIES)
    )
    return Interaction(
        request,
        RecordedResponse(
            draw(st.integers(100, 599)), draw(TEXTS.map(lambda text: text.encode(errors="replace").decode())),
            draw(HEADERS), body, frames=frames, ending=draw(st.sampled_from(["whole", "closed", "broken"])),
        ),
    )  # fmt: skip


def grouped(found: Interaction) -> Interaction:
    """With headers of one name together, as the format has them."""

    def together(headers: Headers) -> Headers:
        names = list(dict.fromkeys(name for name, _ in headers))
        return tuple(pair for name in names for pair in headers if pair[0] == name)

    request, response = found.request, found.response
    return Interaction(
        evolve(request, headers=together(request.headers)), evolve(response, headers=together(response.headers))
    )


@given(st.lists(interactions(), max_size=3))
def test_an_interaction_comes_back_as_it_was(written: list[Interaction]) -> None:
    """Through YAML; every byte, every header's values in order, every frame."""
    text = write({"interactions": [document_of(each) for each in written], "version": 1})
    assert text.isascii()  # whatever encoding a program reads files with
    found = interactions_of(read(Source(BytesIO(text.encode())), "a.yaml"))
    assert found == [grouped(each) for each in written]


@given(st.lists(interactions(), max_size=3))
def test_the_loader_of_vcrpy_reads_the_same(written: list[Interaction]) -> None:
    """Bodies as bytes, and the keys that we add."""
    text = write({"interactions": [document_of(each) for each in written], "version": 1})
    requests, responses = deserialize(text, yamlserializer)
    assert [request.body or b"" for request in requests] == [each.request.body for each in written]
    assert [response["body"]["string"] for response in responses] == [each.response.body for each in written]
    assert [response["status"]["code"] for response in responses] == [each.response.status for each in written]


@given(body=BODIES, pieces=st.integers(1, 3), encoded=st.booleans(), suffix=st.sampled_from([".yaml", ".json"]))
def test_what_arrived_arrives_again(
    body: bytes, pieces: int, encoded: bool, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From a service to a file to a program, in both kinds of file; compressed bodies stay compressed."""
    path = tmp_path_factory.getbasetemp() / f"again{suffix}"
    path.unlink(missing_ok=True)
    content = gzip.compress(body) if encoded else body
    size = len(content) // pieces + 1
    headers = [
        (b"X-A", b"1"),
        (b"x-b", b"\xff"),
        (b"X-A", b"2"),
        *([(b"Content-Encoding", b"gzip")] if encoded else []),
    ]
    request = httpx.Request("POST", f"{API}/x", content=body)
    arriving = Pieces(*(content[start : start + size] for start in range(0, len(content), size)))
    answer = httpx.Response(207, headers=headers, stream=arriving)
    for inner in (Service(answer), None):
        with RecordedTransport(path, inner=inner) as transport:
            response = exchange(transport, request)
        assert (response.status_code, raw(response)) == (207, content)
        assert response.headers.get_list("x-a") == ["1", "2"]
        assert [value for name, value in response.headers.raw if name == b"x-b"] == [b"\xff"]
        assert httpx.Response(200, headers=response.headers, content=raw(response)).read() == body


def test_large_bodies_are_recorded(tmp_path: Path) -> None:
    """Megabytes of text and of bytes."""
    import random

    path = tmp_path / "large.yaml"
    body = random.Random(1).randbytes(3 * 2**20)
    text = json.dumps(["é😀\n"] * 200_000).encode()
    for answers in ([httpx.Response(200, stream=Pieces(each)) for each in (body, text)], []):
        with RecordedTransport(path, inner=Service(*answers)) as transport:
            for expected in (body, text):
                assert raw(exchange(transport, httpx.Request("GET", f"{API}/x"))) == expected


def test_text_can_be_read_in_the_file(tmp_path: Path) -> None:
    """And only what is none is base64."""
    path = tmp_path / "a.yaml"
    for body in (b'{"name": "caf\xc3\xa9"}', b"\xff\x00"):
        with RecordedTransport(
            path, mode="new_episodes", inner=Service(httpx.Response(200, stream=Pieces(body)))
        ) as recorder:
            exchange(recorder, httpx.Request("POST", f"{API}/x", content=body))
    text = path.read_text()
    assert text.count('{"name": "caf\\xE9"}'.replace('"', '\\"')) == 2
    assert text.count("!!binary") == 2


def test_an_answer_without_a_body_has_none(tmp_path: Path) -> None:
    """204, or to HEAD, with the length that it would have had."""
    path = tmp_path / "a.yaml"
    answers = [
        httpx.Response(204, stream=Pieces()),
        httpx.Response(200, headers={"content-length": "5"}, stream=Pieces()),
    ]
    for inner in (Service(*answers), None):
        with RecordedTransport(path, inner=inner) as transport:
            none = exchange(transport, httpx.Request("DELETE", f"{API}/x"))
            head = exchange(transport, httpx.Request("HEAD", f"{API}/x"))
        assert (none.status_code, raw(none), head.headers["content-length"], raw(head)) == (204, b"", "5", b"")


def test_an_answer_in_memory_is_recorded(tmp_path: Path) -> None:
    """As those of transports that send nothing are; httpx has read them, and decoded them, by then."""
    path = tmp_path / "a.yaml"
    answer = httpx.Response(200, headers={"content-encoding": "gzip"}, content=gzip.compress(b"hello"))
    for inner in (Service(answer), None):
        with RecordedTransport(path, inner=inner) as transport:
            response = transport.handle_request(httpx.Request("GET", f"{API}/x"))
            assert response.read() == b"hello"


def test_reasons_are_kept(tmp_path: Path) -> None:
    """The words after the status."""
    path = tmp_path / "a.yaml"
    answer = httpx.Response(299, extensions={"reason_phrase": b"Odd Enough"}, stream=Pieces())
    for inner in (Service(answer), None):
        with RecordedTransport(path, inner=inner) as transport:
            assert exchange(transport, httpx.Request("GET", f"{API}/x")).reason_phrase == "Odd Enough"


@pytest.mark.parametrize(("suffix", "serializer"), [(".yaml", yamlserializer), (".json", jsonserializer)])
def test_vcrpy_keeps_our_keys(suffix: str, serializer: Any, tmp_path: Path) -> None:
    """When it loads and saves a cassette, frames and endings are there still."""
    path, copy = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    answers = [
        httpx.Response(
            200, headers={"content-type": "text/event-stream"}, stream=Pieces(b"data: \xc3", b"\xa9", b"\n\n")
        )
    ]
    request = httpx.Request("GET", f"{API}/x")
    with RecordedTransport(path, inner=Service(*answers)) as transport:
        response = transport.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        iterator = iter(response.stream)
        assert [next(iterator) for _ in range(3)] == [b"data: \xc3", b"\xa9", b"\n\n"]
        response.close()
    requests, responses = FilesystemPersister.load_cassette(path, serializer)
    FilesystemPersister.save_cassette(copy, {"requests": requests, "responses": responses}, serializer)
    (document,) = serializer.deserialize(copy.read_text())["interactions"]
    assert document["response"]["ending"] == "closed"
    assert [length for _, length in document["response"]["frames"]] == [7, 1, 2]
    with RecordedTransport(copy) as transport:
        response = transport.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        iterator = iter(response.stream)
        assert [next(iterator) for _ in range(3)] == [b"data: \xc3", b"\xa9", b"\n\n"]


def test_a_json_cassette_with_bytes_loads_in_vcrpy(tmp_path: Path) -> None:
    """Which cannot write such a one itself."""
    path = tmp_path / "a.json"
    with RecordedTransport(path, inner=Service(httpx.Response(200, stream=Pieces(b"\xff")))) as transport:
        exchange(transport, httpx.Request("POST", f"{API}/x", content=b"\xfe"))
    requests, _ = FilesystemPersister.load_cassette(path, jsonserializer)
    assert len(requests) == 1


def test_a_body_that_swells_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look for secrets, no more is decoded than a cassette may hold; the body stays as it came."""
    headers = ((b"content-encoding", b"gzip"),)
    body = gzip.compress(bytes(10**6))
    assert decoded(headers, body) == bytes(10**6)
    monkeypatch.setattr(encodings, "MOST_BYTES", 10**5)
    assert decoded(headers, body) is None
    assert decoded(headers, b"no gzip") is None
