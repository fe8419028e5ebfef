"""The events of a prediction, to be read one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from replicate_typed._async.event_sources import AsyncEventSource
from replicate_typed._async.runs import result_of
from replicate_typed.events import Event
from replicate_typed.outcomes import has_ended, name_of

if TYPE_CHECKING:
    from types import TracebackType

    from replicate_api.models.prediction import Prediction
    from replicate_typed._async.event_sources import Begin
    from replicate_typed._async.session import AsyncSession
    from replicate_typed.references import Runnable
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out
else:
    Out = TypeVar("Out")  # the other is for checkers, and would have to be imported


class AsyncEventStream(AsyncIterator[Event], Generic[Out]):
    """The events of a prediction, each as it happens, to the last one, which is `done`.

        async with client.stream("owner/name", {"prompt": "…"}) as events:
            async for event in events:
                print(event, end="")

    Nothing is sent before the block is entered, or the first event asked for. A stream that breaks off is gone on
    with; a model that has none is looked at again and again, and its output and logs are given as they grow. A loop
    needs no block if it goes on to the last event.
    """

    def __init__(
        self,
        session: AsyncSession,
        begin: Begin,
        *,
        timeout: float | None,
        cancel_on_exit: bool,
        ran: Runnable | ModelCall[Out] | None = None,
    ) -> None:
        self._session = session
        self._ran = ran
        self._source = source = AsyncEventSource(session, begin, session.deadline(timeout), cancel_on_exit)
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

    async def result(self) -> Out:
        """The whole output, as `run` gives it, once all events have come; those that are left are passed over."""
        async for _ in self:
            pass
        if not has_ended(self.prediction):  # it may show its end a moment after its last event
            await self._source.await_end()
        return result_of(self._session, self.prediction, self._ran)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        return await self._events.__anext__()

    async def close(self) -> None:
        """End the stream; if it has not come to its end, the prediction is canceled, unless that was not wanted."""
        await self._events.aclose()
        await self._source.leave()

    async def __aenter__(self) -> Self:
        await self._source.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        seen = self._source.prediction
        return f"<{type(self).__name__} of {'nothing yet' if seen is None else f'{name_of(seen)}: {seen.status}'}>"
