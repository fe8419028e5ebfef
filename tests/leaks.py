"""Everything that an error tells, for tests that look for secrets in it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx


def shown(error: BaseException) -> str:
    """All that an error and those behind it hold, as text."""
    texts: list[str] = []
    left: list[BaseException | None] = [error]
    seen: set[int] = set()
    while left:
        each = left.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        held: dict[str, Any] = dict(vars(each))
        for name in ("request", "response", "_request", "_response", "doc", "object"):
            held[name] = getattr(each, name, None)
        for value in list(held.values()):
            for part in (value, getattr(value, "request", None) if isinstance(value, httpx.Response) else None):
                if isinstance(part, httpx.Request | httpx.Response):
                    texts.append(f"{part.headers.raw} {part.url} {vars(part)}")
        texts += [*traceback.format_exception_only(each), repr(each), repr(each.args), repr(held)]
        left += [each.__cause__, each.__context__]
    return "\n".join(texts)


class Keeping(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__()
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@contextmanager
def kept_records() -> Generator[list[logging.LogRecord]]:
    """What is logged in the block, by anyone but httpcore, which takes long and tells what the service says."""
    root, httpcore = logging.getLogger(), logging.getLogger("httpcore")
    records: list[logging.LogRecord] = []
    handlers, levels = root.handlers[:], (root.level, httpcore.level)
    root.handlers[:] = [Keeping(records)]
    root.setLevel(logging.DEBUG)
    httpcore.setLevel(logging.INFO)
    try:
        yield records
    finally:
        root.handlers[:] = handlers
        root.setLevel(levels[0])
        httpcore.setLevel(levels[1])
