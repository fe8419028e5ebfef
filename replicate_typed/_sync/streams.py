# Made by scripts/unasync.py from replicate_typed/_async/streams.py; do not edit.
"""The events of a prediction, to be read one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from replicate_typed._sync.event_sources import EventSource
from replicate_typed._sync.runs import result_of
from replicate_typed.events import Event
from replicate_typed.outcomes import has_ended, name_of

if TYPE_CHECKING:
    from types import TracebackType

    from replicate_api.models.prediction import Prediction
    from replicate_typed._sync.event_sources import Begin
    from replicate_typed._sync.session import Session
    from replicate_typed.references import Runnable
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out
else:
    Out = TypeVar("Out")  # the other is for checkers, and would have to be imported


class EventStream(Iterator[Event], Generic[Out]):
    """The events of a prediction, each as it happens, to the last one, which is `done`.

        with client.stream("owner/name", {"prompt": "…"}) as events:
            for event in events:
                print(event, end="")

    Nothing is sent before the block is entered, or the first event asked for. A stream that breaks off is gone on
    with; a model that has none is looked at again and again, and its output and logs are given as they grow. A loop
    needs no block if it goes on to the last event.
    """

    def __init__(
        self,
        session: Session,
        begin: Begin,
        *,
        timeout: float | None,
        cancel_on_exit: bool,
        ran: Runnable | ModelCall[Out] | None = None,
    ) -> None:
        self._session = session
        self._ran = ran
        self._source = source = EventSource(session, begin, session.deadline(timeout), cancel_on_exit)
        # It does not know this object: so when a loop over it is left, and nothing else holds it, both go at once.
        self._events = source.events()

    @property
    def prediction(self) -> Prediction:
        """The prediction as it was last seen, often when it was created; RuntimeError before that.

        After the last event, `client.predictions.get(events.id)` shows how it ended, with its metrics.
        """
        if self._source.prediction is None:
            raise RuntimeError("the prediction is created when the stream is entered, or its first event is asked for")
        return self._source.prediction

    @property
    def id(self) -> str:
        """The id of the prediction."""
        return self.prediction.id

    @property
    def text(self) -> str:
        """The text of the output so far."""
        return self._source.transcript.text

    def result(self) -> Out:
        """The whole output, as `run` gives it, once all events have come; those that are left are passed over."""
        for _ in self:
            pass
        if not has_ended(self.prediction):  # it may show its end a moment after its last event
            self._source.await_end()
        return result_of(self._session, self.prediction, self._ran)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Event:
        return self._events.__next__()

    def close(self) -> None:
        """End the stream; if it has not come to its end, the prediction is canceled, unless that was not wanted."""
        self._events.close()
        self._source.leave()

    def __enter__(self) -> Self:
        self._source.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        seen = self._source.prediction
        return f"<{type(self).__name__} of {'nothing yet' if seen is None else f'{name_of(seen)}: {seen.status}'}>"
