# Made by scripts/unasync.py from replicate_typed/_async/runs.py; do not edit.
"""Following a prediction to its end, and the handle that `submit` gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, cast

from replicate_api.api.predictions.predictions_cancel import predictions_cancel
from replicate_api.api.predictions.predictions_get import predictions_get
from replicate_typed.concurrency import Shield
from replicate_typed.errors import APIConnectionError, ReplicateError, RunTimeoutError
from replicate_typed.outcomes import has_ended, name_of, typed_output_of
from replicate_typed.pacing import poll_pause

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from replicate_api.models.prediction import Prediction
    from replicate_typed._sync.session import Session
    from replicate_typed.deadlines import Deadline
    from replicate_typed.typed_models import ModelCall

    T = TypeVar("T", default=Any)
else:
    from typing import TypeVar

    T = TypeVar("T")  # a default needs a newer Python, or a package that only checkers bring

CANCEL_SECONDS = 5.0
OnUpdate: TypeAlias = "Callable[[Prediction], object]"
"""Called with the prediction when it is first seen, and whenever its status, logs or output have changed."""


class Run(Generic[T]):
    """A prediction that was started: look at it, wait for it, cancel it; of a typed model, its result has its type."""

    def __init__(self, session: Session, prediction: Prediction, call: ModelCall[T] | None = None) -> None:
        self._session = session
        self._call = call
        self.prediction: Prediction = prediction
        """The prediction as it was last seen."""

    @property
    def id(self) -> str:
        return self.prediction.id

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {name_of(self.prediction)}: {self.prediction.status}>"

    def refresh(self) -> Prediction:
        """The prediction in its current state."""
        with self._session.clock.participant():
            self.prediction = self._session.send(predictions_get(self.id))
        return self.prediction

    def cancel(self) -> Prediction:
        """The prediction, canceled unless it had already ended."""
        with self._session.clock.participant():
            self.prediction = self._session.send(predictions_cancel(self.id))
        return self.prediction

    def wait(
        self, *, timeout: float | None = None, on_update: OnUpdate | None = None, cancel_on_exit: bool = True
    ) -> Prediction:
        """The prediction once it has ended, however it ended; arguments and errors as in `Client.wait`."""
        with self._session.clock.participant():
            deadline = self._session.deadline(timeout)
            try:
                self.prediction = follow(
                    self._session, self.prediction, deadline, on_update=on_update, cancel_on_exit=cancel_on_exit
                )
            except RunTimeoutError as error:
                self.prediction = error.prediction or self.prediction
                raise
        return self.prediction

    def result(
        self, *, timeout: float | None = None, on_update: OnUpdate | None = None, cancel_on_exit: bool = True
    ) -> T:
        """The output once the prediction has succeeded; arguments and errors as in `Client.run`."""
        ended = self.wait(timeout=timeout, on_update=on_update, cancel_on_exit=cancel_on_exit)
        return cast("T", typed_output_of(ended, self._call))


def wait(
    session: Session,
    prediction: str | Prediction,
    *,
    timeout: float | None,
    on_update: OnUpdate | None,
    cancel_on_exit: bool,
) -> Prediction:
    """The prediction, given itself or its id, once it has ended."""
    with session.clock.participant():
        deadline = session.deadline(timeout)
        if isinstance(prediction, str):
            prediction = session.send(predictions_get(prediction), deadline)
        return follow(session, prediction, deadline, on_update=on_update, cancel_on_exit=cancel_on_exit)


def follow(
    session: Session,
    prediction: Prediction,
    deadline: Deadline,
    *,
    on_update: OnUpdate | None,
    cancel_on_exit: bool,
) -> Prediction:
    """The prediction once it has ended; on expiry, Ctrl-C and task cancellation it is canceled."""
    latest = prediction
    # An answer that was held back has the whole output, and the status is final a moment later.
    is_due = prediction.output is not None
    begun = deadline.elapsed if is_due else 0.0
    try:
        if on_update is not None:
            on_update(latest)
        while not has_ended(latest):
            pause = 0.0 if is_due else poll_pause(deadline.elapsed - begun, session.settings.poll_interval)
            is_due = False
            session.clock.sleep(min(pause, deadline.remaining))
            if deadline.has_passed:
                break
            before = latest
            latest = session.send(predictions_get(latest.id), deadline)
            if on_update is not None and _differ(before, latest):
                on_update(latest)
    except APIConnectionError as error:
        if not deadline.has_passed:
            error.add_note(f"{name_of(latest)} goes on; wait for it again with client.wait({latest.id!r})")
            raise
    except ReplicateError as error:
        error.add_note(f"while waiting for {name_of(latest)}")
        raise
    except BaseException as error:  # Ctrl-C, the task was canceled, or the callback raised
        if cancel_on_exit:
            with Shield():
                latest = _cancel(session, latest) or latest
        error.add_note(f"while waiting for {name_of(latest)}, now {latest.status}")
        raise
    return latest if has_ended(latest) else _expire(session, latest, deadline, cancel_on_exit=cancel_on_exit)


def _expire(session: Session, latest: Prediction, deadline: Deadline, *, cancel_on_exit: bool) -> Prediction:
    """The prediction, should it have ended in the last moment; else raises what says that time is up."""
    message = f"{name_of(latest)} did not end within {deadline.seconds:g} s (last seen {latest.status})"
    if not cancel_on_exit:
        raise RunTimeoutError(f"{message}; it goes on: wait for it again, or cancel it", latest)
    final = _cancel(session, latest)
    if final is None:
        raise RunTimeoutError(f"{message}; it could not be canceled, and may be running still", latest)
    if has_ended(final) and final.status not in {"canceled", "aborted"}:
        return final
    done = "it was canceled" if has_ended(final) else "its cancellation was asked for"
    raise RunTimeoutError(f"{message}; {done}", final)


def _cancel(session: Session, prediction: Prediction) -> Prediction | None:
    """The prediction after an attempt of a few seconds to cancel it, or None when that failed."""
    try:
        return session.send(predictions_cancel(prediction.id), session.deadline(CANCEL_SECONDS))
    except ReplicateError:
        return None


def _differ(before: Prediction, after: Prediction) -> bool:
    return (before.status, before.logs, before.output) != (after.status, after.logs, after.output)
