"""Running a model's function: what came of it."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal, TypeGuard, cast

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_steps: ContextVar[list[Step] | None] = ContextVar("what the run being made has done so far", default=None)


@frozen
class Step:
    """One line of logs, or one item of an output that comes bit by bit."""

    kind: Literal["logs", "output"]
    value: Any


@frozen
class Outcome:
    """What a model's function gave: an output or an error, and what it did on the way, in order."""

    output: Any
    error: str | None = None
    steps: tuple[Step, ...] = ()
    last_words: str = ""
    """What is logged at the very end: the traceback of an error."""

    def bit_by_bit(self) -> Outcome:
        """The same, where the items of the output come one by one, after the logs."""
        output: object = self.output
        if not isinstance(output, list):
            return self
        items = tuple(Step("output", item) for item in cast("list[object]", output))
        return evolve(self, steps=self.steps + items)

    def logs(self, shown: int) -> str:
        """The lines logged in the first steps."""
        return "".join(f"{step.value}\n" for step in self.steps[:shown] if step.kind == "logs")

    def items(self, shown: int) -> list[Any]:
        """The items of output in the first steps."""
        return [step.value for step in self.steps[:shown] if step.kind == "output"]


def run(
    function: Callable[..., Any], arguments: Callable[[], Mapping[str, Any]], json_of: Callable[[Any], Any]
) -> Outcome:
    """What the function makes of the arguments; whatever it or they raise is an outcome, too.

    An iterator is read to its end, and each of its items is a step. `json_of` makes JSON of an output.
    """
    steps: list[Step] = []
    token = _steps.set(steps)
    try:
        output = function(**arguments())
        if _is_iterator(output):
            for item in output:
                steps.append(Step("output", _plain(item, json_of)))
            output = [step.value for step in steps if step.kind == "output"]
        else:
            output = _plain(output, json_of)
    except _NotJSONError as error:
        return Outcome(None, str(error), tuple(steps))
    except Exception as error:
        error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next  # from the function on
        last_words = "".join(traceback.format_exception(error))
        return Outcome(None, str(error) or type(error).__name__, tuple(steps), last_words)
    finally:
        _steps.reset(token)
    return Outcome(output, None, tuple(steps))


def log(text: str) -> None:
    """Add a line to the logs of the run being made."""
    steps = _steps.get()
    if steps is None:
        raise RuntimeError("MockTransport.log may only be called inside a model's function, while it is run")
    steps.append(Step("logs", text))


def _is_iterator(output: object) -> TypeGuard[Iterator[object]]:
    """Whether the output comes bit by bit; an open file is no output of lines."""
    return not hasattr(output, "read") and isinstance(output, Iterator)


class _NotJSONError(Exception):
    """A model's output cannot be sent."""


def plain(value: object) -> Any:
    """The value as JSON has it, apart from the caller's; TypeError or ValueError if it is none."""
    return json.loads(json.dumps(value, allow_nan=False))


def _plain(output: object, json_of: Callable[[Any], Any]) -> Any:
    try:
        return plain(json_of(output))
    except (TypeError, ValueError, RecursionError) as error:
        raise _NotJSONError(f"the model's output is not JSON: {error}") from None
