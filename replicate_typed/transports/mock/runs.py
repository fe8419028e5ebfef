"""Running a model's function: what came of it."""

from __future__ import annotations

import copy
import json
import traceback
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_lines: ContextVar[list[str] | None] = ContextVar("log lines of the run being made", default=None)


@frozen
class Outcome:
    """What a model's function gave: an output or an error, and the lines it logged."""

    output: Any
    error: str | None
    lines: tuple[str, ...]
    last_words: str
    """What is logged at the very end: the traceback of an error."""


def run(function: Callable[..., Any], input: Mapping[str, Any]) -> Outcome:
    """What the function makes of the input; whatever it raises is an outcome, too."""
    lines: list[str] = []
    token = _lines.set(lines)
    try:
        output = function(**copy.deepcopy(dict(input)))
    except Exception as error:
        error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next  # from the function on
        last_words = "".join(traceback.format_exception(error))
        return Outcome(None, str(error) or type(error).__name__, tuple(lines), last_words)
    finally:
        _lines.reset(token)
    try:
        output = json.loads(json.dumps(output, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        return Outcome(None, f"the model's output is not JSON: {error}", tuple(lines), "")
    return Outcome(output, None, tuple(lines), "")


def log(text: str) -> None:
    """Add a line to the logs of the run being made."""
    lines = _lines.get()
    if lines is None:
        raise RuntimeError("MockTransport.log may only be called inside a model's function, while it is run")
    lines.append(text)


def visible_logs(outcome: Outcome, elapsed: int, processing: int) -> str:
    """The logs after so much of the processing time: of n lines, the i-th comes at i / (n + 1) of it."""
    if elapsed >= processing:
        return "".join(f"{line}\n" for line in outcome.lines) + outcome.last_words
    shown = max(elapsed, 0) * (len(outcome.lines) + 1) // processing
    return "".join(f"{line}\n" for line in outcome.lines[:shown])
