"""The examples in documents, as their readers would copy them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def blocks(text: str, language: str = "python") -> list[str]:
    """The blocks of code in a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def files(text: str) -> dict[str, str]:
    """The blocks of Python, each a file, by the names that they begin with."""
    return {block.partition("\n")[0].removeprefix("# "): block for block in blocks(text)}


def execute(examples: Sequence[str], document: str, names: dict[str, Any] | None = None) -> dict[str, Any]:
    """Run the examples in order, each with what those before it have made, and give back all of that."""
    made: dict[str, Any] = {"__name__": "__main__"} if names is None else names
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"{document}, example {number}", "exec", dont_inherit=True), made)
    return made


def broken_links(text: str, folder: Path) -> list[str]:
    """The links to files that are not there; raises ValueError if there are no such links at all."""
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    if not links:
        raise ValueError("no links were found")
    return [link for link in links if not (folder / link).exists()]
