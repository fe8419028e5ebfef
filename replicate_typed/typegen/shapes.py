"""What a model takes and gives, told apart from the many ways in which a schema may say it."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeAlias

from attrs import field, frozen

from replicate_typed.typed_models.annotations import Limits

NO_LIMITS = Limits()


class Simple(Enum):
    """What needs no more words."""

    BOOLEAN = "true or false"
    FILE = "a file"
    SECRET = "a secret"  # noqa: S105 -- a word
    CONCATENATED = "a text in pieces"
    ANYTHING = "anything"


@frozen
class Text:
    limits: Limits = NO_LIMITS


@frozen
class Number:
    is_whole: bool
    limits: Limits = NO_LIMITS


@frozen
class Choice:
    """One of these texts, whole numbers or booleans."""

    values: tuple[str | int, ...]


@frozen
class Items:
    """A list."""

    item: Shape
    limits: Limits = NO_LIMITS


@frozen
class Members:
    """An object whose names are free."""

    value: Shape


@frozen
class Record:
    """An object with named fields."""

    fields: tuple[Field, ...]


@frozen
class Options:
    """A value that fits one of these."""

    options: tuple[Shape, ...]


@frozen
class Nullable:
    """The same, or null."""

    shape: Shape


Shape: TypeAlias = Simple | Text | Number | Choice | Items | Members | Record | Options | Nullable


@frozen
class Field:
    """A named part of an input, or of an object in an output."""

    name: str
    """As the model has it."""
    shape: Shape
    is_required: bool
    default: Any = field(default=None, eq=False)
    """What the model takes when it is not given: any JSON; None when that is not said."""
    description: str = ""
    is_deprecated: bool = False


@frozen
class Description:
    """What a model, or one version of it, takes and gives."""

    inputs: tuple[Field, ...]
    output: Shape = field(default=Simple.ANYTHING)
