"""What the logs of a prediction or training tell: what is new in them, and how far the work has come; pure."""

from __future__ import annotations

import re

from attrs import frozen

# As tqdm writes it: `50%|█████     | 5/10 [00:05<00:05, 1.00it/s]`, or `Sampling: 50%|…` with a description.
_BAR = re.compile(r"(?:[^|]*: )?\s*([0-9]{1,3})%\s*\|.+?\|\s*([0-9]{1,18})/([0-9]{1,18})")
_LINE_ENDS = re.compile(r"[\r\n]+")  # a bar is drawn over the one before it with a carriage return


@frozen
class Progress:
    """How far the work has come, as tqdm's last bar in the logs shows it."""

    fraction: float
    """From 0 to 1."""
    current: int
    """Steps that are done."""
    total: int
    """Steps that there are."""


def progress_of(logs: str | None) -> Progress | None:
    """What the last bar shows; None when there is none."""
    for line in reversed(_LINE_ENDS.split(logs or "")):
        if bar := _BAR.match(line):
            return Progress(min(int(bar[1]), 100) / 100, int(bar[2]), int(bar[3]))
    return None


def new_logs(before: str | None, now: str | None) -> str:
    """The text that has come since; logs that do not continue those before are new as a whole.

    So all that is new, one after the other, is the logs as they grew, and a line may come in several pieces.
    """
    now = now or ""
    return now.removeprefix(before) if before else now
