"""Where the bytes of an input file come from: they can be read from the same place again and again.

Reading blocks, so the async client does it in threads.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import os
import stat
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

from replicate_typed.files import (
    LONGEST_BEGINNING,
    MEDIA_TYPE,
    MOST_BYTES,
    MOST_INLINE,
    MOST_NAME_BYTES,
    data_url,
    media_type_of,
    no_file,
    shown_size,
    too_large,
    upload_name,
)

CHUNK = 2**17


class Source:
    """A file as it is sent: its name, media type and size, and its bytes, as far as it had any when it was looked at.

    It has what an upload needs of a file: `seekable`, `seek` and `read`.
    """

    def __init__(self, place: str, file: IO[bytes] | os.PathLike[str], *, name: str | None, is_ours: bool) -> None:
        self.place: str = place
        """Where it stands in the input, as errors say it."""
        self._path = file if isinstance(file, os.PathLike) else None
        self._file = None if isinstance(file, os.PathLike) else file
        self._is_ours = is_ours  # to be closed; what is the caller's is left as it was found
        with self._errors():
            opened = self._opened()
            self._start = opened.tell()
            self.size: int = opened.seek(0, os.SEEK_END) - self._start
            opened.seek(self._start)
            beginning = opened.read(LONGEST_BEGINNING) if name is None else b""
        self._position = 0
        self.media_type: str = media_type_of(name, beginning)
        self.name: str = upload_name(name, self.media_type)
        self.close_path()
        self.leave()
        if self.size > MOST_BYTES:
            raise too_large(place, name)

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._position = offset + (self.size if whence == os.SEEK_END else 0)
        return self._position

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; raises ValueError when the file cannot be read any more."""
        left = max(0, self.size - self._position)
        wanted = left if size < 0 else min(left, size)
        chunks: list[bytes] = []
        with self._errors():
            file = self._opened()
            file.seek(self._start + self._position)
            while wanted and (chunk := file.read(wanted)):
                chunks.append(chunk)
                wanted -= len(chunk)
                self._position += len(chunk)
        return b"".join(chunks)

    def data_url(self) -> str:
        """The whole of it as an address that holds it."""
        self.seek(0)
        return data_url(self.read(), self.media_type)

    def digest(self) -> bytes:
        """What only an equal content has."""
        self.seek(0)
        hashing = hashlib.sha256()
        while chunk := self.read(CHUNK):
            hashing.update(chunk)
        return hashing.digest()

    def leave(self) -> None:
        """Put a file of the caller back to where it stood."""
        if self._file is not None and not self._is_ours:
            with suppress(OSError, ValueError):  # it was closed meanwhile
                self._file.seek(self._start)

    def close_path(self) -> None:
        """Close what was opened by its path; it is opened again when it is read again."""
        if self._path is not None and self._file is not None:
            self._file.close()
            self._file = None

    def close(self) -> None:
        """Close what is ours, and leave what is not as it was."""
        self.leave()
        self.close_path()
        if self._file is not None and self._is_ours:
            self._file.close()

    def __repr__(self) -> str:
        return f"{self.place} ({self.name}, {shown_size(self.size)})"

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            assert self._path is not None
            self._file = open(self._path, "rb")  # noqa: SIM115 -- `close_path` closes it
        return self._file

    @contextmanager
    def _errors(self) -> Generator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            name = self._path if self._path is not None else getattr(self._file, "name", None)
            shown = f"{os.fspath(name)!r} " if isinstance(name, (str, os.PathLike)) else ""
            raise ValueError(f"{self.place}: the file {shown}cannot be read: {_reason(error)}") from error


def source_of(place: str, value: object, *, filename: str | None = None, media_type: str | None = None) -> Source:
    """The source that a value stands for; raises TypeError or ValueError, which name the place, for what is none.

    A name or a type that is given comes before the file's own.
    """
    if not isinstance(filename, (str, type(None))):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not type-check
        raise TypeError(f"filename must be a string, got {filename!r}")
    if filename is not None and not 0 < len(filename.encode(errors="replace")) <= MOST_NAME_BYTES:
        raise ValueError(f"filename must have 1 to {MOST_NAME_BYTES} bytes of UTF-8, got {filename[:60]!r}")
    if isinstance(media_type, str) and not MEDIA_TYPE.fullmatch(media_type):
        raise ValueError(f"type must be a media type such as image/png, got {media_type[:60]!r}")
    source = _found(place, value, filename)
    source.name = filename or source.name
    source.media_type = media_type or source.media_type
    return source


def _found(place: str, value: object, name: str | None) -> Source:
    if isinstance(value, os.PathLike):
        path = cast("os.PathLike[str]", value)
        name = name or os.path.basename(os.fsdecode(path))
        return Source(place, checked_path(place, path), name=name, is_ours=True)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return Source(place, io.BytesIO(bytes(cast("bytes", value))), name=name, is_ours=True)
    file: Any = value
    if isinstance(value, str) or not callable(getattr(file, "read", None)) or inspect.iscoroutinefunction(file.read):
        raise no_file(place, value)
    name = name or _name_of(file)
    try:
        is_binary = isinstance(file.read(0), (bytes, bytearray))
        is_seekable = bool(file.seekable())
    except AttributeError:
        is_binary, is_seekable = True, hasattr(file, "seek") and hasattr(file, "tell")
    except TypeError:
        is_binary, is_seekable = False, False
    except (OSError, ValueError) as error:
        raise ValueError(f"{place}: the file {name or ''} cannot be read: {error}".replace("  ", " ")) from error
    if not is_binary:
        raise no_file(place, value)
    if is_seekable:
        return Source(place, file, name=name, is_ours=False)
    return Source(place, _copied(place, file), name=name, is_ours=True)


def sources_of(files: Mapping[str, object]) -> dict[str, Source]:
    """The sources of an input's files by their places; what is given twice is one source."""
    sources: dict[str, Source] = {}
    known: dict[object, Source] = {}
    try:
        for place, value in files.items():
            key = _key_of(value)
            if key not in known:
                known[key] = source_of(place, value)
            sources[place] = known[key]
        return _merged(sources)
    except BaseException:
        for source in known.values():
            source.close()
        raise


def _key_of(value: object) -> object:
    """What two equal files have in common: a path its name, bytes all of them, and others that they are one."""
    if isinstance(value, os.PathLike):
        return "path", os.fspath(cast("os.PathLike[str]", value))
    return value if type(value) is bytes else id(value)


def checked_path(place: str, path: os.PathLike[str]) -> os.PathLike[str]:
    """The path, if there is a file; raises ValueError that names the place."""
    shown = repr(os.fsdecode(path))
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ValueError(f"{place}: there is no file {shown}") from error
    except (OSError, ValueError) as error:
        raise ValueError(f"{place}: the file {shown} cannot be read: {_reason(error)}") from error
    if not stat.S_ISREG(mode):
        kind = "a directory" if stat.S_ISDIR(mode) else "no regular file: open it, and give the open file"
        raise ValueError(f"{place}: {shown} is {kind}")
    return path


def _merged(sources: Mapping[str, Source]) -> dict[str, Source]:
    """The same with one source for those to upload that have the same content, name and type."""
    alike: dict[tuple[object, ...], dict[int, Source]] = {}
    for source in sources.values():
        if source.size > MOST_INLINE:
            alike.setdefault((source.size, source.name, source.media_type), {})[id(source)] = source
    stands_for: dict[int, Source] = {}
    for several in alike.values():
        if len(several) > 1:
            first: dict[bytes, Source] = {}
            for source in several.values():
                stands_for[id(source)] = first.setdefault(source.digest(), source)
                if stands_for[id(source)] is not source:
                    source.close()
    return {place: stands_for.get(id(source), source) for place, source in sources.items()}


def _copied(place: str, file: IO[bytes]) -> IO[bytes]:
    """What is left of a file that can be read only once, in a temporary one; no more than is needed to refuse it."""
    copy = tempfile.SpooledTemporaryFile(max_size=MOST_INLINE)  # noqa: SIM115 -- the source closes it
    try:
        try:
            while copy.tell() <= MOST_BYTES and (chunk := file.read(CHUNK)):
                if not isinstance(chunk, (bytes, bytearray)):  # pyright: ignore[reportUnnecessaryIsInstance] -- whatever it is
                    raise no_file(place, file)
                copy.write(chunk)
        except (OSError, ValueError) as error:
            raise ValueError(f"{place}: the file cannot be read: {error}") from error
        if copy.tell() > MOST_BYTES:
            raise too_large(place, _name_of(file))
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return cast("IO[bytes]", copy)


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _name_of(file: object) -> str | None:
    """The name of an open file, unless it was opened by a number, or is one such as <stdin>."""
    name: object = getattr(file, "name", None)
    if not isinstance(name, (str, os.PathLike)):
        return None
    base = os.path.basename(os.fsdecode(cast("str", name)))
    return None if not base or base.startswith("<") else base
