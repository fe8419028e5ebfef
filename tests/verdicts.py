"""What must be true whatever goes wrong."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

from faulty_api import TOKEN, Api
from leaks import shown

from replicate_typed import AmbiguousCreateError, ReplicateError, RunTimeoutError

MAY_BE_RUNNING = ("may be running", "may have been created")


def broken_rules(api: Api, outcome: object) -> Iterator[str]:
    """The rules that a call has broken which ended like this: with a value, or with an error."""
    if len(api.made) > 1:
        yield f"made {len(api.made)} predictions"
    for id in api.made:
        if not tells_of(outcome, id):
            yield f"lost track of {id}: {outcome!r}"
    if "authorization" in repr(api.open_requests) or TOKEN in repr(api.open_requests):
        yield f"tells the token to those who need none: {api.open_requests}"
    if isinstance(outcome, BaseException):
        if not isinstance(outcome, ReplicateError):
            yield f"raised what is not ours: {outcome!r}"
        if TOKEN in shown(outcome) or TOKEN.encode() in pickle.dumps(outcome):
            yield f"shows the token: {outcome!r}"


def tells_of(outcome: Any, id: str) -> bool:
    """Whether it leads to a prediction that was made: has it, names it, or says that there may be one."""
    if not isinstance(outcome, BaseException):
        return id in repr(outcome)
    text = "\n".join([str(outcome), *getattr(outcome, "__notes__", [])])
    if id in text or id == getattr(getattr(outcome, "prediction", None), "id", None):
        return True
    if isinstance(outcome, AmbiguousCreateError):
        return not outcome.candidates or id in {candidate.id for candidate in outcome.candidates}
    return isinstance(outcome, RunTimeoutError) and any(words in text for words in MAY_BE_RUNNING)
