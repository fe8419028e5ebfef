"""What `help` and notebooks tell of a typed model: its inputs, what each takes, and what its author says of it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from textwrap import indent
from typing import Any

INDENT = " " * 4


def documentation(input_class: Any, expected: Mapping[str, str]) -> str:
    """The docstring of a model.

    Args:
        input_class: The class of what it takes.
        expected: What each input takes, in words.
    """
    said = _said_in(input_class)
    lines = [inspect.getdoc(input_class) or "", "", "Args:"]
    for name, words in expected.items():
        lines.append(f"{INDENT}{name}: {words}")
        if name in said:
            lines.append(indent(said[name], 2 * INDENT))
    return "\n".join(lines)


def _said_in(input_class: Any) -> dict[str, str]:
    """The docstrings of a class's fields. They are nowhere but in its source; nothing where that is not at hand."""
    try:
        (tree,) = ast.parse(inspect.getsource(input_class)).body
    except (OSError, SyntaxError, TypeError, ValueError):
        return {}
    if not isinstance(tree, ast.ClassDef):
        return {}
    said: dict[str, str] = {}
    for field, text in zip(tree.body, tree.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                said[name] = inspect.cleandoc(words)
            case _:
                pass
    return said
