"""Files that models gave."""

from __future__ import annotations


class OutputFile(str):
    """The URL of a file that a model gave."""

    __slots__ = ()
