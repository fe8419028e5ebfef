"""Cassettes that are none: each is an error that says where and what, in bounded time and memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcrpy import yamlserializer

from replicate_typed import CassetteError, RecordedTransport
from replicate_typed.transports.cassettes import files, json_text, sources, yaml_text
from replicate_typed.transports.cassettes.files import load
from replicate_typed.transports.cassettes.limits import MOST_BYTES
from replicate_typed.transports.cassettes.sources import Source

GOOD = b"""\
interactions:
- request:
    method: GET
    uri: https://api.replicate.com/v1/account
    body: null
    headers: {}
  response:
    status: {code: 200, message: OK}
    headers: {}
    body: {string: x}
version: 1
"""
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9)) for letter in range(98, 108)
)
LINES = range(1, GOOD.count(b"\n") + 1)

# what is in the file, and what the error says after its name
ROWS: list[tuple[str, bytes, str]] = [
    ("nested brackets", b"\n" + b"[" * 100_000, "line 2: .*nest"),
    ("nested braces", b"{a: " * 100_000, "line 1: it is nested more than 50 deep"),
    ("nested dashes", b"- " * 100_000, "line 1: it is nested more than 50 deep"),
    ("alias bomb", BOMB, "line 7: it holds more than a cassette may, with its aliases written out"),
    ("aliases of a long text", b"a: &a '" + b"x" * 10**6 + b"'\nb: [" + b"*a," * 1000 + b"]", "line 2: it holds more"),
    ("an alias of itself", b"a: &a [*a]", r"line 1: \*a stands for nothing that ended before it"),
    ("an unknown alias", b"\na: *b", r"line 2: \*b stands for nothing"),
    ("an object", GOOD.replace(b"x}", b"!!python/object/apply:os.system ['exit 3']}"),
     "line 10: !!python/object/apply:os.system is an object of a program"),
    ("a name", GOOD.replace(b"string: x", b"string: !!python/name:os.system ''"), "line 10: !!python/name:os.system"),
    ("a module", b"!!python/module:os ''", "line 1: !!python/module:os"),
    ("a tag of its own", b"%TAG ! tag:x,2000:\n---\n!foo x", "line 3: tag:x,2000:foo"),
    ("a set", b"a: !!set {b}", "line 1: !!set"),
    ("truncated", GOOD[: GOOD.index(b", message")], "line 8: this is not YAML: "),
    ("truncated later", GOOD[: GOOD.index(b"  response")], r"line 2: interactions\[0\] has no 'response'"),
    ("an open quote", b"a: 'b", "line 1: this is not YAML: found unexpected end of stream"),
    ("no UTF-8", b"a: b\nc: \xff", "line 2: this is not YAML: invalid leading UTF-8 octet"),
    ("a control character", b"a: \0", "line 1: this is not YAML: control characters"),
    ("two documents", b"a: b\n---\nc: d", "line 2: a second document begins"),
    ("text", b"hello", "the cassette is 'hello', not an object"),
    ("a list", b"- request: {}", "vcrpy wrote it before version 1"),
    ("only comments", b"# nothing", "the cassette is nothing, not an object"),
    ("no interactions", b"version: 1", "the cassette has no 'interactions'"),
    ("interactions of nothing", b"version: 1\ninteractions:\n", "line 2: interactions is nothing, not a list"),
    ("a name that is none", b"a:\n  [b]: c", "line 2: a name is not text"),
    ("binary that is none", b"a: !!binary '%%%'", "line 1: !!binary is not base64"),
    ("a number that is none", b"a: !!int b", "line 1: 'b' is not what its tag says"),
    ("no request", GOOD.replace(b"request:", b"question:"), r"line 2: interactions\[0\] has no 'request'"),
    ("no address", GOOD.replace(b"https://api.replicate.com", b"'http://[::1'#"),
     r"line 4: interactions\[0\].request.uri is wrong: .* is not an address"),
    ("a status that is none", GOOD.replace(b"200", b"abc"),
     r"line 8: interactions\[0\].response.status.code is 'abc', not a number"),
    ("an odd status", GOOD.replace(b"200", b"99"), "line 8: .*code is 99, not the status of an answer"),
    ("no status", GOOD.replace(b"    status: {code: 200, message: OK}\n", b""), "response has no 'status'"),
    ("headers that are none", GOOD.replace(b"    headers: {}\n    body:", b"    headers: [a]\n    body:"),
     r"line 9: interactions\[0\].response.headers is a list"),
    ("a header that is none", GOOD.replace(b"    headers: {}\n    body:", b"    headers: {a: [{}]}\n    body:"),
     r"line 9: interactions\[0\].response.headers.a\[0\] is an object, not text"),
    ("a body that is none", GOOD.replace(b"string: x", b"string: [x]"), r"line 10: .*body.string is a list, not text"),
    ("no body", GOOD.replace(b"string: x", b"text: x"), r"line 10: .*body has no 'string'"),
    ("frames that are none", GOOD.replace(b"status:", b"frames: [[1]]\n    status:"),
     r"line 8: interactions\[0\].response.frames\[0\] is not a pause and a length"),
    ("a frame back in time", GOOD.replace(b"status:", b"frames: [[-1, 1]]\n    status:"), r"frames\[0\]\[0\] is -1"),
    ("an end that is none", GOOD.replace(b"status:", b"ending: happy\n    status:"), "ending is none of whole"),
]  # fmt: skip
JSON_ROWS: list[tuple[str, bytes, str]] = [
    ("nested brackets", b"[" * 1_000_000, "this is not JSON: maximum recursion depth"),
    ("truncated", b'{"interactions":\n [', "line 2: this is not JSON: Expecting value"),
    ("no UTF-8", b'{"a":\n "\xff"}', "line 2: this is not UTF-8"),
    ("a huge number", b"9" * 100_000, "this is not JSON: Exceeds the limit"),
    ("no interactions", b'{"interactions": 3}', "interactions is 3, not a list"),
    ("half a character", json.dumps({"interactions": [{"request": {"uri": "http://a/", "method": "\ud800"},
     "response": {}}]}).encode(), r"the cassette has half a character in it, '\\ud800'"),
    ("no base64", json.dumps({"interactions": [{"request": {"uri": "http://a/", "method": "GET",
     "body": {"base64_string": "%"}}, "response": {"status": {"code": 200}}}]}).encode(), "base64_string is not"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "content", "message"),
    [(".yaml", *row[1:]) for row in ROWS] + [(".json", *row[1:]) for row in JSON_ROWS],
    ids=[row[0] for row in ROWS] + [f"JSON: {row[0]}" for row in JSON_ROWS],
)
def test_what_is_no_cassette_is_an_error_that_says_where(
    suffix: str, content: bytes, message: str, tmp_path: Path
) -> None:
    """At once: with the file, the line if there are lines, and what is wrong there."""
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content)
    with pytest.raises(CassetteError) as caught:
        RecordedTransport(path)
    assert re.search(f"^{re.escape(str(path))}(, |: ).*", str(caught.value))
    assert re.search(message, str(caught.value)), str(caught.value)
    assert len(str(caught.value)) < 400 + len(str(path))


def test_the_good_one_is_read(tmp_path: Path) -> None:
    """So that what is wrong with the others is what they say."""
    path = tmp_path / "good.yaml"
    path.write_bytes(GOOD)
    (found,) = load(str(path)) or []
    assert (found.request.method, found.response.status, found.response.body) == ("GET", 200, b"x")


def test_no_program_of_a_cassette_is_run(tmp_path: Path) -> None:
    """Whatever its tags ask for, in a process of its own, which also shows that deep nesting does not end it."""
    marker = tmp_path / "marker"
    bad = tmp_path / "bad.yaml"
    program = f"""
import sys
from replicate_typed import CassetteError, RecordedTransport
for content in ("a: !!python/object/apply:os.mkdir [{str(marker)!r}]", "[" * 100_000, "{{a: " * 100_000):
    open({str(bad)!r}, "w").write(content)
    try:
        RecordedTransport({str(bad)!r})
    except CassetteError:
        print("refused")
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["refused"] * 3
    assert not marker.exists()


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_huge_file_is_not_read(suffix: str, tmp_path: Path) -> None:
    """Its size is looked at first; the file is sparse, so that it takes no room here."""
    path = tmp_path / f"huge{suffix}"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    tracemalloc.start()
    with pytest.raises(CassetteError, match=f"it has {MOST_BYTES + 1} bytes; a cassette has at most"):
        load(str(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_file_that_goes_on_is_refused(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has grown since its size was looked at: no more of it is read than a cassette has."""
    path = tmp_path / f"growing{suffix}"
    path.write_bytes(b'{"interactions": []}' + b" " * 100)
    assert load(str(path)) == []
    monkeypatch.setattr(sources, "MOST_BYTES", 50)
    with pytest.raises(CassetteError, match="it goes on after"):
        load(str(path))


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_file_that_breaks_off_cannot_be_read(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network's file system: the error of the system is said."""

    class Failing(Source):
        def read(self, size: int) -> bytes:
            if data := super().read(min(size, 10)):
                return data
            raise OSError(5, "Input/output error")

    path = tmp_path / f"failing{suffix}"
    path.write_bytes(b'{"interactions":\n [')
    monkeypatch.setattr(files, "Source", Failing)
    with pytest.raises(CassetteError, match="cannot be read: Input/output error"):
        load(str(path))


@pytest.mark.parametrize(("suffix", "item"), [(".yaml", b"a,"), (".json", b"[],")])
def test_too_many_items_are_refused(suffix: str, item: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones, that take much more memory than room in the file."""
    for module in (yaml_text, json_text):
        monkeypatch.setattr(module, "MOST_NODES", 1000)
    path = tmp_path / f"many{suffix}"
    path.write_bytes(b"[" + item * 1001 + b"[]]")
    with pytest.raises(CassetteError, match="it holds more than a cassette may"):
        load(str(path))


def test_commas_in_texts_are_not_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A JSON cassette holds JSON as text."""
    monkeypatch.setattr(json_text, "MOST_NODES", 50)
    path = tmp_path / "text.json"
    document = yaml.safe_load(GOOD)
    document["interactions"][0]["response"]["body"]["string"] = json.dumps([["a\\"], {"b": '"'}] * 100)
    path.write_text(json.dumps(document))
    assert len(load(str(path)) or []) == 1


def test_a_merge_of_names_is_not_read_as_one(tmp_path: Path) -> None:
    """YAML 1.1 has them; they are no part of what vcrpy writes, and are refused rather than misread."""
    path = tmp_path / "merged.yaml"
    path.write_bytes(GOOD.replace(b"headers: {}\n    body:", b"headers: {<<: {a: [b]}}\n    body:"))
    with pytest.raises(CassetteError, match=r"headers\.<< is an object"):
        load(str(path))


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("!!python/object/new:_io.BytesIO\n      state: !!python/tuple [!!binary YWJj, 0, null]", b"abc"),
        ("!!python/object/apply:builtins.iter\n      args: !!python/tuple\n      - [!!binary YWI=, c]", b"abc"),
        ("!!python/unicode 'abc'", b"abc"),
        ("!!python/str 'abc'", b"abc"),
        ("!!binary |\n      YWJj", b"abc"),
        ("abc", b"abc"),
        ("12", b"12"),
        ("''", b""),
        ("null", b""),
        ("2023-10-12", b"2023-10-12"),
    ],
)
def test_bodies_are_read_in_all_the_ways_that_vcrpy_wrote_them(written: str, body: bytes, tmp_path: Path) -> None:
    """Files, pieces, text of Python 2, bytes; and what people write without quotes."""
    path = tmp_path / "good.yaml"
    path.write_bytes(GOOD.replace(b"body: null", f"body: {written}".encode()))
    (found,) = load(str(path)) or []
    assert found.request.body == body


def test_shared_values_are_read(tmp_path: Path) -> None:
    """vcrpy writes equal objects once, and refers to them."""
    path = tmp_path / "shared.yaml"
    path.write_bytes(
        GOOD.replace(b"headers: {}\n  response", b"headers: {a: &v [x, y]}\n  response").replace(
            b"headers: {}\n    body:", b"headers: {b: *v, c: z}\n    body:"
        )
    )
    (found,) = load(str(path)) or []
    assert found.request.headers == ((b"a", b"x"), (b"a", b"y"))
    assert found.response.headers == ((b"b", b"x"), (b"b", b"y"), (b"c", b"z"))


def test_frames_that_do_not_fit_an_edited_body_are_left_out(tmp_path: Path) -> None:
    """Who edits a text by hand need not count."""
    path = tmp_path / "edited.yaml"
    path.write_bytes(GOOD.replace(b"status:", b"frames: [[0, 1], [0, 2]]\n    status:"))
    (found,) = load(str(path)) or []
    assert found.response.frames == ()


def test_hostile_cassettes_are_refused_quickly(tmp_path: Path) -> None:
    """Numbers whose value takes long to find, texts of escapes, ten thousand anchors: seconds at most."""
    rows: list[bytes] = [
        b"a: " + b"1:" * 500_000 + b"1",
        b"a: !!int '" + b"1:" * 500_000 + b"1'",
        b"a: " + b"9" * 1_000_000,
        b'a: "' + b"\\x41" * 500_000 + b'"',
        b"".join(b"a%d: &a%d x\n" % (i, i) for i in range(10_000)),
        b"".join(b" " * i + b"a:\n" for i in range(2_000)),
    ]
    path = tmp_path / "slow.yaml"
    began = time.process_time()
    for row in rows:
        path.write_bytes(row)
        with pytest.raises(CassetteError):
            load(str(path))
    assert time.process_time() - began < 10


def test_the_loader_of_vcrpy_gives_the_same_tree(tmp_path: Path) -> None:
    """Of what it wrote itself: text of all kinds, bytes, numbers, and shared lists."""
    shared = ["a", "b"]
    tree: dict[str, Any] = {
        "interactions": shared,
        "texts": [
            "",
            " ",
            "null",
            "1",
            "1.5",
            "yes",
            "2020-01-01",
            "a\nb",
            "é",
            "\x85",
            "\u2028",
            "😀",
            "\ufeff",
            "=",
            "<<",
        ],
        "numbers": [1, -2, 1.5, True, False, None],
        "bytes": b"\x00\xff",
        "again": shared,
    }
    text = yamlserializer.serialize(tree)
    assert "&id001" in text
    assert yaml_text.read(Source(BytesIO(text.encode())), "x").value == yamlserializer.deserialize(text) == tree
