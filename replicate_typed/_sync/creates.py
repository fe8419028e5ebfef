# Made by scripts/unasync.py from replicate_typed/_async/creates.py; do not edit.
"""Creating a prediction: once, whatever happens on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replicate_typed._sync.uploads import with_files
from replicate_typed.errors import AmbiguousCreateError, APIConnectionError, NotFoundError, RunTimeoutError

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Operation
    from replicate_typed._sync.session import Session
    from replicate_typed.deadlines import Deadline

NOT_OFFICIAL = (
    "only official models can be run by name alone; name a version of any other: "
    'version = client.models.get("owner/name").latest_version, then client.run(version, …)'
)


def create(session: Session, operation: Operation[Prediction], deadline: Deadline | None = None) -> Prediction:
    """The prediction that a create makes; whatever stops it says that one may be running, if one may."""
    deadline = deadline or session.deadline(None)
    operation = with_files(session, operation, deadline)
    try:
        with session.clock.participant():
            return session.send(operation, deadline)
    except (APIConnectionError, AmbiguousCreateError) as error:
        if deadline.has_passed:
            raise RunTimeoutError(f"nothing was heard within {deadline.seconds:g} s: {error}") from error
        raise
    except NotFoundError as error:
        if operation.id == "models.predictions.create":
            error.add_note(NOT_OFFICIAL)
        raise
    except BaseException as interruption:
        if not isinstance(interruption, Exception):
            interruption.add_note(f"{operation.id} was under way: a prediction may be running")
        raise
