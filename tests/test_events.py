"""Streams of events are read as the standard says, in whatever pieces they arrive."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from replicate_typed import UndecodableResponseError
from replicate_typed.events import Event, EventDecoder, EventType, member

OUTPUT, LOGS, ERROR, DONE = EventType.OUTPUT, EventType.LOGS, EventType.ERROR, EventType.DONE


def decoded(*chunks: bytes) -> list[Event]:
    decoder = EventDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


def by_the_standard(content: bytes) -> list[Event]:
    """The same, of a whole stream, word for word from the standard."""
    text = content.decode(errors="replace").removeprefix("\ufeff")
    events: list[Event] = []
    type, data, id = "", "", None
    *lines, _ = re.split(r"\r\n|\n|\r", text)
    for line in lines:
        if line == "":
            if data:
                events.append(Event(EventType(type or "message"), data.removesuffix("\n"), id))
            type, data, id = "", "", None
            continue
        name, colon, value = line.partition(":")
        value = value.removeprefix(" ") if colon else ""
        if name == "event":
            type = value
        elif name == "data":
            data += f"{value}\n"
        elif name == "id" and "\0" not in value:
            id = value
    return events


STREAMS: dict[str, bytes] = {
    "of every kind": b": hi\n\n"
    b"event: logs\nid: 1690212292:0\ndata: warming up\ndata: \n\n"
    b"event: output\nid: 1690212292:1\ndata:  giraffe\n\n"
    b"event: output\nid: 1690212293:0\ndata:\n\n"
    b'event: error\nid: 1690212293:1\ndata: {"detail":"no"}\n\n'
    b"event: done\nid: 1690212294:0\ndata: {}\n\n",
    "of CR": b"event: output\rdata: a\rdata: b\r\revent: done\rdata: {}\r\r",
    "of CRLF": b"event: output\r\ndata: a\r\ndata: b\r\n\r\nevent: done\r\ndata: {}\r\n\r\n",
    "of all line ends": b"data: a\r\ndata: b\rdata: c\n\rdata: d\n\r\ndata: e\r\r\n\ndata: f\n\n",
    "of characters of many bytes": "event: output\ndata: naïve “quotes” 🦒🦒\nid: é\n\n".encode() * 2,
    "of broken characters": b"data: \xe2\x82\ndata: \xff\xf0\x9f\x8c\n\ndata: \xe2\n\n",
    "of what only looks like line ends": "data: a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\n\n".encode(),
    "with a mark in front": b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\ndata: \xef\xbb\xbfc\n\n",
    "of comments": b":\n: data: a\n\n:data: b\ndata: c\n:d\n\n",
    "of odd fields": b"data\n\ndata:a\ndata:  b\nDATA: c\n data: d\nevent:output\nnothing\nid\nretry: x\nretry: 50\n\n",
    "without ids": b"data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid:\ndata: d\n\nid: 2\n\ndata: e\n\n",
    "unfinished": b"data: a\n\nevent: output\nid: 7\ndata: b\n",
}


@pytest.mark.parametrize("content", STREAMS.values(), ids=STREAMS)
def test_a_stream_cut_at_any_byte_is_the_same_stream(content: bytes) -> None:
    """Every cut in two, each byte alone, and all at once; with empty chunks between."""
    whole = by_the_standard(content)
    assert whole
    assert decoded(content) == whole
    for cut in range(len(content) + 1):
        assert decoded(content[:cut], b"", content[cut:]) == whole
    assert decoded(*(content[at : at + 1] for at in range(len(content)))) == whole


@given(st.sampled_from(list(STREAMS.values())), st.lists(st.integers(0, 400)))
def test_a_stream_cut_in_many_places_is_the_same_stream(content: bytes, cuts: list[int]) -> None:
    """Wherever they are."""
    places = [0, *sorted(cuts), len(content)]
    assert decoded(*(content[a:b] for a, b in zip(places, [*places[1:], None], strict=True))) == decoded(content)


PIECES = [b"data", b"event", b"id", b"retry", b":", b" ", b"\n", b"\r", b"\0", b"x", b"\xef\xbb\xbf", b"\xe2", b"\x80"]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.lists(st.integers(0, 80), max_size=5))
def test_any_bytes_are_read_as_the_standard_says(pieces: list[bytes], cuts: list[int]) -> None:
    """However broken, and however cut."""
    content = b"".join(pieces)
    places = [0, *sorted(cuts), len(content)]
    assert decoded(*(content[a:b] for a, b in zip(places, [*places[1:], None], strict=True))) == by_the_standard(
        content
    )


def test_the_events_of_a_prediction() -> None:
    """Each with its type, its data and its id."""
    assert decoded(STREAMS["of every kind"]) == [
        Event(LOGS, "warming up\n", "1690212292:0"),
        Event(OUTPUT, " giraffe", "1690212292:1"),
        Event(OUTPUT, "", "1690212293:0"),
        Event(ERROR, '{"detail":"no"}', "1690212293:1"),
        Event(DONE, "{}", "1690212294:0"),
    ]


def test_only_one_space_is_taken_away() -> None:
    """The spaces between the tokens of a text are part of it."""
    assert [event.data for event in decoded(b"data:  giraffe\n\ndata: giraffe \n\ndata:giraffe\n\n")] == [
        " giraffe",
        "giraffe ",
        "giraffe",
    ]


def test_separators_inside_a_text_are_no_line_ends() -> None:
    """U+2028 and its kin, on which `str.splitlines` and httpx split."""
    (event,) = decoded(STREAMS["of what only looks like line ends"])
    assert event.data == "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"


def test_an_event_is_there_with_its_last_byte() -> None:
    """A CR ends a line without waiting for a LF."""
    decoder = EventDecoder()
    assert decoder.feed(b"data: a\r") == []
    assert decoder.feed(b"\r") == [Event(EventType("message"), "a")]
    assert decoder.feed(b"\ndata: b\r\n\r") == [Event(EventType("message"), "b")]
    assert decoder.feed(b"\n") == []


def test_an_unknown_event_can_be_read() -> None:
    """V24: it is no error, and no text of the output either."""
    (event,) = decoded(b"event: progress\ndata: 50\n\n")
    assert (event.type, event.type.is_known, event.data, str(event)) == ("progress", False, "50", "")


def test_an_event_as_a_string_is_the_text_of_an_output() -> None:
    """So that all events can be printed."""
    events = [Event(OUTPUT, "a"), Event(LOGS, "b"), Event(ERROR, "c"), Event(DONE, "{}"), Event(OUTPUT, "d")]
    assert "".join(map(str, events)) == "ad"


def test_the_id_to_go_on_after_is_that_of_the_last_event() -> None:
    """It stays for events that have none, and one with NUL is none; an event cut short does not count."""
    decoder = EventDecoder(last_event_id="0")
    seen: list[str] = []
    for chunk in (b"data: a\n\n", b"id: 1\ndata: a\n\n", b"data: a\n\n", b"id: 2\n\n", b"id: 3\0\ndata: a\n\n",
                  b"id: 4\ndata: a\n", b"\n", b"id\n\n"):  # fmt: skip
        decoder.feed(chunk)
        seen.append(decoder.last_event_id)
    assert seen == ["0", "1", "1", "2", "2", "2", "4", ""]


@pytest.mark.parametrize(
    ("value", "seconds"), [(b"1500", 1.5), (b"0", 0), (b"-1", None), (b"1s", None), (b"", None), (b"9" * 5000, None)]
)
def test_how_long_to_wait_before_asking_again_is_read(value: bytes, seconds: float | None) -> None:
    """In milliseconds, of digits only."""
    decoder = EventDecoder()
    decoder.feed(b"retry: " + value + b"\n")
    assert decoder.retry == seconds


@pytest.mark.parametrize("chunk", [b"x" * 10, b"data: xxxx\n", b"data:\n" * 10])
def test_an_endless_event_is_an_error(chunk: bytes) -> None:
    """Be it one line without an end or lines without a blank one; it does not fill the memory."""
    decoder = EventDecoder(longest=1000)
    with pytest.raises(UndecodableResponseError, match="an event of more than 1000 bytes, with no end in sight"):
        for _ in range(1000):
            decoder.feed(chunk)


def test_many_events_are_no_endless_one() -> None:
    """Nor are comments, however many."""
    decoder = EventDecoder(longest=100)
    for _ in range(100):
        assert len(decoder.feed(b": still here\nda")) == 0
        assert len(decoder.feed(b"ta: xxxxxxxxxxxxxxxxxxxx\n\n")) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [('{"reason":"error"}', "error"), ("{}", None), ("", None), ('{"reason":1}', None), ("[1]", None), ("1", None),
     ('"reason"', None), ("[" * 100_000, None), ('{"reason":""}', None)],
)  # fmt: skip
def test_what_the_data_say_is_read_if_it_is_an_object(data: str, reason: str | None) -> None:
    """And is nothing if it is anything else."""
    assert member(Event(DONE, data), "reason") == reason


def test_an_event_is_a_value() -> None:
    """Equal, hashable, picklable, and unchangeable."""
    event: Any = Event(EventType("progress"), "a", "1")
    assert pickle.loads(pickle.dumps(event)) == event
    assert len({event, Event(EventType("progress"), "a", "1")}) == 1
    with pytest.raises(AttributeError):
        event.data = "b"
