"""Files that are seen once they are complete."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from replicate_typed.errors import ReplicateError

_LONGEST_NAME = 200  # bytes, of 255 that file systems take
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
        self._is_folder = os.fspath(path).endswith(("/", os.sep))
        self._place = self._path
        self._name: str | None = name
        self._file: IO[bytes] | None = None
        self._partial: Path | None = None

    def open(self) -> None:
        """Begin; raises ValueError when it can be nowhere."""
        with self._errors():
            self._place = Path(os.path.realpath(self._path))  # what a link leads to is written, not the link
            folder = self._place
            if not self._place.is_dir():
                self._name = None
                folder = self._place if self._is_folder else self._place.parent
                if self._place.exists() and not self._place.is_file():
                    raise ValueError(f"path: {str(self._path)!r} is neither a file nor a directory")
            if not folder.is_dir():
                raise ValueError(f"path: there is no directory {str(folder)!r}")
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
            if self._name is None:
                with suppress(FileNotFoundError):
                    shutil.copymode(self._place, self._partial)
                os.replace(self._partial, self._place)
                return self._path
            name = self._free_name(self._name)
            try:
                os.replace(self._partial, self._place / name)
            except BaseException:
                (self._place / name).unlink()
                raise
            return self._path / name

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

    def _free_name(self, name: str) -> str:
        """The name, with a number if something in the directory has it; there is now an empty file of that name."""
        path = Path(name)
        numbered = (f"{path.stem}-{number}{path.suffix}" for number in count(2))
        for free in chain([name], numbered):
            with suppress(FileExistsError):
                open(self._place / free, "xb").close()
                return free
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
    kept = re.sub(r'[\x00-\x1f\x7f-\x9f<>:"|?*]+', "_", last).strip(" ").lstrip(".").rstrip(". ")
    kept = kept.encode(errors="replace")[-_LONGEST_NAME:].decode(errors="ignore")
    return f"_{kept}" if _RESERVED.fullmatch(kept) else kept
