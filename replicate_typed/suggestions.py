"""What somebody may have meant by a name that there is not."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_LISTED = 12


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of an error's sentence: the known names that are close to this one, or all of them if they are few."""
    known = sorted(known)
    if close := get_close_matches(name, known, n=3, cutoff=0.6):
        return f"; did you mean {' or '.join(close)}?"
    if 0 < len(known) <= _MOST_LISTED:
        return f"; there is {', '.join(known)}"
    return ""
