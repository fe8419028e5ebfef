"""Files that are seen once they are complete."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, strategies as st

from replicate_typed import ReplicateError
from replicate_typed.partial_files import PartialFile, safe_name


def save(path: str | os.PathLike[str], content: bytes = b"new", name: str = "out.png") -> Path:
    with PartialFile(path, name) as partial:
        partial.open()
        partial.write(content)
        return partial.finish()


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_is_there_when_it_is_finished_and_not_before(tmp_path: Path) -> None:
    """What was there stays until then."""
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    with PartialFile(path, "x") as partial:
        partial.open()
        partial.write(b"new")
        assert path.read_bytes() == b"old"
        assert partial.finish() == path
        assert content_of(tmp_path) == {"a.png": b"new"}
    assert content_of(tmp_path) == {"a.png": b"new"}


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_nothing_is_left_of_what_fails(failure: type[BaseException], tmp_path: Path) -> None:
    """Nor is what was there before touched."""
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def fail() -> None:
        with PartialFile(path, "x") as partial:
            partial.open()
            partial.write(b"new")
            raise failure

    with pytest.raises(failure):
        fail()
    assert content_of(tmp_path) == {"a.png": b"old"}


def test_it_can_begin_anew(tmp_path: Path) -> None:
    """What was written before is gone."""
    with PartialFile(tmp_path / "a", "x") as partial:
        partial.open()
        partial.write(b"a long beginning")
        partial.restart()
        partial.write(b"new")
        assert partial.finish().read_bytes() == b"new"


def test_in_a_directory_it_has_its_own_name_and_replaces_nothing(tmp_path: Path) -> None:
    """Nobody chose to replace the one that has the name."""
    saved = [save(tmp_path, content) for content in (b"1", b"2", b"3")]
    assert [path.name for path in saved] == ["out.png", "out-2.png", "out-3.png"]
    assert content_of(tmp_path) == {"out.png": b"1", "out-2.png": b"2", "out-3.png": b"3"}
    assert save(str(tmp_path), name="plain") == tmp_path / "plain"
    assert save(tmp_path, name="plain") == tmp_path / "plain-2"


def test_a_directory_that_is_not_there_is_not_taken_for_a_file(tmp_path: Path) -> None:
    """A path that ends like one says what it is."""
    with pytest.raises(ValueError, match=r"path: there is no directory '.*/pictures'"):
        save(f"{tmp_path}/pictures/")
    assert content_of(tmp_path) == {}


def test_what_a_link_leads_to_is_written(tmp_path: Path) -> None:
    """The link stays one."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    assert save(link) == link
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_permissions_are_those_of_any_new_file_or_of_the_one_replaced(tmp_path: Path) -> None:
    """Not those of a temporary file, which nobody else may read."""
    usual = tmp_path / "usual"
    usual.touch()
    assert save(tmp_path / "new").stat().st_mode == usual.stat().st_mode
    usual.chmod(0o640)
    assert stat.S_IMODE(save(usual).stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("path", "message"),
    [("no/where/a.png", "path: there is no directory '.*no/where'"), (os.devnull, "neither a file")],
)
def test_a_place_that_is_none_is_refused(path: str, message: str, tmp_path: Path) -> None:
    """Before anything is downloaded; a device is not replaced by a file."""
    with pytest.raises(ValueError, match=message), PartialFile(tmp_path / path, "x") as partial:
        partial.open()
    with pytest.raises(TypeError, match=r"path must be a str or a pathlib\.Path, got 5"):
        PartialFile(cast("Any", 5), "x")


def test_a_full_disk_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which names the path, and leaves nothing."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    for path in (tmp_path / "a.png", tmp_path):
        with pytest.raises(ReplicateError, match=r"cannot save to '.*': No space left on device"):
            save(path)
    assert content_of(tmp_path) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("out-0.png", "out-0.png"),
        ("übung 1.png", "übung 1.png"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", ""),
        (".bashrc", "bashrc"),
        ("a\x00b\nc.png", "a_b_c.png"),
        ('<a>:"b|?*', "_a_b_"),
        ("con.png", "_con.png"),
        ("LPT1", "_LPT1"),
        ("name. . ", "name"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_name_stays_in_its_directory(name: str, expected: str) -> None:
    """On every system, whoever chose it."""
    assert safe_name(name) == expected


@given(st.text(max_size=400))
def test_every_name_can_be_used(name: str) -> None:
    """It is neither a path, nor hidden, nor too long for a file system, with a number added."""
    safe = safe_name(name)
    assert not set(safe) & set('/\\\x00\r\n<>:"|?*')
    assert not safe.startswith(".")
    assert len(safe.encode()) < 240
