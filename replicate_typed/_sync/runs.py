# Made by scripts/unasync.py from replicate_typed/_async/runs.py; do not edit.
"""Following a prediction or training to its end, and the handle that `submit` and `attach` give."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, cast

from replicate_typed.callbacks import Callback
from replicate_typed.concurrency import Shield
from replicate_typed.creates import call_in
from replicate_typed.errors import APIConnectionError, ReplicateError
from replicate_typed.logger import log_state
from replicate_typed.logs import new_logs
from replicate_typed.outcomes import has_ended, name_of, output_of, typed_output_of
from replicate_typed.output_files import OutputFile, with_output_files
from replicate_typed.pacing import poll_pause
from replicate_typed.updates import PREDICTION, has_changed

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.prediction_status import PredictionStatus
    from replicate_api.models.training import Training
    from replicate_typed._sync.session import Session
    from replicate_typed._sync.streams import EventStream
    from replicate_typed.deadlines import Deadline
    from replicate_typed.references import Runnable
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out
    from replicate_typed.updates import Kind, TrainingUpdate, Update
else:
    Out = TypeVar("Out")  # the other is for checkers, and would have to be imported

R = TypeVar("R", bound="Prediction | Training")
U = TypeVar("U")

CANCEL_SECONDS = 5.0
OnUpdate: TypeAlias = "Callable[[Update], object]"
"""Told of a prediction when it is first seen, and whenever its status, logs or output have changed.

An Client awaits a coroutine function.
"""
OnTrainingUpdate: TypeAlias = "Callable[[TrainingUpdate], object]"
"""The same for a training."""


class Run(Generic[Out]):
    """A prediction that was started: look at it, wait for it, cancel it; of a typed model, its result has its type."""

    def __init__(self, session: Session, prediction: Prediction, ran: Runnable | ModelCall[Out] | None = None) -> None:
        self._session = session
        self._ran = ran
        self._watch = Watch(session, PREDICTION, prediction)

    @property
    def prediction(self) -> Prediction:
        """The prediction as it was last seen."""
        return self._watch.latest

    @property
    def id(self) -> str:
        """The id of the prediction, by which `attach` finds it again."""
        return self.prediction.id

    @property
    def status(self) -> PredictionStatus:
        """The status as it was last seen."""
        return self.prediction.status

    @property
    def logs(self) -> str:
        """All that the model had printed when it was last seen."""
        return self.prediction.logs or ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {name_of(self.prediction)}: {self.status}>"

    def _repr_html_(self) -> str:
        from replicate_api.showing import table

        return table(self.prediction)

    def refresh(self) -> Prediction:
        """The prediction in its current state."""
        with self._session.clock.participant():
            return self._watch.look()

    def cancel(self) -> Prediction:
        """The prediction, canceled unless it had already ended."""
        with self._session.clock.participant():
            return self._watch.cancel()

    def wait(
        self, *, timeout: float | None = None, on_update: OnUpdate | None = None, cancel_on_exit: bool = True
    ) -> Prediction:
        """The prediction once it has ended, however it ended; arguments and errors as in `Client.wait`."""
        hear = listener(on_update)
        with self._session.clock.participant():
            deadline = self._session.deadline(timeout)
            return self._watch.follow(deadline, hear=hear, cancel_on_exit=cancel_on_exit)

    def result(
        self, *, timeout: float | None = None, on_update: OnUpdate | None = None, cancel_on_exit: bool = True
    ) -> Out:
        """The output once the prediction has succeeded; arguments and errors as in `Client.run`."""
        ended = self.wait(timeout=timeout, on_update=on_update, cancel_on_exit=cancel_on_exit)
        return result_of(self._session, ended, self._ran)

    def stream(self, *, timeout: float | None = None, cancel_on_exit: bool = False) -> EventStream[Out]:
        """Its events from the first one on, as in `Client.stream`; to leave early does not cancel the prediction.

        Args:
            timeout: Seconds for all events.
            cancel_on_exit: Whether the prediction is canceled when time is up, on Ctrl-C, on task
                cancellation, and when the stream is left before its end.
        """
        from replicate_typed._sync.streams import EventStream

        def begin(_: Deadline) -> Watch[Prediction, Update]:
            return self._watch

        return EventStream(self._session, begin, timeout=timeout, cancel_on_exit=cancel_on_exit, ran=self._ran)


def result_of(session: Session, prediction: Prediction, ran: Runnable | ModelCall[Out] | None) -> Out:
    """The output of a prediction that has ended, with `OutputFile`s in it; raises the error that says why not.

    Of a typed call, its schema says what is a file.
    """
    output = output_of(prediction)
    call = call_in(ran)
    if call is None:
        untyped: Out = with_output_files(output, session, session.settings.base_url)
        return untyped
    return typed_output_of(prediction, call, lambda url: OutputFile(url, session))


def listener(on_update: Callable[[U], object] | None) -> Callback[U] | None:
    """What calls `on_update`; raises TypeError when it is no function that this client can call."""
    return None if on_update is None else Callback("on_update", on_update)


def found(session: Session, kind: Kind[R, U], run: str | R, deadline: Deadline | None = None) -> R:
    """A prediction or training, which is asked for when it is an id."""
    return cast("R", run) if hasattr(run, "completed_at") else session.send(kind.get(run), deadline)


def wait(
    session: Session,
    kind: Kind[R, U],
    run: str | R,
    *,
    timeout: float | None,
    on_update: Callable[[U], object] | None,
    cancel_on_exit: bool,
) -> R:
    """The prediction or training, given itself or its id, once it has ended."""
    hear = listener(on_update)
    with session.clock.participant():
        deadline = session.deadline(timeout)
        watch = Watch(session, kind, found(session, kind, run, deadline))
        return watch.follow(deadline, hear=hear, cancel_on_exit=cancel_on_exit)


class Watch(Generic[R, U]):
    """A prediction or training as it was last seen, and how to see more of it."""

    def __init__(self, session: Session, kind: Kind[R, U], run: R) -> None:
        self._session = session
        self._kind = kind
        self._id = run.id
        self.latest: R = run
        log_state(run)

    def look(self, deadline: Deadline | None = None, *, is_poll: bool = False) -> R:
        """It in its current state."""
        return self._see(self._session.send(self._kind.get(self._id), deadline, is_poll=is_poll))

    def cancel(self, deadline: Deadline | None = None) -> R:
        """It, canceled unless it had already ended."""
        return self._see(self._session.send(self._kind.cancel(self._id), deadline))

    def follow(self, deadline: Deadline, *, hear: Callback[U] | None, cancel_on_exit: bool) -> R:
        """It once it has ended; on expiry, Ctrl-C, task cancellation and when `hear` raises it is canceled."""
        # An answer that was held back has the whole output, and the status is final a moment later.
        is_due = self.latest.output is not None
        begun = deadline.elapsed if is_due else 0.0
        failure: ReplicateError | None = None
        try:
            if hear is not None:
                hear(self._kind.update(self.latest, self.latest.logs or ""))
            while not has_ended(self.latest):
                pause = 0.0 if is_due else poll_pause(deadline.elapsed - begun, self._session.settings.poll_interval)
                is_due = False
                self._session.clock.sleep(min(pause, deadline.remaining))
                if deadline.has_passed:
                    break
                before = self.latest
                try:
                    now = self.look(deadline, is_poll=True)
                except ReplicateError as error:
                    failure = error
                    break
                if hear is not None and has_changed(before, now):
                    hear(self._kind.update(now, new_logs(before.logs, now.logs)))
        except BaseException as error:  # Ctrl-C, the task was canceled, or a callback raised
            if cancel_on_exit and not has_ended(self.latest):
                with Shield():
                    self.try_to_cancel()
            error.add_note(f"while waiting for {name_of(self.latest)}, now {self.latest.status}")
            raise
        if failure is not None:
            self._explain(failure, deadline)
        return self.latest if has_ended(self.latest) else self.expire(deadline, cancel_on_exit=cancel_on_exit)

    def _explain(self, failure: ReplicateError, deadline: Deadline) -> None:
        """Raise what a look came to, unless it is that time is up."""
        if isinstance(failure, APIConnectionError):
            if deadline.has_passed:
                return
            again = f"{self._kind.wait}({self.latest.id!r})"
            failure.add_note(f"{name_of(self.latest)} goes on; wait for it again with {again}")
        else:
            failure.add_note(f"while waiting for {name_of(self.latest)}")
        raise failure

    def expire(self, deadline: Deadline, *, cancel_on_exit: bool) -> R:
        """It, should it have ended in the last moment; else raises what says that time is up."""
        message = f"{name_of(self.latest)} did not end within {deadline.seconds:g} s (last seen {self.latest.status})"
        if not cancel_on_exit:
            raise self._kind.late(f"{message}; it goes on: wait for it again, or cancel it", self.latest)
        if not self.try_to_cancel():
            raise self._kind.late(f"{message}; it could not be canceled, and may be running still", self.latest)
        if has_ended(self.latest) and self.latest.status not in {"canceled", "aborted"}:
            return self.latest
        done = "it was canceled" if has_ended(self.latest) else "its cancellation was asked for"
        raise self._kind.late(f"{message}; {done}", self.latest)

    def try_to_cancel(self) -> bool:
        """Whether a cancel was answered within a few seconds."""
        try:
            self.cancel(self._session.deadline(CANCEL_SECONDS))
        except Exception:  # what it is for is on its way to the caller already
            return False
        return True

    def _see(self, now: R) -> R:
        if now.status != self.latest.status:
            log_state(now)
        self.latest = now
        return now
