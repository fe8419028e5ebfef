"""Docstrings from the spec's prose."""

from __future__ import annotations

import re
import textwrap

from .plan import OperationPlan

WIDTH = 100
ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s+")


def docstring(text: str, level: int) -> str:
    """The inside of a docstring at an indentation level: escaped, wrapped, lists kept."""
    text = text.strip().replace("\\", "\\\\")
    text = re.sub(r'"+\Z', lambda quotes: '\\"' * len(quotes.group()), text).replace('"""', '\\"\\"\\"')
    indent = "    " * level
    paragraphs = [_wrapped(paragraph, WIDTH - len(indent)) for paragraph in re.split(r"\n\s*\n", text)]
    body = "\n\n".join(paragraphs)
    first, *rest = body.splitlines() or [""]
    if not rest:
        return first.rstrip()
    return "\n".join([first.rstrip(), *(f"{indent}{line}".rstrip() for line in rest), indent])


def _wrapped(paragraph: str, width: int) -> str:
    """A paragraph filled to the width; lines of a list and indented lines begin anew."""
    entries: list[str] = []
    for line in paragraph.splitlines():
        if entries and not ITEM.match(line) and not line.startswith("    "):
            entries[-1] += f" {line.strip()}"
        else:
            entries.append(line.rstrip())
    return "\n".join(_filled(entry, width) for entry in entries)


def _filled(entry: str, width: int) -> str:
    indent = entry[: len(entry) - len(entry.lstrip())]
    marker = ITEM.match(entry)
    hanging = " " * (len(marker.group()) if marker else len(indent) + (4 if indent else 0))
    return textwrap.fill(
        entry.strip(),
        width,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text.endswith((".", "!", "?", ":")) else f"{text}."


def item_text(text: str, name: str) -> str:
    """What a list in a text says of a name, as a sentence; empty if the list does not have it."""
    found = re.search(rf"^- `{re.escape(name)}`: (.+(?:\n  .+)*)", text, re.MULTILINE)
    return sentence(found[1][0].upper() + found[1][1:]) if found else ""


def operation_text(plan: OperationPlan) -> str:
    """What a caller reads: what comes back, the rules, the arguments, and the operation of the spec."""
    parts = [sentence(plan.summary or plan.id)]
    if plan.is_deprecated:
        parts[0] += " Deprecated."
    if plan.description:
        parts.append(plan.description)
    described = [*plan.positional, *plan.keyword_only]
    lines = [f"    {argument.name}: {sentence(argument.description)}" for argument in described if argument.description]
    if plan.has_json_body:
        lines.append("    extra_body: More fields of the request, sent as they are.")
    if lines:
        parts.append("Args:\n" + "\n".join(lines))
    parts.append(f"Operation `{plan.id}`: {plan.http_method} {plan.raw_path}.")
    return "\n\n".join(parts)
