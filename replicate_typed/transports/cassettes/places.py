"""Places in what was read from a cassette, which say where they are when something is wrong with them."""

from __future__ import annotations

import base64
import binascii
import math
from typing import Any, TypeAlias, cast

from attrs import frozen

from replicate_typed.errors import CassetteError

Lines: TypeAlias = dict[tuple[int, object], int]
"""The line of what a list or dict (by its `id`) has at an index or name."""


@frozen(eq=False)
class Place:
    """A value, and where it stands."""

    value: Any
    file: str
    lines: Lines
    line: int | None = None
    name: str = ""
    """Such as `interactions[3].request`."""

    def __getitem__(self, name: str) -> Place:
        found = self.get(name)
        if found is None:
            raise self.error(f"has no {name!r}")
        return found

    def get(self, name: str) -> Place | None:
        """What the dict has by that name, if it has."""
        members = self.members
        return self._at(members[name], name, f".{name}" if self.name else name) if name in members else None

    @property
    def members(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self._kind(dict, "an object with names"))

    @property
    def items(self) -> list[Place]:
        values = cast("list[Any]", self._kind(list, "a list"))
        return [self._at(value, index, f"[{index}]") for index, value in enumerate(values)]

    @property
    def content(self) -> bytes:
        """Text as UTF-8, or bytes as they are; nothing is no bytes."""
        value = self.value
        if isinstance(value, dict) and (encoded := self.get("base64_string")):
            try:
                return base64.b64decode(encoded.content, validate=True)
            except (binascii.Error, ValueError) as error:
                raise encoded.error(f"is not base64: {error}") from None
        if value is None:
            return b""
        if isinstance(value, bytes):
            return value
        if isinstance(value, (int, float)):
            return str(value).encode()
        return cast("str", self._kind(str, "text")).encode()

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    @property
    def number(self) -> float:
        """A number of zero or more."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            raise self.error(f"is {shown(value)}, not a number of zero or more")
        return value

    def error(self, what: str) -> CassetteError:
        """The error for this place; `what` goes on after its name."""
        return cassette_error(self.file, self.line, f"{self.name or 'the cassette'} {what}")

    def _at(self, value: object, key: object, suffix: str) -> Place:
        return Place(value, self.file, self.lines, self.lines.get((id(self.value), key), self.line), self.name + suffix)

    def _kind(self, kind: type, what: str) -> Any:
        if not isinstance(self.value, kind):
            raise self.error(f"is {shown(self.value)}, not {what}")
        return self.value


def cassette_error(file: str, line: int | None, what: str) -> CassetteError:
    return CassetteError(f"{file}, line {line}: {what}" if line is not None else f"{file}: {what}")


def shown(value: object) -> str:
    """What a value is, in a few words."""
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case None:
            return "nothing"
        case _:
            text = repr(value)
            return text if len(text) <= 60 else f"{text[:60]}…"
