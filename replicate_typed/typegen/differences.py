"""What changed between two descriptions of a model, and whether programs written for the first still fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from replicate_typed.typed_models.annotations import Limits
from replicate_typed.typegen.annotations import shape_in_words
from replicate_typed.typegen.shapes import (
    Choice,
    Description,
    Field,
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


@frozen
class Difference:
    """One change, in words."""

    where: str
    """`input.steps`, `output`, `output.video`."""
    text: str
    is_breaking: bool
    """Whether a program that was right before may be wrong now."""

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def differences(old: Description, new: Description) -> list[Difference]:
    """What is different, in the order of the fields; those that break programs first."""
    found = [*_of_inputs(old.inputs, new.inputs), *_of_output(old.output, new.output, "output")]
    return sorted(found, key=lambda each: not each.is_breaking)


def _of_inputs(old: tuple[Field, ...], new: tuple[Field, ...]) -> Iterator[Difference]:
    before, after = {field.name: field for field in old}, {field.name: field for field in new}
    for name in before:
        if name not in after:
            yield Difference(f"input.{name}", "is gone", True)
    for name, field in after.items():
        where = f"input.{name}"
        if name not in before:
            how = "is new, and required" if field.is_required else f"is new: {shape_in_words(field.shape)}"
            yield Difference(where, how, field.is_required)
        else:
            yield from _of_input(before[name], field, where)


def _of_input(old: Field, new: Field, where: str) -> Iterator[Difference]:
    if old.is_required != new.is_required:
        yield Difference(where, "is required now" if new.is_required else "is no longer required", new.is_required)
    if old.shape != new.shape:
        yield Difference(where, _change(old.shape, new.shape), not fits(old.shape, new.shape))
    if not _is_same(old.default, new.default):
        yield Difference(where, f"its default was {old.default!r}, and is {new.default!r}", False)


def _of_output(old: Shape, new: Shape, where: str) -> Iterator[Difference]:
    if not (isinstance(old, Record) and isinstance(new, Record)):
        if old != new:
            yield Difference(where, _change(old, new), not fits(new, old))
        return
    before, after = {field.name: field for field in old.fields}, {field.name: field for field in new.fields}
    for name, field in before.items():
        if name not in after:
            yield Difference(f"{where}.{name}", "is gone", True)
            continue
        yield from _of_output(field.shape, after[name].shape, f"{where}.{name}")
        if field.is_required != after[name].is_required:
            text = "may be missing now" if field.is_required else "is always there now"
            yield Difference(f"{where}.{name}", text, field.is_required)
    for name in after:
        if name not in before:
            yield Difference(f"{where}.{name}", "is new", False)


def _change(old: Shape, new: Shape) -> str:
    match old, new:
        case Choice(before), Choice(after):
            gone = [repr(value) for value in before if not _is_among(value, after)]
            added = [repr(value) for value in after if not _is_among(value, before)]
            parts = [f"{', '.join(gone)} cannot be chosen any more"] if gone else []
            parts += [f"{', '.join(added)} can be chosen now"] if added else []
            return "; ".join(parts) or "its choices are in another order"
        case _:
            return f"was {shape_in_words(old)}, and is {shape_in_words(new)}"


def fits(narrow: Shape, wide: Shape) -> bool:
    """Whether every value of one shape is a value of the other."""
    match narrow, wide:
        case _, Simple.ANYTHING:
            return True
        case Nullable(one), Nullable(other):
            return fits(one, other)
        case Options(options), _:
            return all(fits(option, wide) for option in options)
        case _, Options(options):
            return any(fits(narrow, option) for option in options)
        case _, Nullable(other):
            return fits(narrow, other)
        case Choice(values), Choice(more):
            return all(_is_among(value, more) for value in values)
        case Choice(values), Text(limits):
            return all(isinstance(value, str) and _is_length(len(value), limits) for value in values)
        case Choice(values), Number(_, limits):
            return all(type(value) is int and _is_within(Limits(ge=value, le=value), limits) for value in values)
        case Number(is_whole, limits), Number(may_be_whole, other):
            return (is_whole or not may_be_whole) and _is_within(limits, other)
        case (Text(limits), Text(other)) if limits.pattern != other.pattern:
            return other.pattern is None and _is_within(limits, other)
        case Text(limits), Text(other):
            return _is_within(limits, other)
        case Items(item, limits), Items(other_item, other):
            return fits(item, other_item) and _is_within(limits, other)
        case Members(value), Members(other):
            return fits(value, other)
        case Record(fields), Members(other):
            return all(fits(field.shape, other) for field in fields)
        case Record(), Record():
            return not any(each.is_breaking for each in _of_output(wide, narrow, ""))
        case _:
            return narrow == wide or (_is_text(narrow) and _is_text(wide))


def _is_text(shape: Shape) -> bool:
    """Whether this is any text: a secret, and one that comes in pieces, are of the same type."""
    return shape in (Text(), Simple.SECRET, Simple.CONCATENATED)


def _is_within(narrow: Limits, wide: Limits) -> bool:
    """Whether what keeps to the one keeps to the other; patterns aside."""
    if wide.choices is not None:
        return narrow.choices is not None and set(narrow.choices) <= set(wide.choices)
    inside_length = _is_at_least(narrow.min_length, wide.min_length) and _is_at_most(narrow.max_length, wide.max_length)
    lowest = min(narrow.choices) if narrow.choices else narrow.ge
    highest = max(narrow.choices) if narrow.choices else narrow.le
    above = wide.gt is None or _is_at_least(narrow.gt, wide.gt) or (lowest is not None and lowest > wide.gt)
    below = wide.lt is None or _is_at_most(narrow.lt, wide.lt) or (highest is not None and highest < wide.lt)
    least = _is_at_least(lowest, wide.ge) or _is_at_least(narrow.gt, wide.ge)
    most = _is_at_most(highest, wide.le) or _is_at_most(narrow.lt, wide.le)
    return inside_length and above and below and least and most


def _is_at_least(value: float | None, limit: float | None) -> bool:
    return limit is None or (value is not None and value >= limit)


def _is_at_most(value: float | None, limit: float | None) -> bool:
    return limit is None or (value is not None and value <= limit)


def _is_length(length: int, limits: Limits) -> bool:
    return limits.pattern is None and _is_within(Limits(min_length=length, max_length=length), limits)


def _is_among(value: Any, values: tuple[Any, ...]) -> bool:
    return any(_is_same(value, each) for each in values)


def _is_same(one: Any, other: Any) -> bool:
    """Equal, and of one type: True is not 1."""
    return type(one) is type(other) and one == other
