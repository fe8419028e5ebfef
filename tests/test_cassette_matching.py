"""Which requests are the same, and what is said of those that are not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st
from tapes import API, Pieces, Service, asked, exchange, interaction, raw, recorded

from replicate_typed import CassetteError, RecordedTransport
from replicate_typed.transports.cassettes.differences import differences, nearest
from replicate_typed.transports.cassettes.interactions import RecordedRequest
from replicate_typed.transports.cassettes.matching import key_of
from replicate_typed.transports.cassettes.tape import Tape

JSON_VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def post(body: bytes, content_type: str | None = "application/json") -> RecordedRequest:
    return asked("POST", f"{API}/x", body, content_type)


def form(boundary: str, *parts: tuple[str, str, bytes]) -> RecordedRequest:
    lines = b"".join(
        b"--%s\r\nContent-Disposition: form-data; name=%s\r\n%s\r\n%s\r\n"
        % (boundary.encode(), json.dumps(name).encode(), f"{header}\r\n".encode() if header else b"", content)
        for name, header, content in parts
    )
    return post(lines + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}")


SAME: list[tuple[RecordedRequest, RecordedRequest]] = [
    (asked("GET", f"{API}/x?a=1&b=2&a=3"), asked("get", f"{API}/x?b=2&a=3&a=1")),
    (asked("GET", f"{API}/x?a=%7E+b"), asked("GET", f"{API}/x?a=~%20b")),
    (asked("GET", f"{API}/x"), asked("GET", "http://127.0.0.1:5000/v1/x")),
    (asked("GET", "https://a.test"), asked("GET", "https://a.test/")),
    (post(b'{"a": 1, "b": [1.0, "\\u00e9"]}'), post('{"b":[1,"é"],"a":1.0}'.encode())),
    (post(b' {"a": 1}', None), post(b'{"a":1}', "application/json; charset=utf-8")),
    (post(b""), post(b"", None)),
    (post(b"plain", "text/plain"), post(b"plain", None)),
    (form("aaa", ("a", "", b"x"), ("b", "Content-Type: text/plain", b"y")),
     form("bbb", ("b", "content-type: text/plain", b"y"), ("a", "", b"x"))),
    (form("aaa", ("metadata", "", b'{"a": 1, "b": 2}')), form("bbb", ("metadata", "", b'{"b":2,"a":1}'))),
]  # fmt: skip
OTHERS: list[tuple[RecordedRequest, RecordedRequest, str]] = [
    (asked("GET"), asked("DELETE"), "^method: recorded GET, sent DELETE$"),
    (asked("GET", f"{API}/x"), asked("GET", f"{API}/y"), "^path: recorded /v1/x, sent /v1/y$"),
    (asked("GET", f"{API}/a%2Fb"), asked("GET", f"{API}/a/b"), "path: recorded /v1/a%2Fb, sent /v1/a/b"),
    (asked("GET", f"{API}/x?a=1"), asked("GET", f"{API}/x?a=2"), "^query, a: recorded '1', sent '2'$"),
    (asked("GET", f"{API}/x?a=1"), asked("GET", f"{API}/x?a=1&a=1"), r"^query, a: recorded '1', sent \['1', '1'\]$"),
    (asked("GET", f"{API}/x?a="), asked("GET", f"{API}/x"), r"^query, a: recorded '', sent \[\]$"),
    (post(b'{"a": 1}'), post(b'{"a": true}'), "^body.a: recorded 1, sent True$"),
    (post(b'{"a": 1}'), post(b'{"a": "1"}'), "^body.a: recorded 1, sent '1'$"),
    (post(b'{"a": [1, {"b": 2}]}'), post(b'{"a": [1, {"b": 3}]}'), r"^body\.a\[1\]\.b: recorded 2, sent 3$"),
    (post(b'{"a": [1]}'), post(b'{"a": [1, 2]}'), "^body.a: recorded 1 items, sent 2$"),
    (post(b'{"a": [1, 2]}'), post(b'{"a": [2, 1]}'), r"^body\.a\[0\]: recorded 1, sent 2"),
    (post(b'{"a": 1}'), post(b'{"b": 1}'), "^body.a: recorded 1, not sent\nbody.b: not recorded, sent 1$"),
    (post(b'{"a": 1}'), post(b""), "^body: recorded {\"a\": 1}, sent none$"),
    (post(b"x"), post(b"y"), "^body: recorded 'x', sent 'y'$"),
    (post(b"\xff" * 100), post(b"\xfe" * 200), "^body: recorded 100 bytes, sent 200 bytes$"),
    (form("a", ("a", "", b"x")), form("a", ("a", "", b"y")), "^part 'a', body: recorded 'x', sent 'y'$"),
    (form("a", ("a", "", b'{"b": 1}')), form("a", ("a", "", b'{"b": 2}')), "^part 'a', body.b: recorded 1, sent 2$"),
    (form("a", ("a", "", b"x")), form("a", ("a", "", b"x"), ("b", "", b"y")), "^part 'b': not recorded$"),
    (form("a", ("a", "", b"x"), ("b", "", b"y")), form("a", ("a", "", b"x")), "^part 'b': not sent$"),
    (form("a", ("a", "", b"x")), form("a", ("b", "", b"x")), "^parts: recorded 'a', sent 'b'$"),
    (form("a", ("a", "Content-Type: text/a", b"x")), form("a", ("a", "Content-Type: text/b", b"x")),
     "^media type of part 'a': recorded 'text/a', sent 'text/b'$"),
    (form("a", ("a", "", b"x")), post(b"x", "text/plain"), "^body: recorded a form of 1 parts, sent 'x'$"),
    (post(json.dumps(dict.fromkeys("abcdefgh", 1)).encode()), post(json.dumps(dict.fromkeys("abcdefgh", 2)).encode()),
     "body.e: recorded 1, sent 2\nand 3 more$"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_says_the_same_is_the_same(one: RecordedRequest, other: RecordedRequest) -> None:
    """Whatever its layout, order, boundary, letters and host."""
    assert key_of(one) == key_of(other)
    assert hash(key_of(one)) == hash(key_of(other))
    assert differences(one, other) == []


@pytest.mark.parametrize(("one", "other", "told"), OTHERS)
def test_what_says_something_else_is_another_request(one: RecordedRequest, other: RecordedRequest, told: str) -> None:
    """And what it says is told, with its place."""
    assert key_of(one) != key_of(other)
    assert re.search(told, "\n".join(differences(one, other))), differences(one, other)


@given(JSON_VALUES, st.sampled_from([None, 1, 4]), st.booleans(), st.booleans())
def test_json_is_compared_by_value(value: Any, indent: int | None, is_sorted: bool, is_ascii: bool) -> None:
    """Any layout of a value is the same."""
    other = json.dumps({"a": value}, indent=indent, sort_keys=is_sorted, ensure_ascii=is_ascii).encode()
    assert key_of(post(json.dumps({"a": value}).encode())) == key_of(post(other))


@given(JSON_VALUES, JSON_VALUES)
def test_what_differs_is_found(one: Any, other: Any) -> None:
    """Two requests are the same exactly if there is no difference to tell."""
    ours, theirs = (post(json.dumps({"a": value}).encode()) for value in (one, other))
    assert (key_of(ours) == key_of(theirs)) == (not differences(ours, theirs))


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"{\xff}",
        b'{"a": 1e999}',
        b'{"a": NaN}',
        b"[" + b"9" * 5000 + b"]",
    ],
)
def test_what_is_no_json_is_compared_by_its_bytes(body: bytes) -> None:
    """Or at any rate without an error."""
    assert key_of(post(body)) == key_of(post(body))
    assert key_of(post(body)) != key_of(post(body + b" x"))
    assert differences(post(body), post(b"{}"))


def test_deep_differences_are_told() -> None:
    """Without following them for ever."""
    ours, theirs = (post(b'{"a":' * 300 + value + b"}" * 300) for value in (b"1", b"2"))
    (told,) = differences(ours, theirs)
    assert told.startswith("body.a.a.a.")


def test_the_nearest_is_the_likest() -> None:
    """Of equal paths, the one with the fewest differences; none if nothing is like it."""
    requests = [
        asked("GET", f"{API}/predictions"),
        asked("POST", f"{API}/predictions", b'{"input": {"a": 1, "b": 1}}'),
        asked("POST", f"{API}/predictions", b'{"input": {"a": 2, "b": 1}}'),
        asked("GET", f"{API}/hardware"),
    ]
    assert nearest(requests, asked("POST", f"{API}/predictions", b'{"input": {"a": 2, "b": 2}}')) == 2
    assert nearest(requests, asked("GET", f"{API}/prediction")) == 0
    assert nearest(requests, asked("QUERY", "https://x.test/zzz")) is None
    assert nearest([], asked()) is None


def test_a_request_without_a_match_is_told_what_to_do(tmp_path: Path) -> None:
    """The file, the request, the nearest recorded one, what differs, and how to record; no secrets."""
    path, token = tmp_path / "a.yaml", "r8_" + "x" * 37
    request = httpx.Request("POST", f"{API}/x", json={"a": 1}, headers={"authorization": f"Bearer {token}"})
    recorded(path, [httpx.Response(200, stream=Pieces(b"{}"))], [request])
    other = httpx.Request(
        "POST", f"{API}/x?sig=c2VjcmV0", json={"a": token}, headers={"authorization": f"Bearer {token}"}
    )
    with RecordedTransport(path, mode="none") as transport, pytest.raises(CassetteError) as caught:
        transport.handle_request(other)
    assert str(caught.value) == (
        f"{path} has no answer for POST {API}/x?sig=REDACTED: the nearest one, interactions[0], POST {API}/x, "
        "was not played yet, and differs in\n"
        "  query, sig: recorded [], sent 'REDACTED'\n"
        f"  body.a: recorded 1, sent 'REDACTED'\n"
        'to record it, use mode="new_episodes", which adds to the file, or mode="all", which replaces it'
    )


def test_another_address_is_told(tmp_path: Path) -> None:
    """As the links in recorded answers lead to the one at which they were recorded."""
    path = tmp_path / "a.yaml"
    recorded(path, [httpx.Response(200, stream=Pieces())], [httpx.Request("GET", "http://127.0.0.1:5055/v1/x")])
    with RecordedTransport(path) as transport:
        for url, is_told in ((f"{API}/xy", True), ("http://127.0.0.1:5055/v1/xy", False)):
            with pytest.raises(CassetteError) as caught:
                transport.handle_request(httpx.Request("GET", url))
            told = (
                "\nits answers lead to http://127.0.0.1:5055, where it was recorded: replay it with a base_url there\n"
            )
            assert (told in str(caught.value)) == is_told


def test_nothing_like_it_is_said(tmp_path: Path) -> None:
    """Rather than the least unlike."""
    path = tmp_path / "a.yaml"
    recorded(path, [httpx.Response(200, stream=Pieces())], [httpx.Request("GET", f"{API}/x")])
    with RecordedTransport(path) as transport, pytest.raises(CassetteError, match="nothing like it was recorded"):
        transport.handle_request(httpx.Request("POST", "https://elsewhere.test/quite/different"))
    assert Tape([]).lack(asked()) == "nothing was recorded"


def test_uploads_replay(tmp_path: Path) -> None:
    """A form with a file in it, as httpx sends it: with another boundary each time."""
    path = tmp_path / "a.yaml"

    def upload(content: bytes) -> httpx.Request:
        return httpx.Request(
            "POST", f"{API}/files", files={"content": ("a.bin", content, "image/png")}, data={"b": "c"}
        )

    for inner in (Service(httpx.Response(201, stream=Pieces(b"{}"))), None):
        with RecordedTransport(path, inner=inner) as transport:
            assert raw(exchange(transport, upload(b"\x89PNG\xff\r\n"))) == b"{}"
    with RecordedTransport(path) as transport, pytest.raises(CassetteError, match="part 'content', body: recorded"):
        transport.handle_request(upload(b"\x89PNG\xfe\r\n"))


def test_iterators_are_sent_whole(tmp_path: Path) -> None:
    """A body that can be read once is read for the recording, and sent all the same."""
    path = tmp_path / "a.yaml"
    service = Service(httpx.Response(200, stream=Pieces()))
    for inner in (service, None):
        with RecordedTransport(path, inner=inner) as transport:
            exchange(transport, httpx.Request("POST", f"{API}/x", content=iter([b"a", b"b"])))
    assert service.requests[0].content == b"ab"


def test_an_interaction_shows_its_request_and_status() -> None:
    """In lists of what was not used."""
    assert str(interaction("GET", "/x")) == f"GET {API}/x -> 200"
