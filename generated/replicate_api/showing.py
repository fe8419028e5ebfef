# Made by scripts/regenerate from openapi.yaml; do not edit.
"""How models are shown: shortly, whatever they hold, and as a table in notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, cast

from attrs import fields, has

if TYPE_CHECKING:
    from attrs import AttrsInstance

MOST_OF_A_MODEL = 2000  # characters
MOST_OF_A_VALUE = 400
MOST_OF_A_TEXT = 120
MOST_OF_A_CELL = 1000


def summary(model: object, most: int = MOST_OF_A_MODEL) -> str:
    """The repr of a model: its fields that are there, each in a few words, as far as there is room."""
    there = list(_fields(model))
    texts = (f"{name}={brief(value, min(most // 2, MOST_OF_A_VALUE))}" for name, value in there)
    return f"{type(model).__name__}({_joined(texts, len(there), most)})"


def table(model: object) -> str:
    """The same as a table of HTML, with more of each text; everything in it is escaped."""
    rows = "".join(
        f'<tr><th style="text-align:left">{escape(name)}</th>'
        f'<td style="text-align:left;white-space:pre-wrap">{escape(_cell(value))}</td></tr>'
        for name, value in _fields(model)
    )
    return f"<table><caption>{escape(type(model).__name__)}</caption>{rows}</table>"


def brief(value: object, most: int = MOST_OF_A_VALUE) -> str:
    """A value in a few words; where something is left out, there is a `…`."""
    if isinstance(value, StrEnum):
        return repr(value.value)
    if type(value) is str:
        return repr(_cut(value, MOST_OF_A_TEXT))
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dict):
        members = cast("dict[object, object]", value)
        texts = (f"{brief(name)}: {brief(each, most // 2)}" for name, each in members.items())
        return "{" + _joined(texts, len(members), most) + "}"
    if isinstance(value, list):
        items = cast("list[object]", value)
        return "[" + _joined((brief(each, most // 2) for each in items), len(items), most) + "]"
    return summary(value, most) if has(type(value)) else repr(value)


def _fields(model: object) -> Iterator[tuple[str, object]]:
    """Those that have something to show."""
    for field in fields(cast("type[AttrsInstance]", type(model))):
        value = getattr(model, field.name, None)
        if field.repr and value is not None and value != "":
            yield field.name, value


def _joined(texts: Iterable[str], count: int, most: int) -> str:
    """As many of the texts as there is room for, and how many more there are."""
    parts: list[str] = []
    for text in texts if most > 20 else ():
        most -= len(text) + 2
        if most < 0:
            break
        parts.append(text)
    rest = count - len(parts)
    return ", ".join([*parts, f"… {rest} more"] if rest else parts)


def _cell(value: object) -> str:
    text = _cut(value, MOST_OF_A_CELL) if isinstance(value, str) else brief(value, MOST_OF_A_CELL)
    return text.encode(errors="replace").decode()  # half a character, which JSON can have, ends in no notebook


def _cut(text: str, most: int) -> str:
    """The beginning and the end of a text that is longer."""
    return text if len(text) <= most else f"{text[: most * 2 // 3]} … {text[-most // 4 :]}"
