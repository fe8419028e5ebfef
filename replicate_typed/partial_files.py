"""Files that are seen once they are complete."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Generator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from replicate_typed.errors import ReplicateError

_LONGEST_NAME = 120  # characters, which are at most 480 bytes of UTF-8, but hardly ever more than 255
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # on Windows


class PartialFile:
    """A file that is written beside its place, and put there when it is complete; else nothing is left of it.

    Args:
        path: Where it is to be: a file, which is replaced if it is there; or a directory.
        name: What it is called in a directory. If there is one of that name already, it becomes `name-2` and so on,
            as nobody chose to replace that one.

    Its methods block. Used in a `with` block, at whose end what is incomplete is removed.
    """

    def __init__(self, path: str | os.PathLike[str], name: str) -> None:
        if not isinstance(path, (str, os.PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
            raise TypeError(f"path must be a str or a pathlib.Path, got {path!r}")
        self._path = Path(path)
        self._name = name
        self._is_named = False
        self._file: IO[bytes] | None = None
        self._partial: Path | None = None

    def open(self) -> None:
        """Begin; raises ValueError when it can be nowhere."""
        with self._errors():
            is_directory = self._path.is_dir()
            if not is_directory and self._path.exists() and not self._path.is_file():
                raise ValueError(f"path: {str(self._path)!r} is neither a file nor a directory")
        folder = self._path if is_directory else self._path.parent
        self._is_named = not is_directory
        if not folder.is_dir():
            raise ValueError(f"path: there is no directory {str(folder)!r}")
        with self._errors():
            self._partial = folder / f".{secrets.token_hex(8)}.part"
            self._file = open(self._partial, "xb", buffering=0)  # noqa: SIM115 -- closed at the end of the block

    def write(self, data: bytes) -> None:
        """Add to it."""
        assert self._file is not None
        left = memoryview(data)
        with self._errors():
            while left:
                left = left[self._file.write(left) :]

    def restart(self) -> None:
        """Begin anew."""
        assert self._file is not None
        with self._errors():
            self._file.seek(0)
            self._file.truncate()

    def finish(self) -> Path:
        """Where it is, now that it is complete."""
        assert self._file is not None
        assert self._partial is not None
        with self._errors():
            self._file.close()
            place = self._path if self._is_named else self._free_place()
            try:
                os.replace(self._partial, place)
            except BaseException:
                if not self._is_named:
                    place.unlink()
                raise
        return place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._file is not None:
            with suppress(OSError):  # a full disk, again
                self._file.close()
        if self._partial is not None:
            with suppress(OSError):  # it is in its place
                self._partial.unlink()

    def _free_place(self) -> Path:
        """A new and empty file of a name that nothing in the directory had."""
        stem, dot, suffix = self._name.rpartition(".")
        for number in count(2):
            place = self._path / self._name
            with suppress(FileExistsError):
                open(place, "xb").close()
                return place
            self._name = f"{stem}-{number}{dot}{suffix}" if stem else f"{suffix}-{number}"
        raise AssertionError

    @contextmanager
    def _errors(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            raise ReplicateError(f"cannot save to {str(self._path)!r}: {error.strerror or error}") from error


def safe_name(name: str) -> str:
    """A name that stays in its directory, on every system and whoever chose it; empty if nothing is left of it."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r'[\x00-\x1f\x7f-\x9f<>:"|?*]+', "_", last).strip(" ").lstrip(".").rstrip(". ")[-_LONGEST_NAME:]
    return f"_{kept}" if _RESERVED.fullmatch(kept) else kept
