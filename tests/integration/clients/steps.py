"""What a client does, step by step, and what it saw of it, as JSON on the standard output."""

from __future__ import annotations

import json
import time
from collections.abc import Callable


class Steps:
    """Functions that each do one thing and give what they saw; an error is a thing that is seen, too."""

    def __init__(self) -> None:
        self._steps: list[Callable[[], object]] = []

    def __call__(self, function: Callable[[], object]) -> Callable[[], object]:
        self._steps.append(function)
        return function

    def take(self) -> None:
        """Take all of them, in order."""
        seen: dict[str, object] = {}
        for step in self._steps:
            started = time.perf_counter()
            try:
                found: dict[str, object] = {"value": step()}
            except Exception as error:
                found = {"error": f"{type(error).__name__}: {error}"}
            seen[step.__name__] = found | {"seconds": round(time.perf_counter() - started, 3)}
        print(json.dumps(seen))
