# Made by scripts/unasync.py from replicate_typed/_async/creates.py; do not edit.
"""Creating a prediction: once, whatever happens on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replicate_typed._sync.lost_creates import find
from replicate_typed._sync.runs import Watch
from replicate_typed._sync.uploads import with_files
from replicate_typed.concurrency import Shield
from replicate_typed.errors import (
    AmbiguousCreateError,
    APIConnectionError,
    NotFoundError,
    ReplicateError,
    RunTimeoutError,
    UndecodableResponseError,
)
from replicate_typed.lost_creates import id_in, outcome_of_search
from replicate_typed.outcomes import name_of
from replicate_typed.updates import PREDICTION

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Operation
    from replicate_typed._sync.session import Session
    from replicate_typed.claims import Flight
    from replicate_typed.deadlines import Deadline

NOT_OFFICIAL = (
    "only official models can be run by name alone; name a version of any other: "
    'version = client.models.get("owner/name").latest_version, then client.run(version, …)'
)


def create(
    session: Session,
    operation: Operation[Prediction],
    deadline: Deadline | None = None,
    *,
    cancel_on_exit: bool = True,
) -> Prediction:
    """The prediction that a create makes; one whose answer was lost is looked for.

    It may come after the deadline, if it took so long to find: whoever follows it sees to that. On Ctrl-C and task
    cancellation it is looked for, too, and canceled, as nobody would know of it.
    """
    deadline = deadline or session.deadline(None)
    with session.clock.participant():
        try:
            operation = with_files(session, operation, deadline)
            return _created(session, operation, deadline)
        except (APIConnectionError, AmbiguousCreateError) as error:
            if deadline.has_passed:
                raise RunTimeoutError(f"nothing was heard within {deadline.seconds:g} s: {error}") from error
            raise
        except NotFoundError as error:
            if operation.id == "models.predictions.create":
                error.add_note(NOT_OFFICIAL)
            raise
        except (ReplicateError, GeneratorExit):  # when a coroutine is thrown away, it cannot wait for anything
            raise
        except BaseException as interruption:  # Ctrl-C, the task was canceled, or a transport failed
            _abandon(session, operation, interruption, cancel_on_exit=cancel_on_exit)
            raise


def _created(session: Session, operation: Operation[Prediction], deadline: Deadline) -> Prediction:
    try:
        return session.send(operation, deadline)
    except (AmbiguousCreateError, UndecodableResponseError) as error:
        flight = session.claims.lost(operation)
        if flight is None:
            if isinstance(error, UndecodableResponseError):  # its id can be read, but not all of it
                id = id_in(error.body)
                error.add_note(f"prediction {id} was created, and goes on; wait for it with client.wait({id!r})")
            raise
        reason = error.__cause__ or error
    found = find(session, flight)
    if found.prediction is None:
        message = outcome_of_search(str(reason), found.candidates)
        raise AmbiguousCreateError(message, candidates=found.candidates) from reason
    return found.prediction


def _abandon(
    session: Session, operation: Operation[Prediction], interruption: BaseException, *, cancel_on_exit: bool
) -> None:
    """See to a prediction that the interruption has left behind, and note in it what became of that."""
    flight = session.claims.lost(operation)
    if flight is None:  # surely nothing was made
        return
    try:
        with Shield():
            note = _left_behind(session, flight, cancel_on_exit=cancel_on_exit)
    except BaseException as another:
        another.add_note(f"{operation.id} was under way: a prediction may be running")
        raise
    interruption.add_note(note)


def _left_behind(session: Session, flight: Flight, *, cancel_on_exit: bool) -> str:
    """What is to be said of a prediction that nobody waits for."""
    prediction, candidates = find(session, flight)
    if prediction is None:
        ids = " or ".join(candidate.id for candidate in candidates)
        return f"{flight.operation.id} was under way: a prediction may be running" + (f", {ids}" if ids else "")
    name, id = name_of(prediction), prediction.id
    if not cancel_on_exit:
        return f"{name} had been created, and goes on; wait for it with client.wait({id!r})"
    watch = Watch(session, PREDICTION, prediction)
    if not watch.try_to_cancel():
        return f"{name} had been created, and could not be canceled: it may be running still"
    return f"{name} had been created, now {watch.latest.status}"
