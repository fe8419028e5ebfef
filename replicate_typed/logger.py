"""What is logged, under `replicate_typed`: a line for each request, and one for each change of state.

No line holds the token, inputs, outputs or what stands behind the question mark of an address.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from replicate_typed.foreign import is_foreign
from replicate_typed.outcomes import name_of
from replicate_typed.response_headers import request_id_of

if TYPE_CHECKING:
    from httpx import Response

    from replicate_api.models.prediction import Prediction
    from replicate_api.models.training import Training
    from replicate_api.types import Operation

LEVELS: dict[str, int] = {"info": logging.INFO, "debug": logging.DEBUG}

logger: logging.Logger = logging.getLogger("replicate_typed")
_lock = threading.Lock()
_is_set_up = False


def set_up_logging() -> None:
    """Do what REPLICATE_LOG says, once; without it, logging is the program's own affair.

    The lines go to the standard error, while the program has no handlers of its own for everything.
    """
    global _is_set_up
    if _is_set_up:
        return
    with _lock:
        level = os.environ.get("REPLICATE_LOG", "").strip().lower()
        if level and level not in LEVELS:
            raise ValueError(f"REPLICATE_LOG must be info or debug, got {level!r}")
        if level and not _is_set_up:
            logger.setLevel(LEVELS[level])
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
            handler.addFilter(lambda _: not logging.getLogger().handlers)
            logger.addHandler(handler)
        _is_set_up = True


def is_logging() -> bool:
    """Whether there is anybody to read a line."""
    return logger.isEnabledFor(logging.INFO)


def log_answer(operation: Operation[Any], response: Response, seconds: float, tries: int, *, is_poll: bool) -> None:
    """A request was answered; what only looks whether something has changed is of interest for debugging alone."""
    level = logging.DEBUG if is_poll and response.is_success else logging.INFO
    if logger.isEnabledFor(level):
        id = request_id_of(response.headers)
        more = f" (request id {id})" if id else ""
        _log_try(level, operation, f"{response.status_code}", seconds, tries, more)


def log_failure(operation: Operation[Any], error: Exception, seconds: float, tries: int) -> None:
    """A request was not answered."""
    _log_try(logging.INFO, operation, f"failed ({type(error).__name__})", seconds, tries, "")


def log_state(run: Prediction | Training) -> None:
    """A prediction or training is in another state than before."""
    if is_logging():
        logger.info("%s: %s", name_of(run), run.status)


def _log_try(level: int, operation: Operation[Any], what: str, seconds: float, tries: int, more: str) -> None:
    nth = f", try {tries}" if tries > 1 else ""
    logger.log(
        level, "%s %s: %s in %.0f ms%s%s", operation.method, _address(operation), what, seconds * 1000, nth, more
    )


def _address(operation: Operation[Any]) -> str:
    """The path; of other hosts the name alone, as their addresses can be secrets."""
    return f"{urlsplit(operation.path).hostname}/…" if is_foreign(operation) else operation.path
