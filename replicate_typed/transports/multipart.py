"""Forms with files in them: multipart/form-data (RFC 7578)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_AFTER_DELIMITER = re.compile(rb"(--)?[ \t]*(?=\r\n|\Z)")
_PARAMETER = re.compile(r""";\s*([\w-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))""", re.ASCII)


@frozen
class Part:
    """One field of a form; a file has a name."""

    name: str
    filename: str | None
    content_type: str | None
    content: bytes

    @property
    def text(self) -> str:
        """The content of a field that is no file."""
        return self.content.decode(errors="replace")


def parts_of(content_type: str, body: bytes) -> list[Part]:
    """The fields of a form, in order; ValueError if it is none.

    Args:
        content_type: The header, which says where the fields begin and end.
        body: The form as it was sent.
    """
    body = b"\r\n" + body  # so that the first delimiter is like the others
    lines = list(_delimiter_lines(body, b"\r\n--" + _boundary(content_type)))
    if not lines or not lines[-1].is_last:
        raise ValueError("it does not end with its boundary")
    return [_part(body, line.end, following.start) for line, following in pairwise(lines)]


@frozen
class _DelimiterLine:
    """Where a line between two fields begins and ends."""

    start: int
    end: int
    is_last: bool


def _boundary(content_type: str) -> bytes:
    if content_type.partition(";")[0].strip().lower() != "multipart/form-data":
        raise ValueError(f"its type is {content_type or 'missing'}")
    boundary = _parameters(content_type).get("boundary")
    if not boundary:
        raise ValueError("its type has no boundary")
    return boundary.encode()


def _delimiter_lines(body: bytes, delimiter: bytes) -> Iterator[_DelimiterLine]:
    position = 0
    while (start := body.find(delimiter, position)) >= 0:
        position = start + len(delimiter)
        if after := _AFTER_DELIMITER.match(body, position):  # else it is content that begins like one
            position = after.end()
            is_last = after[1] is not None
            yield _DelimiterLine(start, position, is_last)
            if is_last:
                return


def _part(body: bytes, start: int, end: int) -> Part:
    middle = body.find(b"\r\n\r\n", start, end)
    if middle < 0:
        raise ValueError("a field has no empty line after its headers")
    headers = _headers(body[start:middle].decode(errors="replace"))
    disposition = _parameters(headers.get("content-disposition", ""))
    if "name" not in disposition:
        raise ValueError("a field has no name")
    return Part(disposition["name"], disposition.get("filename"), headers.get("content-type"), body[middle + 4 : end])


def _headers(text: str) -> dict[str, str]:
    lines = (line.partition(":") for line in text.split("\r\n"))
    return {name.lower(): value.strip() for name, _, value in lines}


def _parameters(header: str) -> dict[str, str]:
    """What stands after a header's value: by name; `filename*` is a name in UTF-8 as RFC 5987 writes it."""
    found: dict[str, str] = {}
    for name, quoted, plain in _PARAMETER.findall(header):
        if name.endswith("*"):
            found[name[:-1].lower()] = unquote(plain.rpartition("'")[2])
        else:
            found.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) if quoted else plain)
    return found
