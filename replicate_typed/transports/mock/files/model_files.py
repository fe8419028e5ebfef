"""The files that models read and make: copies on the disk of what they are given, addresses of what they give."""

from __future__ import annotations

import base64
import binascii
import hashlib
import mimetypes
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from attrs import frozen

from replicate_typed.transports.mock.addresses import delivery_address, delivery_of
from replicate_typed.transports.mock.files.uploads import md5
from replicate_typed.transports.mock.problems import ProblemError

if TYPE_CHECKING:
    from replicate_typed.transports.mock.files.uploads import Files
    from replicate_typed.transports.mock.lifecycle import MockRun

FileContent: TypeAlias = Path | bytes | IO[bytes]
"""What a model may give as a file."""

_UPLOAD = re.compile(r".*/files/([^/]+)", re.DOTALL)
_LONGEST_NAME = 60  # characters, so that no file system finds it too long


@frozen(eq=False)
class OutputFile:
    """A file that a run has made."""

    name: str
    content: bytes
    run: MockRun

    @property
    def headers(self) -> dict[str, str]:
        """As recorded."""
        return {
            "content-type": mimetypes.guess_type(self.name, strict=False)[0] or "application/octet-stream",
            "etag": f'"{md5(self.content)}"',
            "cache-control": "public,max-age=3600",
            "accept-ranges": "bytes",
            "access-control-allow-origin": "*",
        }


class ModelFiles:
    """Where models' files come from and go to."""

    def __init__(self, uploads: Files, now: Callable[[], int]) -> None:
        self._uploads = uploads
        self._now = now
        self._outputs: dict[str, OutputFile] = {}
        self._lock = threading.RLock()  # re-entrant: the garbage collector may end the folder anywhere
        self._folder: Path | None = None
        self._opened = 0

    def open(self, url: str) -> Path:
        """A local copy of what is at an uploaded file's address, at an output file's, or in a data URL.

        It is there until the transport is closed, or gone. Raises ValueError for any other address.
        """
        found = _inline(url) if url[:5].lower() == "data:" else self._stored(url)
        if found is None:
            raise ValueError(
                f"the input file {url[:200]} cannot be downloaded: the mock service does no network, and there is no "
                "such uploaded file, nor output file of a prediction; upload it first, or give a data URL"
            )
        name, content = found
        path = self._new_folder() / _safe(name)
        path.write_bytes(content)
        return path

    def publish(self, content: FileContent, run: MockRun) -> str:
        """The address that the run's output file is served at, as long as the run's data are kept."""
        name, read = _read(content)
        # Of the run's id, which comes from the seed: the same run gives the same addresses.
        key = hashlib.sha256(f"{run.id}/{name}/{md5(read)}".encode()).hexdigest()[:50]
        with self._lock:
            self._drop_expired()
            self._outputs[key] = OutputFile(name, read, run)
        return delivery_address(run.root, key, name)

    def output(self, path: str) -> OutputFile:
        """The output file of this path; a problem if there is none any more."""
        found = self._find_output(path)
        if found is None:
            raise ProblemError(404, f"There is no output file {path}; they are kept for an hour after the end")
        return found

    def forget(self, runs: Collection[MockRun]) -> None:
        """Drop the output files of these runs."""
        with self._lock:
            self._outputs = {key: file for key, file in self._outputs.items() if file.run not in runs}

    def close(self) -> None:
        """Remove the local copies."""
        with self._lock:
            if self._folder:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _stored(self, url: str) -> tuple[str, bytes] | None:
        try:
            path = urlsplit(url).path
        except ValueError:
            return None
        if (match := _UPLOAD.fullmatch(path)) and (upload := self._uploads.find(unquote(match[1]))):
            return upload.name, upload.content
        if output := self._find_output(path):
            return output.name, output.content
        return None

    def _find_output(self, path: str) -> OutputFile | None:
        key, name = delivery_of(path) or ("", "")
        with self._lock:
            file = self._outputs.get(key)
        return file if file and file.name == unquote(name) and self._now() < file.run.kept_until else None

    def _drop_expired(self) -> None:
        while self._outputs:
            key, oldest = next(iter(self._outputs.items()))
            if self._now() < oldest.run.kept_until:
                return
            del self._outputs[key]

    def _new_folder(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="replicate-typed-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            self._opened += 1
            folder = self._folder / str(self._opened)
            folder.mkdir()
            return folder


def _inline(url: str) -> tuple[str, bytes]:
    """The name and the content of what is in a data URL."""
    head, comma, data = url[5:].partition(",")
    content = unquote_to_bytes(data)
    if head.lower().endswith(";base64"):
        try:
            content = base64.b64decode(content, validate=True)
        except binascii.Error as error:
            raise ValueError(f"the data URL {url[:50]}… is not in base64: {error}") from error
    if not comma:
        raise ValueError(f"the data URL {url[:50]} has no comma before its data")
    return f"input{mimetypes.guess_extension(head.partition(';')[0].lower(), strict=False) or ''}", content


def _read(content: FileContent) -> tuple[str, bytes]:
    """The name and the content of what a model gave; a file that was just written is read from its beginning."""
    if isinstance(content, bytes):
        return "output.bin", content
    if isinstance(content, Path):
        return content.name, content.read_bytes()
    if content.seekable():
        content.seek(0)
    name: object = getattr(content, "name", None)  # a number, if it was opened by one
    read = content.read()
    if not isinstance(read, bytes):  # pyright: ignore[reportUnnecessaryIsInstance] -- models may not type-check
        raise ValueError(f"the file {name or content!r} gives text; open it in binary mode")
    return Path(name).name if isinstance(name, str) else "output.bin", read


def _safe(name: str) -> str:
    """A name that stays in its folder, whoever chose it."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.-]+", "_", last).strip("._")[-_LONGEST_NAME:] or "file"
