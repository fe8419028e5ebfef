"""Predictions of the mock service as streams of server-sent events."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from replicate_typed.transports.mock.addresses import run_of_stream, stream_of
from replicate_typed.transports.mock.exchanges import Body, Pause, Reply
from replicate_typed.transports.mock.problems import not_found
from replicate_typed.transports.mock.times import SECOND, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from replicate_typed.transports.mock.lifecycle import Event
    from replicate_typed.transports.mock.predictions import MockPrediction
    from replicate_typed.transports.mock.state import State

# https://replicate.com/docs/topics/predictions/streaming; the service behind it is nchan
_GREETING = b": hi\n\n"
_HEADERS = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_ID = re.compile(r"(\d{1,15}):(\d{1,15})")


def open_stream(state: State, path: str, last_event_id: str | None) -> Reply:
    """The stream at an address, after the event that was the last to be seen; a problem if there is none."""
    name = stream_of(path)
    assert name is not None
    run = state.prediction(run_of_stream(name))
    is_its = run.work.is_iterator and urlsplit(run.stream_url).path == path
    if not is_its or state.now() >= run.kept_until:
        raise not_found(f"The stream {name}")
    return Reply(200, stream(run, last_event_id, state.now), _HEADERS)


def stream(run: MockPrediction, last_event_id: str | None, now: Callable[[], int]) -> Body:
    """What happens in a run, from its beginning or after an event, as it happens.

    An event's id is the second it was sent in, and how many came before it in that second.
    """
    yield _GREETING
    known = _read(last_event_id)
    count, id = 0, (0, 0)
    while True:
        heard = run.changed.rings  # before the look, so that no change is missed
        at = now()
        events = run.events(at)
        for event in events[count:]:
            for name, data in _told(run, event):
                second = event.at // SECOND
                id = (second, id[1] + 1 if id[0] == second else 0)
                if id > known:
                    yield _encoded(name, id, data)
        count = len(events)
        next_at = run.next_event_at(at)
        if next_at is None:
            return
        # The reader may have taken its time over what it was given.
        yield Pause(seconds(max(next_at - now(), 0)), run.changed, heard)


def _told(run: MockPrediction, event: Event) -> list[tuple[str, str]]:
    """What is sent of an event: names and data."""
    match event.kind:
        case "output":
            return [("output", event.value if isinstance(event.value, str) else _json(event.value))]
        case "logs":
            return [("logs", f"{event.value}\n")]
        case "completed":
            return _last_words(run, event.at)
        case "start":
            return []


def _last_words(run: MockPrediction, at: int) -> list[tuple[str, str]]:
    end = run.at(at)
    if end.status == "succeeded":
        return [("done", "{}")]
    if end.status == "failed":
        return [("error", _json({"detail": end.error})), ("done", _json({"reason": "error"}))]
    return [("done", _json({"reason": "canceled"}))]


def _encoded(name: str, id: tuple[int, int], data: str) -> bytes:
    lines = [f"event: {name}", f"id: {id[0]}:{id[1]}", *(f"data: {line}" for line in _LINE_END.split(data))]
    return "\n".join([*lines, "", ""]).encode(errors="replace")  # halves of characters are in no text


def _read(id: str | None) -> tuple[int, int]:
    """The id as it can be compared; before all others if it is none."""
    found = _ID.fullmatch(id or "")
    return (int(found[1]), int(found[2])) if found else (-1, 0)


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
