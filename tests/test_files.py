"""What a file in an input becomes."""

from __future__ import annotations

import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from eating import INLINE, eating_service
from hypothesis import given, settings, strategies as st

from replicate_typed import Client
from replicate_typed.files import (
    data_url,
    has_files,
    is_file,
    media_type_of,
    shown_size,
    upload_name,
    with_files_replaced,
)

LOOP: dict[str, Any] = {}
LOOP["a"] = LOOP["b"] = LOOP
PNG = b"\x89PNG\r\n\x1a\n...."


@pytest.mark.parametrize(
    "value",
    [Path("a"), b"", bytearray(b"a"), memoryview(b"a"), io.BytesIO(), tempfile.SpooledTemporaryFile()],  # noqa: SIM115 -- nothing is in it
)
def test_paths_bytes_and_open_files_are_files(value: object) -> None:
    """Wherever they stand; bytes are no JSON that would be refused, as other clients do (defect V18)."""
    assert is_file(value)
    for tree in ({"a": value}, {"a": {"b": [1, (None, value)]}}, [[value]]):
        assert has_files(tree)


@pytest.mark.parametrize("value", ["cat.png", "/etc/passwd", "https://a.b/c", "data:,x", 5, None, True, 1.5, {}, []])
def test_a_text_is_never_a_file(value: object) -> None:
    """Not even one that is the path of a file."""
    assert not is_file(value)
    assert not has_files({"a": [value, {"b": value}]})


def test_an_input_that_holds_itself_has_no_files_but_those_in_it() -> None:
    """To look for them comes to an end."""
    assert not has_files(LOOP)
    assert has_files({"a": LOOP, "b": Path("c")})
    with pytest.raises(ValueError, match=r"^input\.a\.a.*…: nested too deeply, or holding itself"):
        with_files_replaced({"a": LOOP, "b": Path("c")}, lambda place, file: "", "input")


def test_every_file_is_replaced_by_what_its_place_gets() -> None:
    """Everything else is as it was, and so is the input itself."""
    given = {"image": b"1", "more": [{"a{0}": (Path("2"), "text")}, 5, None], "text": "b"}
    found: list[tuple[str, object]] = []

    def replace(place: str, file: object) -> str:
        found.append((place, file))
        return f"<{len(found)}>"

    made = with_files_replaced(given, replace, "input")
    assert made == {"image": "<1>", "more": [{"a{0}": ["<2>", "text"]}, 5, None], "text": "b"}
    assert found == [("input.image", b"1"), ("input.more[0].a{0}[0]", Path("2"))]
    assert given == {"image": b"1", "more": [{"a{0}": (Path("2"), "text")}, 5, None], "text": "b"}


@pytest.mark.parametrize(
    ("name", "beginning", "expected"),
    [
        ("cat.png", b"", "image/png"),
        ("CAT.JPG", PNG, "image/jpeg"),
        ("a.webp", b"", "image/webp"),
        ("weights.safetensors", PNG, "application/octet-stream"),
        ("a.tar.gz", b"", "application/gzip"),
        ("a.txt.bz2", b"", "application/octet-stream"),
        (None, PNG, "image/png"),
        (None, b"\xff\xd8\xff\xe0", "image/jpeg"),
        (None, b"RIFF1234WEBPVP8 ", "image/webp"),
        (None, b"RIFF1234WAVEfmt ", "audio/x-wav"),
        (None, b"....ftypisom", "video/mp4"),
        (None, b"....ftypM4A ", "audio/mp4"),
        (None, b"%PDF-1.7", "application/pdf"),
        (None, b"hello", "application/octet-stream"),
        (None, b"", "application/octet-stream"),
    ],
)  # fmt: skip
def test_the_type_is_that_of_the_name_or_of_the_first_bytes(name: str | None, beginning: bytes, expected: str) -> None:
    """A name comes first; without one, a few kinds are known by how they begin."""
    assert media_type_of(name, beginning) == expected


def test_an_upload_keeps_its_name() -> None:
    """As far as the service takes it, which is 255 bytes of UTF-8, with its ending; or gets one for its type."""
    assert upload_name("ü.png", "image/png") == "ü.png"
    long = upload_name(f"{'猫' * 100}.png", "image/png")
    assert long.endswith("猫.png")
    assert 250 < len(long.encode()) <= 255
    assert upload_name("\udcff.png", "image/png") == "?.png"
    assert upload_name(None, "image/png") == "file.png"
    assert upload_name(None, "x/y") == "file"


def test_a_data_url_holds_the_content() -> None:
    """With its type."""
    assert data_url(b"\x00\xff", "image/png") == "data:image/png;base64,AP8="


@pytest.mark.parametrize(
    ("size", "expected"), [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KB"), (100 * 2**20, "100 MB")]
)
def test_sizes_are_shown_for_people(size: int, expected: str) -> None:
    """In errors."""
    assert shown_size(size) == expected


@settings(max_examples=30)
@given(st.binary(max_size=2000))
def test_the_model_gets_what_the_file_holds(content: bytes) -> None:
    """Byte for byte, in the input itself or uploaded, and nothing else of the input is lost (pain 16, defect V6)."""
    mock = eating_service()
    client = Client(token="r8_secret", transport=mock)
    files = [content, io.BytesIO(content + bytes(INLINE)), bytearray(bytes(INLINE) + content)]
    told = client.run("acme/eat", {"images": files, "text": "kept", "more": {"n": 5}})
    expected = [content, content + bytes(INLINE), bytes(INLINE) + content]
    assert [line.rpartition(" ")[2] for line in told] == [hashlib.sha256(each).hexdigest() for each in expected]
    (create,) = [made.body for made in mock.requests if made.operation == "models.predictions.create"]
    assert (create["input"]["text"], create["input"]["more"]) == ("kept", {"n": 5})
    assert "secret" not in str(create)
