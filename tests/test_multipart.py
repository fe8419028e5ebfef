"""Forms with files in them, as they are sent."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import httpx
import pytest
from hypothesis import given, strategies as st

from replicate_api.types import Part
from replicate_typed.multipart import CHUNK, MultipartStream
from replicate_typed.transports.multipart import parts_of

CONTENT = bytes(range(256)) * 2000


class Once(io.RawIOBase):
    """A file that can be read only once."""

    def __init__(self, content: bytes) -> None:
        self._left = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._left.readinto(buffer)


def opened(path: Path) -> IO[bytes]:
    path.write_bytes(CONTENT)
    return path.open("rb")


FILES: dict[str, Callable[[Path], Any]] = {
    "bytes": lambda path: CONTENT,
    "memory": lambda path: io.BytesIO(CONTENT),
    "a file": opened,
    "once": lambda path: Once(CONTENT),
}


def sent(form: MultipartStream) -> bytes:
    return b"".join(form)


@pytest.mark.parametrize("make", FILES.values(), ids=FILES.keys())
def test_a_file_arrives_as_it_is(make: Callable[[Path], Any], tmp_path: Path) -> None:
    """With its name and type, beside the other fields, whatever it is read from."""
    content = make(tmp_path / "a")
    form = MultipartStream([Part("content", content, filename='a "b\\\r\n.png'), Part("type", "x/y"), Part("ü", "1")])
    file, *fields = parts_of(form.content_type, body := sent(form))
    assert (file.name, file.content, file.content_type) == ("content", CONTENT, "image/png")
    assert file.filename == "a %22b\\%0D%0A.png"
    assert [(field.name, field.content, field.content_type) for field in fields] == [
        ("type", b"x/y", None),
        ("ü", b"1", None),
    ]
    assert form.length == (None if isinstance(content, Once) else len(body))
    if not isinstance(content, bytes):
        content.close()


# httpx escapes all control characters but this one.
NAMES = st.text(st.characters(exclude_characters="\x1b", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(st.tuples(NAMES, st.binary(max_size=300), st.none() | NAMES), min_size=1, max_size=4))
def test_every_form_is_read_back_by_others(fields: list[tuple[str, bytes, str | None]]) -> None:
    """As httpx writes it, byte for byte but for the boundary."""
    ours = MultipartStream([Part(name, content, filename=file) for name, content, file in fields])
    files = [(name, (file, content)) for name, content, file in fields]
    theirs = httpx.Request("POST", "https://a", files=cast("Any", files), headers={"content-type": ours.content_type})
    assert sent(ours) == theirs.read()
    assert ours.length == len(theirs.content)


def test_it_can_be_sent_again() -> None:
    """A second try reads the files from their beginning, even while the first one is still at it."""
    form = MultipartStream([Part("content", io.BytesIO(CONTENT), filename="a")])
    first = iter(form)
    begun = [next(first), next(first)]
    assert sent(form) == b"".join([*begun, *first])


@pytest.mark.anyio
async def test_both_colours_send_the_same() -> None:
    """One after the other."""
    form = MultipartStream([Part("content", io.BytesIO(CONTENT), filename="a"), Part("b", "c")])
    assert b"".join([chunk async for chunk in form]) == sent(form)


def test_it_is_never_held_as_a_whole() -> None:
    """What is read at once is no more than a chunk."""
    asked: list[int | None] = []

    class Counting(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(size)
            return super().read(size)

    assert max(len(chunk) for chunk in MultipartStream([Part("content", Counting(CONTENT), filename="a")])) == CHUNK
    assert sum(size or 0 for size in asked) == len(CONTENT)
    assert all(size is not None and 0 < size <= CHUNK for size in asked)


def test_a_file_of_text_is_refused() -> None:
    """Before anything is sent."""
    with tempfile.TemporaryFile("w+") as file, pytest.raises(TypeError, match="content must be bytes or a file opened"):
        MultipartStream([Part("content", cast("Any", file))])


def test_a_file_that_has_become_shorter_is_an_error() -> None:
    """Rather than a body that is not as long as it said."""
    file = io.BytesIO(CONTENT)
    form = MultipartStream([Part("content", file, filename="a")])
    file.truncate(CHUNK + 5)
    with pytest.raises(ValueError, match=f"content: the file ended after {CHUNK + 5} bytes; it had {len(CONTENT)}"):
        sent(form)


def test_a_file_that_has_grown_is_sent_as_it_was() -> None:
    """As many bytes as were announced."""
    file = io.BytesIO(CONTENT)
    form = MultipartStream([Part("content", file, filename="a")])
    file.seek(0, 2)
    file.write(b"more")
    assert len(sent(form)) == form.length
