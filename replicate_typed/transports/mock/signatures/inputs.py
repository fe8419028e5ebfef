"""What is said of one input of a model beside its type, in the words of Cog, so that a Cog function can be pasted."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import frozen

from replicate_typed.transports.mock.schemas import misfits

if TYPE_CHECKING:
    from collections.abc import Sequence

REQUIRED: Any = ...
"""The default of an input that has none."""


@frozen
class Field:
    """What `Input` was given."""

    default: Any
    description: str | None
    ge: float | None
    le: float | None
    min_length: int | None
    max_length: int | None
    regex: str | None
    choices: Sequence[str | int] | None
    deprecated: bool | None
    accept: str | None


def Input(  # noqa: N802 -- Cog's name
    default: Any = REQUIRED,
    *,
    description: str | None = None,
    ge: float | None = None,
    le: float | None = None,
    min_length: int | None = None,
    max_length: int | None = None,
    regex: str | None = None,
    choices: Sequence[str | int] | None = None,
    deprecated: bool | None = None,
    accept: str | None = None,
) -> Any:
    """An input of a model, to be written as the default value of a parameter, as with Cog.

        def draw(prompt: str = Input(description="What to draw"), steps: int = Input(4, ge=1, le=50)) -> Path: ...

    Without a default it is required. `ge` and `le` limit numbers, the lengths limit texts (in characters) and lists
    (in items), `regex` is searched for in a text. `accept` says which files are welcome, as HTML does.
    """
    return Field(default, description, ge, le, min_length, max_length, regex, choices, deprecated, accept)


def is_field(default: object) -> bool:
    """Whether a parameter's default value is what `Input` gave, ours or Cog's."""
    return all(hasattr(default, name) for name in ("default", "description", "ge", "le", "choices", "regex"))


def limited(schema: dict[str, Any], limits: object) -> dict[str, Any]:
    """The schema of a type, with the limits that an object has as attributes; `ValueError` if they limit other types.

    The object is what `Input` gave, or one of the package annotated-types. What limits numbers and texts limits them
    in lists, too.
    """
    for name in ("ge", "gt", "le", "lt", "min_length", "max_length", "regex", "choices"):
        value = getattr(limits, name, None)
        if value is not None:
            schema = _limited(schema, name, value)
    return schema


def _limited(schema: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    match name, schema.get("type"):
        case "ge", "integer" | "number":
            return schema | {"minimum": value}
        case "gt", "integer" | "number":
            return schema | {"minimum": value, "exclusiveMinimum": True}  # as OpenAPI 3.0 has it
        case "le", "integer" | "number":
            return schema | {"maximum": value}
        case "lt", "integer" | "number":
            return schema | {"maximum": value, "exclusiveMaximum": True}
        case "min_length", "string":
            return schema | {"minLength": value}
        case "max_length", "string":
            return schema | {"maxLength": value}
        case "min_length", "array":
            return schema | {"minItems": value}
        case "max_length", "array":
            return schema | {"maxItems": value}
        case "regex", "string":
            return schema | {"pattern": _pattern(value)}
        case "choices", "integer" | "number" | "string":
            return schema | {"enum": [_choice(choice, schema) for choice in value]}
        case _, "array":
            return schema | {"items": _limited(schema["items"], name, value)}
        case _, type:
            raise ValueError(f"{name} limits nothing of the type {type or 'Any'}")


def _pattern(regex: str) -> str:
    try:
        re.compile(regex)
    except re.error as error:
        raise ValueError(f"the regex {regex!r} is none: {error}") from error
    return regex


def _choice(choice: object, schema: dict[str, Any]) -> object:
    value = choice.value if isinstance(choice, Enum) else choice
    if rows := misfits(value, schema, field="", root={}):
        raise ValueError(f"the choice {choice!r} does not fit: {rows[0].description}")
    return value
