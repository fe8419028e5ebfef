"""What has been handed out of a prediction's events, so that none is lost and none is given twice; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from replicate_typed.errors import ModelError, PredictionCanceledError, PredictionFailedError
from replicate_typed.events import Event, EventType, member
from replicate_typed.outcomes import error_of, has_ended, has_succeeded, name_of

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction

LINE_END = re.compile(r"\r\n?")


class Transcript:
    """The events of a prediction so far, over however many connections."""

    def __init__(self) -> None:
        self.outputs: list[str] = []
        self.logs: list[str] = []
        # How often each was given, and has come since the connection was made: a service that begins anew, instead of
        # going on, repeats them in the same order. One without an id is known by the id before it.
        self._given: dict[str | tuple[str], int] = {}
        self._came: dict[str | tuple[str], int] = {}
        self._last_id = ""

    @property
    def text(self) -> str:
        """The output so far."""
        return "".join(self.outputs)

    def begin_again(self) -> None:
        """Expect what comes over a new connection: what follows the last event, or all of it once more."""
        self._came = {}

    def is_new(self, event: Event) -> bool:
        """Whether an event that came from a stream was not given before; then it counts as given."""
        if event.id is not None:
            self._last_id = event.id
        key = (self._last_id,) if event.id is None else event.id
        given = self._given.get(key, 0)
        self._came[key] = came = self._came.get(key, 0) + 1
        if came <= given:
            return False
        self._given[key] = given + 1
        return True

    def add(self, event: Event) -> None:
        """Take down what is handed out."""
        if event.type == EventType.OUTPUT:
            self.outputs.append(event.data)
        elif event.type == EventType.LOGS:
            self.logs.append(event.data)

    def missing(self, prediction: Prediction) -> list[Event] | None:
        """The events of what a prediction shows, and was not given; None if it does not begin with what was given."""
        pieces = rest(self.outputs, pieces_of(prediction.output, is_whole=has_ended(prediction)))
        if pieces is None:
            return None
        lines = rest(self.logs, [prediction.logs or ""]) or []
        return [
            *(Event(EventType.LOGS, line) for line in lines if line),
            *(Event(EventType.OUTPUT, piece) for piece in pieces),
        ]


def failure_of(event: Event, prediction: Prediction) -> ModelError | None:
    """What an `error` or a `done` says went wrong, in the prediction's own words if it has any; None if all is well."""
    reason = member(event, "reason")
    has_told_all = event.type == EventType.DONE
    if has_ended(prediction) and not has_succeeded(prediction):
        if has_told_all or prediction.error or prediction.status != "failed":
            return error_of(prediction)
    elif has_told_all and (reason is None or has_ended(prediction)):
        return None
    name = name_of(prediction)
    if reason == "canceled":
        return PredictionCanceledError(f"{name} was canceled", prediction)
    detail = member(event, "detail") or reason or event.data
    return PredictionFailedError(f"{name} failed: {detail or 'no reason given'}", prediction)


def pieces_of(output: Any, *, is_whole: bool) -> list[str]:
    """An output as the events of a stream give it; an object or a number is given only when it is whole."""
    if isinstance(output, list):
        items: list[Any] = cast("Any", output)
        return [_text(item) for item in items]
    if output is None or not (is_whole or isinstance(output, str)):
        return []
    return [_text(output)]


def rest(given: Sequence[str], whole: Sequence[str]) -> list[str] | None:
    """What follows the pieces that were given; None if the whole does not begin with them.

    Some may have been given in other pieces, and a stream makes every line end a LF.
    """
    count = len(given)
    for pieces in (whole, [as_streamed(piece) for piece in whole]):
        if list(pieces[:count]) == given:
            return list(whole[count:])
    begun, text = "".join(given), "".join(whole)
    for form in (text, as_streamed(text)):
        if form.startswith(begun):
            return [form[len(begun) :]] if len(form) > len(begun) else []
    return None


def as_streamed(text: str) -> str:
    """The text as it comes through a stream of events."""
    return LINE_END.sub("\n", text.encode(errors="replace").decode())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)
