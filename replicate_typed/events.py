"""The events of a prediction's stream, and how they are read from its bytes; pure.

The rules are those of the standard: https://html.spec.whatwg.org/multipage/server-sent-events.html.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import field, frozen

from replicate_api.types import OpenStrEnum
from replicate_typed.errors import UndecodableResponseError

LONGEST_EVENT = 64 * 2**20  # bytes, with its names: a data URI of an output file fits
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class EventType(OpenStrEnum):
    """What an event of a stream is about: https://replicate.com/docs/topics/predictions/streaming."""

    OUTPUT = "output"
    """A piece of text, or the address of a file; other output is JSON."""
    LOGS = "logs"
    """Text that the model has logged."""
    ERROR = "error"
    """The prediction failed; iterating over a stream raises instead."""
    DONE = "done"
    """There is nothing more to come."""


def _brief(data: str) -> str:
    from replicate_api.showing import brief

    return brief(data)


@frozen
class Event:
    """Something that happened in a prediction; as a string, the text of an output, and nothing of any other event."""

    type: EventType
    """What it is about: output, logs, an error, or the end."""
    data: str = field(repr=_brief)
    """What it says: text, the address of a file, or JSON."""
    id: str | None = None
    """The id that it came with, if any."""

    def __str__(self) -> str:
        return self.data if self.type == EventType.OUTPUT else ""


KNOWN = {member.value.encode(): member for member in EventType}


class EventDecoder:
    """Makes events of the bytes of one connection, whatever chunks they come in.

    An event that the end of the bytes leaves unfinished is none, so there is nothing to be done at the end.

    Args:
        last_event_id: The id of the last event of the connection before.
        longest: The most bytes that one event may have.
    """

    def __init__(self, *, last_event_id: str = "", longest: int = LONGEST_EVENT) -> None:
        self.last_event_id: str = last_event_id
        """After which event the stream is to go on when it is asked for again; empty if that is not known."""
        self.retry: float | None = None
        """After how many seconds the service wants to be asked again."""
        self._longest = longest
        self._line: list[bytes] = []  # the parts of a line whose end is still to come
        self._after_cr = False  # a LF that comes now belongs to the line end before
        self._is_first = True
        self._type = b""
        self._data: list[bytes] = []
        self._id: str | None = None
        self._size = 0  # of what is held: the data, and the parts of the line

    def feed(self, chunk: bytes) -> list[Event]:
        """The events that the next bytes complete; UndecodableResponseError if one is endless."""
        if self._after_cr and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_cr = False
        if b"\n" not in chunk and b"\r" not in chunk:
            self._hold(chunk)
            return []
        if self._line:
            self._size -= sum(map(len, self._line))
            chunk = b"".join([*self._line, chunk])
            self._line.clear()
        lines = chunk.splitlines()  # of bytes: at CR, LF and CRLF, and nowhere else
        last = chunk[-1:]
        self._after_cr = last == b"\r"
        rest = b"" if last in b"\r\n" else lines.pop()
        if self._is_first:
            self._is_first = False
            lines[0] = lines[0].removeprefix(BYTE_ORDER_MARK)
        events: list[Event] = []
        for line in lines:
            if line:
                self._read(line)
            elif (event := self._dispatched()) is not None:
                events.append(event)
        self._hold(rest)
        return events

    def _hold(self, part: bytes) -> None:
        if part:
            self._line.append(part)
            self._size += len(part)
        if self._size > self._longest:
            raise UndecodableResponseError(
                f"an event of more than {self._longest} bytes, with no end in sight", status_code=200
            )

    def _read(self, line: bytes) -> None:
        """One field; a comment begins with its colon, and so has no name."""
        name, _, value = line.partition(b":")
        if value.startswith(b" "):
            value = value[1:]
        if name == b"data":
            self._data.append(value)
            self._size += len(value) + 1
        elif name == b"event":
            self._type = value
        elif name == b"id":
            if b"\0" not in value:
                self._id = value.decode(errors="replace")
        elif name == b"retry" and value.isdigit() and len(value) < 20:
            self.retry = int(value) / 1000

    def _dispatched(self) -> Event | None:
        """The event that a blank line completes; without data it is none, but its id counts."""
        type, data, id = self._type, self._data, self._id
        self._type, self._data, self._id, self._size = b"", [], None, 0
        if id is not None:
            self.last_event_id = id
        if not data:
            return None
        whole = data[0] if len(data) == 1 else b"\n".join(data)
        kind = KNOWN.get(type) or EventType(type.decode(errors="replace") or "message")
        return Event(kind, whole.decode(errors="replace"), id)


def member(event: Event, name: str) -> str | None:
    """A text in the JSON object that an event's data is, such as the reason of a `done`; None if there is none."""
    try:
        data: Any = json.loads(event.data)
        value: object = data[name]
    except (ValueError, RecursionError, TypeError, LookupError):
        return None
    return value if isinstance(value, str) and value else None
