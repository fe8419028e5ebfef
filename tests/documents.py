"""The examples in documents, as their readers would copy them."""

from __future__ import annotations

import re
from pathlib import Path


def blocks(text: str, language: str = "python") -> list[str]:
    """The blocks of code in a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def broken_links(text: str, folder: Path) -> list[str]:
    """The links to files that are not there; raises ValueError if there are no such links at all."""
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    if not links:
        raise ValueError("no links were found")
    return [link for link in links if not (folder / link).exists()]
