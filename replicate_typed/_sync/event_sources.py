# Made by scripts/unasync.py from replicate_typed/_async/event_sources.py; do not edit.
"""Where the events of a prediction come from: its stream, gone on with when it breaks off, or else looks at it."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias, cast

from replicate_api.reading import media_type
from replicate_typed.concurrency import Shield
from replicate_typed.errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ModelError,
    ReplicateError,
    StreamInterruptedError,
    UndecodableResponseError,
)
from replicate_typed.events import Event, EventDecoder, EventType, member
from replicate_typed.foreign import foreign_get
from replicate_typed.outcomes import has_ended, name_of, output_of
from replicate_typed.output_files import with_output_files
from replicate_typed.pacing import poll_pause, retry_pause
from replicate_typed.transcript import Transcript, failure_of

if TYPE_CHECKING:
    import httpx

    from replicate_api.models.prediction import Prediction
    from replicate_typed._sync.runs import Watch
    from replicate_typed._sync.session import Session
    from replicate_typed.deadlines import Deadline
    from replicate_typed.updates import Update

OPENING_SECONDS = 10.0
MOST_CUTS = 3  # with no new event in between; after one more, the prediction is looked at instead
Begin: TypeAlias = "Callable[[Deadline], Watch[Prediction, Update]]"


class EventSource:
    """Where the events of one prediction come from: its stream, or else looks at it."""

    def __init__(self, session: Session, begin: Begin, deadline: Deadline, cancel_on_exit: bool) -> None:
        self.transcript: Transcript = Transcript()
        self._session = session
        self._begin = begin
        self._deadline = deadline
        self._cancel_on_exit = cancel_on_exit
        self._is_over = False
        self._watch: Watch[Prediction, Update] | None = None
        self._url: str | None = None
        self._chunks: Generator[bytes] | None = None  # of the connection that is open
        self._decoder = EventDecoder()
        self._cuts = 0
        self._is_polling = False
        self._is_fresh = True  # what the prediction shows was not looked at for events

    @property
    def prediction(self) -> Prediction | None:
        """The prediction as it was last seen."""
        return None if self._watch is None else self._watch.latest

    def start(self) -> None:
        """Have the prediction, and time begin, unless that is done."""
        if self._watch is None:
            self._deadline = self._session.deadline(self._deadline.seconds)
            self._watch = self._begin(self._deadline)
            self._url = self._watch.latest.urls.stream

    def events(self) -> Generator[Event]:
        """Each event once; who leaves before the last one cancels the prediction."""
        try:
            self.start()
            while not self._is_over:
                for event in self._next():
                    if event.type in (EventType.ERROR, EventType.DONE):
                        self._end(event)
                    self.transcript.add(event)
                    yield self._with_file(event)
                    if self._is_over:
                        break
        except ModelError:
            self.leave()  # it may be running, whatever its stream told
            raise
        except ReplicateError:
            self._is_over = True  # the error says what became of the prediction
            raise
        except BaseException as error:  # Ctrl-C, the task was canceled, or the loop was left
            self.leave()
            if self.prediction is not None:
                error.add_note(f"while streaming {name_of(self.prediction)}, now {self.prediction.status}")
            raise
        finally:
            self._hang_up()

    def _with_file(self, event: Event) -> Event:
        """The event, its data an `OutputFile` if that is the address of one."""
        if event.type != EventType.OUTPUT or not event.data.startswith(("http", "data:")):
            return event
        return Event(
            event.type, with_output_files(event.data, self._session, self._session.settings.base_url), event.id
        )

    def await_end(self) -> None:
        """Look at the prediction until it has ended."""
        with self._deadline.clock.participant():
            self._watched.follow(self._deadline, hear=None, cancel_on_exit=self._cancel_on_exit)

    def leave(self) -> None:
        """Cancel the prediction, unless it has ended, or is to go on."""
        watch = self._watch
        if not self._is_over and self._cancel_on_exit and watch is not None and not has_ended(watch.latest):
            with Shield(), self._deadline.clock.participant():
                watch.try_to_cancel()
        self._is_over = True

    def _next(self) -> list[Event]:
        """What comes next; possibly nothing, and then it is to be called again."""
        with self._deadline.clock.participant():
            if self._deadline.has_passed:
                return self._run_out()
            if self._url is None or self._is_polling:
                return self._poll()
            return self._read(self._url)

    def _read(self, url: str) -> list[Event]:
        """The new events in the next chunk of the stream, which is opened if it is not open."""
        try:
            if self._chunks is None:
                self._chunks = self._open(url)
            events = self._decoder.feed(self._chunks.__next__())
        except APITimeoutError:
            self._wonder()
        except (StopIteration, APIConnectionError):
            (self._do_without() if self._chunks is None else self._go_on())
        except (APIStatusError, UndecodableResponseError, ValueError):
            self._do_without()
        else:
            new = [event for event in events if self.transcript.is_new(event)]
            if new:
                self._cuts = 0
            return new
        return []

    def _open(self, url: str) -> Generator[bytes]:
        """The body of the stream, from after the last event on; ValueError if the address is not a safe one."""
        after = self._decoder.last_event_id
        headers = {"accept": "text/event-stream", "cache-control": "no-store"}
        if after and after.isascii() and after.isprintable() and after.strip() == after:
            headers["last-event-id"] = after
        operation = foreign_get("stream", url, self._session.settings.base_url, headers=headers)
        response = self._session.open(operation, self._deadline.within(OPENING_SECONDS), self._deadline)
        if media_type(response) != "text/event-stream":
            response.close()
            raise UndecodableResponseError("this is no stream of events", status_code=response.status_code)
        self._decoder = EventDecoder(last_event_id=after)
        self.transcript.begin_again()
        return cast("Generator[bytes]", cast("httpx.SyncByteStream", response.stream).__iter__())

    def _go_on(self) -> None:
        """After the stream broke off: open it again, a few times at most, then do without it."""
        self._hang_up()
        self._cuts += 1
        if self._cuts > 1:
            self._look()
            self._is_polling = self._cuts > MOST_CUTS or has_ended(self._seen)
        if not self._is_polling:
            pause = retry_pause(self._cuts, retry_after=self._decoder.retry, chance=random.random())  # noqa: S311 -- not a secret
            self._deadline.clock.sleep(min(pause, self._deadline.remaining))

    def _wonder(self) -> None:
        """After nothing was heard for long: the model may be starting, or its output may be kept from us."""
        self._hang_up()
        self._look()
        missing = self.transcript.missing(self._seen) or []
        self._is_polling = has_ended(self._seen) or any(event.type == EventType.OUTPUT for event in missing)

    def _do_without(self) -> None:
        """Look at the prediction from now on."""
        self._hang_up()
        self._look()
        self._is_polling = True

    def _poll(self) -> list[Event]:
        """What has been added to the prediction since the last look."""
        if not self._is_fresh:
            pause = poll_pause(self._deadline.elapsed, self._session.settings.poll_interval)
            self._deadline.clock.sleep(min(pause, self._deadline.remaining))
            if self._deadline.has_passed:
                return []
            self._look()
        self._is_fresh = False
        return self._shown()

    def _run_out(self) -> list[Event]:
        """What is left of a prediction that has ended in the last moment; else raises what says that time is up."""
        if not has_ended(self._seen):
            self._watched.expire(self._deadline, cancel_on_exit=self._cancel_on_exit)
        return self._shown()

    def _shown(self) -> list[Event]:
        """What the prediction shows, and was not given yet."""
        seen = self._seen
        news = self.transcript.missing(seen)
        if not has_ended(seen):
            return news or []  # it may lag behind the stream
        if news is None or seen.data_removed:
            output_of(seen)
            reason = "was removed by the service" if seen.data_removed else "does not begin with what the stream told"
            raise self._interrupted(f"its output {reason}")
        return [*news, Event(EventType.DONE, "{}")]

    def _end(self, event: Event) -> None:
        """Take an event for the last one; raises what it says went wrong."""
        if (event.type == EventType.ERROR or member(event, "reason")) and not has_ended(self._seen):
            with self._deadline.clock.participant(), suppress(StreamInterruptedError):
                self._look()
        if (failure := failure_of(event, self._seen)) is not None:
            raise failure
        self._is_over = True

    def _look(self) -> None:
        """See the prediction as it is now, if there is time left."""
        self._is_fresh = True
        try:
            self._watched.look(self._deadline, is_poll=True)
        except ReplicateError as error:
            if not self._deadline.has_passed:
                raise self._interrupted(f"{error}; wait for it with client.wait({self._seen.id!r})") from error

    def _interrupted(self, reason: str) -> StreamInterruptedError:
        message = f"the stream of {name_of(self._seen)} could not be followed to its end: {reason}"
        return StreamInterruptedError(message, text=self.transcript.text, prediction=self._seen)

    def _hang_up(self) -> None:
        chunks, self._chunks = self._chunks, None
        if chunks is not None:
            with Shield():
                chunks.close()

    @property
    def _seen(self) -> Prediction:
        return self._watched.latest

    @property
    def _watched(self) -> Watch[Prediction, Update]:
        assert self._watch is not None
        return self._watch
