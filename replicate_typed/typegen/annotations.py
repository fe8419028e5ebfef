"""Shapes as the annotations of a typed module."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from replicate_typed.typed_models.annotations import Limits
from replicate_typed.typegen.literals import literal
from replicate_typed.typegen.shapes import (
    NO_LIMITS,
    Choice,
    Items,
    Members,
    Nullable,
    Number,
    Options,
    Record,
    Shape,
    Simple,
    Text,
)

ClassOf: TypeAlias = Callable[[Record], str]
"""The name of the class for an object in an output."""

_INPUTS = {Simple.FILE: "FileInput", Simple.SECRET: "SecretInput", Simple.CONCATENATED: "str"}
_OUTPUTS = {Simple.FILE: "OutputFile", Simple.SECRET: "str", Simple.CONCATENATED: "ConcatenatedText"}
_BOTH = {Simple.BOOLEAN: "bool", Simple.ANYTHING: "Any"}


def input_annotation(shape: Shape) -> str:
    """The annotation of what a model takes: more than it needs is welcome, and its limits are told."""
    match shape:
        case Simple():
            return (_INPUTS | _BOTH)[shape]
        case Text(limits):
            return _limited("str", limits)
        case Number(is_whole, limits):
            return _limited("int" if is_whole else "float", limits)
        case Items(item, limits):
            return _limited(f"Sequence[{input_annotation(item)}]", limits)
        case Members(value):
            return f"Mapping[str, {input_annotation(value)}]"
        case Record():
            return "Mapping[str, Any]"
        case Choice(values):
            return f"Literal[{', '.join(map(literal, values))}]"
        case Options(options):
            return " | ".join(map(input_annotation, options))
        case Nullable(inner):
            return f"{input_annotation(inner)} | None"


def output_annotation(shape: Shape, class_of: ClassOf) -> str:
    """The annotation of what a model gives; limits say nothing about it that a reader needs."""
    match shape:
        case Simple():
            return (_OUTPUTS | _BOTH)[shape]
        case Text():
            return "str"
        case Number(is_whole, _):
            return "int" if is_whole else "float"
        case Items(item, _):
            return f"list[{output_annotation(item, class_of)}]"
        case Members(value):
            return f"dict[str, {output_annotation(value, class_of)}]"
        case Record():
            return class_of(shape)
        case Choice(values):
            return f"Literal[{', '.join(map(literal, values))}]"
        case Options(options):
            return " | ".join(dict.fromkeys(output_annotation(option, class_of) for option in options))
        case Nullable(inner):
            return f"{output_annotation(inner, class_of)} | None"


def limits_in_words(shape: Shape) -> str:
    """What a reader of the documentation is told of a shape's limits; "" if there are none."""
    match shape:
        case Number(_, limits) | Text(limits) | Items(_, limits):
            return limits.in_words("item" if isinstance(shape, Items) else "character")
        case _:
            return ""


def shape_in_words(shape: Shape) -> str:
    """A shape as people are told of it."""
    match shape:
        case Simple():
            return shape.value
        case Text():
            return f"a text {limits_in_words(shape)}".rstrip()
        case Number(is_whole, _):
            return f"a {'whole ' if is_whole else ''}number {limits_in_words(shape)}".rstrip()
        case Items(item, _):
            return f"a list {limits_in_words(shape)}".rstrip() + f", each {shape_in_words(item)}"
        case Members(value):
            return f"an object, each member {shape_in_words(value)}"
        case Record(fields):
            return f"an object with {', '.join(field.name for field in fields) or 'no fields'}"
        case Choice(values):
            return f"one of {', '.join(map(repr, values))}"
        case Options(options):
            return ", or ".join(map(shape_in_words, options))
        case Nullable(inner):
            return f"{shape_in_words(inner)}, or null"


def _limited(annotation: str, limits: Limits) -> str:
    if limits == NO_LIMITS:
        return annotation
    plain = limits._replace(choices=None)._asdict()
    given = [f"{name}={literal(value)}" for name, value in plain.items() if value is not None]
    given += [f"choices={limits.choices!r}"] if limits.choices is not None else []
    return f"Annotated[{annotation}, Limits({', '.join(given)})]"
