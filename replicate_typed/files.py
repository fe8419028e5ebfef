"""Files in a model's input: where they are, and what becomes of them; pure.

A file is a `pathlib.Path` or another `os.PathLike`, `bytes`, `bytearray` or `memoryview`, or an object with a `read`
that gives bytes. A `str` is never one: it is a text or an address, and is sent as it is.
"""

from __future__ import annotations

import base64
import mimetypes
import os
import re
from collections.abc import Callable, Mapping
from typing import IO, Any, TypeAlias, cast

InputFile: TypeAlias = os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
"""What can stand for a file: a path, its bytes, or a file that is open for reading them."""

MOST_INLINE = 256 * 2**10
"""Bytes up to which a file stands in the input itself, as a data URL (`predictions.create`)."""
MOST_BYTES = 100 * 2**20
"""Bytes that an uploaded file has at most (`files.create`)."""
MOST_NAME_BYTES = 255
MOST_DEPTH = 200
ANY_TYPE = "application/octet-stream"
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:;[ -~]*)?", re.ASCII)

_SCALARS = frozenset({str, int, float, bool, type(None)})
_BEGINNINGS = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/x-wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
)
LONGEST_BEGINNING = 16
"""How many of a file's first bytes its type can be told by."""


def is_file(value: object) -> bool:
    """Whether a part of an input stands for a file."""
    if isinstance(value, str):
        return False
    return isinstance(value, (os.PathLike, bytes, bytearray, memoryview)) or callable(getattr(value, "read", None))


def has_files(value: object) -> bool:
    """Whether there is a file anywhere in an input."""
    left = [value]
    seen: set[int] = set()
    while left:
        each = left.pop()
        if type(each) in _SCALARS:
            continue
        if (parts := _parts_of(each)) is None:
            if is_file(each):
                return True
        elif id(each) not in seen:  # an input that holds itself is refused later
            seen.add(id(each))
            left.extend(parts.values())
    return False


def with_files_replaced(value: object, replace: Callable[[str, object], object], place: str, depth: int = 0) -> Any:
    """A copy of an input with something else in place of each file.

    Args:
        value: The input, or a part of it.
        replace: Is told the place of a file, such as `input.images[2]`, and the file; gives what is to stand there.
        place: The place of `value`.
        depth: How deep in the input that is.
    """
    if (parts := _parts_of(value)) is None:
        return replace(place, value) if is_file(value) else value
    if depth > MOST_DEPTH:
        raise ValueError(f"{place[:60]}…: nested too deeply, or holding itself")
    step = "{}.{}" if isinstance(value, dict) else "{}[{}]"
    copies = {
        key: with_files_replaced(part, replace, step.format(place, key), depth + 1) for key, part in parts.items()
    }
    return copies if isinstance(value, dict) else list(copies.values())


def media_type_of(name: str | None, beginning: bytes) -> str:
    """The media type of a file, by its name if it has one, else by how it begins."""
    if name is not None:
        guessed, encoding = mimetypes.guess_type(name, strict=False)
        if encoding is not None:  # the type is that of what is packed in there
            return "application/gzip" if encoding == "gzip" else ANY_TYPE
        return guessed or ANY_TYPE
    found = (kind for at, start, kind in _BEGINNINGS if beginning[at : at + len(start)] == start)
    return next(found, ANY_TYPE)


def upload_name(name: str | None, media_type: str) -> str:
    """The name that a file is uploaded under: its own, shortened to what the service takes, or one that fits."""
    if name is None:
        return f"file{mimetypes.guess_extension(media_type, strict=False) or ''}"
    return name.encode(errors="replace")[-MOST_NAME_BYTES:].decode(errors="ignore")


def data_url(content: bytes, media_type: str) -> str:
    """The content as an address that holds it."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def too_large(place: str, name: str | None) -> ValueError:
    """The error for a file that the service would not take."""
    return ValueError(
        f"{place}: {f'the file {name!r}' if name else 'the file'} is larger than the {shown_size(MOST_BYTES)} that can "
        "be uploaded; put it where the model can download it, and give its https:// address"
    )


def no_file(place: str, value: object) -> TypeError:
    """The error for what is no file, or none that gives bytes."""
    hint = "; a str is never taken for a path: wrap it in pathlib.Path" if isinstance(value, str) else ""
    return TypeError(f"{place}: expected a path, bytes or a file opened in binary mode, got {_shown(value)}{hint}")


def shown_size(size: int) -> str:
    """A number of bytes for people: `1.5 MB`."""
    for unit, bytes_each in (("MB", 2**20), ("KB", 2**10)):
        if size >= bytes_each:
            return f"{size / bytes_each:.1f} {unit}".replace(".0 ", " ")
    return f"{size} bytes"


def _parts_of(value: object) -> Mapping[object, object] | None:
    """The parts of a dict, list or tuple by their keys or numbers; None for anything else."""
    if isinstance(value, dict):
        return cast("dict[object, object]", value)
    return dict(enumerate(cast("list[object]", value))) if isinstance(value, (list, tuple)) else None


def _shown(value: object) -> str:
    kind = type(value).__name__
    return kind if len(text := repr(value)) > 60 or text.startswith("<") else f"{kind} {text}"
