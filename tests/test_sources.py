"""What bytes are read from."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from replicate_typed.sources import source_of, sources_of

CONTENT = bytes(range(256)) * 3000


class Awaited:
    """As the uploads of web frameworks are, which have their file in an attribute."""

    async def read(self, size: int = -1) -> bytes:
        return b""


class Answered:
    """As answers of HTTP clients are."""

    def read(self) -> bytes:
        return b""


@pytest.mark.parametrize("value", [Awaited(), Answered(), io.StringIO(), 5, None])
def test_what_gives_no_bytes_is_refused(value: object) -> None:
    """By its place and its type."""
    with pytest.raises(TypeError, match=r"^input\.image: expected a path, bytes or a file opened in binary mode, got "):
        source_of("input.image", value)


def test_temporary_files_of_text_are_refused() -> None:
    """Also those that do not say that they are of text."""
    with tempfile.SpooledTemporaryFile(mode="w+") as file, pytest.raises(TypeError, match="got SpooledTemporaryFile"):
        source_of("input.image", file)


def test_a_file_that_turns_out_to_be_text_is_refused() -> None:
    """When it is read."""

    class Sly:
        def read(self, size: int = -1) -> Any:
            return b"" if size == 0 else "text"

    with pytest.raises(TypeError, match="expected a path, bytes or a file opened in binary mode, got Sly"):
        source_of("input.image", Sly())


def test_it_can_be_read_from_anywhere(tmp_path: Path) -> None:
    """As much as it had when it was looked at."""
    path = tmp_path / "a.bin"
    path.write_bytes(CONTENT)
    source = source_of("input.image", path)
    with path.open("ab") as file:
        file.write(b"more")
    assert source.size == source.seek(0, 2) == len(CONTENT)
    assert source.read() == b""
    source.seek(5)
    assert source.read(10) == CONTENT[5:15]
    assert source.read() == CONTENT[15:]
    source.close()


def test_a_file_that_is_gone_is_an_error_that_names_the_place(tmp_path: Path) -> None:
    """Also when it is needed once more."""
    path = tmp_path / "a.bin"
    path.write_bytes(CONTENT)
    source = source_of("input.image", path)
    path.unlink()
    with pytest.raises(ValueError, match=r"^input\.image: the file '.*a\.bin' cannot be read: No such file"):
        source.read()


def test_files_that_were_opened_for_a_refused_input_are_closed(tmp_path: Path) -> None:
    """And those of the caller are where they were."""
    memory = io.BytesIO(CONTENT)
    memory.seek(7)
    reading, writing = os.pipe()
    os.write(writing, b"x")
    os.close(writing)
    with open(reading, "rb") as pipe, pytest.raises(ValueError, match=r"^input\.b: .* is a directory"):
        sources_of({"input.a": memory, "input.pipe": pipe, "input.b": tmp_path})
    assert memory.tell() == 7


def test_a_file_that_is_too_large_is_left_where_it_was(tmp_path: Path) -> None:
    """As every file that is refused."""
    (tmp_path / "a").touch()
    os.truncate(tmp_path / "a", 100 * 2**20 + 8)
    with open(os.open(tmp_path / "a", os.O_RDONLY), "rb") as file:
        file.seek(7)
        with pytest.raises(ValueError, match=r"^input\.a: the file is larger than the 100 MB that can be uploaded"):
            source_of("input.a", file)
        assert file.tell() == 7


def test_what_is_unpacked_on_the_way_is_sent_unpacked(tmp_path: Path) -> None:
    """A file of gzip's is one of what is packed in there."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(CONTENT))
    with gzip.open(path) as file:
        source = source_of("input.image", file)
        assert (source.size, source.read()) == (len(CONTENT), CONTENT)


def test_a_name_that_is_none_is_not_taken_for_one() -> None:
    """As those of standard input, and of files that were opened by a number."""
    memory = io.BytesIO(b"x")
    for name in ("<stdin>", 3, None, ""):
        memory.name = name
        assert source_of("input.image", memory).name == "file.bin"
