"""Texts of a schema as literals and docstrings of Python: whatever they hold, they stay texts."""

from __future__ import annotations

import textwrap


def quoted(text: str) -> str:
    """A text as a literal in one line, in the quotes that need fewer escapes; what cannot be seen is escaped."""
    literal = repr(text)
    if literal[0] == '"' or text.count('"') > text.count("'"):
        return literal
    inner = literal[1:-1].replace("\\'", "'").replace('"', '\\"')
    return f'"{inner}"'


def literal(value: str | float | bool | None) -> str:
    """A simple value as Python writes it."""
    return quoted(value) if isinstance(value, str) else repr(value)


def pieces(text: str, width: int) -> list[str]:
    """A text in literals of about this width, that make it again when they stand one after the other."""
    found: list[str] = []
    rest = text
    while len(rest) > width:
        cut = max(rest.rfind(" ", 0, width), rest.rfind("\n", 0, width)) + 1 or width
        found.append(quoted(rest[:cut]))
        rest = rest[cut:]
    return [*found, quoted(rest)]


def docstring(paragraphs: list[str], indent: str, width: int) -> str:
    """A docstring, indented and wrapped; it holds the words of the paragraphs, and can hold nothing else."""
    room = width - len(indent) - 3  # beside the quotes
    blocks = ["\n".join(_wrapped(line, room) for line in _lines(paragraph)) for paragraph in paragraphs]
    body = "\n\n".join(block for block in blocks if block)
    if "\n" in body or len(body) + 3 > room:
        body += "\n"
    ends_in_quote = body.endswith('"')
    escaped = "\n".join(map(_escaped, body.removesuffix('"').split("\n"))) + ('\\"' if ends_in_quote else "")
    shown = f'"""{escaped}"""'
    return "\n".join(f"{indent}{line}" if line else "" for line in shown.split("\n"))


def _lines(text: str) -> list[str]:
    text = text.encode(errors="replace").decode()  # Python refuses a class whose docstring has half a character
    return [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]


def _wrapped(line: str, width: int) -> str:
    return "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))


def _escaped(line: str) -> str:
    """A line of a docstring without anything that ends it, begins an escape, or cannot be seen."""
    safe = line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in safe)
