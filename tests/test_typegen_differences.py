"""What changed between two schemas of a model, and what of that breaks programs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st
from typed_modules import document

from replicate_typed.transports.mock.schemas import is_array
from replicate_typed.typed_models import Limits
from replicate_typed.typegen.differences import Difference, differences, fits
from replicate_typed.typegen.schemas import described
from replicate_typed.typegen.shapes import Choice, Items, Nullable, Number, Options, Shape, Simple, Text

PIECES = {"type": "array", "items": {"type": "string"}, "x-cog-array-display": "concatenate"}
TEXT: dict[str, Any] = {"type": "string"}
FILE: dict[str, Any] = {"type": "string", "format": "uri"}


def found(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(str(each), each.is_breaking) for each in differences(described(before), described(after))]


def of_input(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, bool]]:
    return found(document({"x": before}), document({"x": after}))


def of_output(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, bool]]:
    return found(document(output=before), document(output=after))


def integer(least: int | None = None, most: int | None = None) -> dict[str, Any]:
    return {"type": "integer"} | {
        key: value for key, value in (("minimum", least), ("maximum", most)) if value is not None
    }


def test_nothing_changed_is_no_difference() -> None:
    """Nor are other words, another order, or other parts of the document."""
    before = document({"x": {**TEXT, "description": "old", "x-order": 0}, "y": TEXT}, output=FILE)
    after = document({"y": TEXT, "x": {**TEXT, "description": "new", "x-order": 1}}, output=FILE, Status=TEXT)
    assert found(before, after) == []


def test_inputs_come_and_go() -> None:
    """What is gone breaks, and what is new and required; what breaks comes first."""
    before = document({"gone": TEXT, "same": TEXT})
    after = document({"new": integer(1, 4), "needed": TEXT, "same": TEXT}, required=["needed"])
    assert found(before, after) == [
        ("input.gone: is gone", True),
        ("input.needed: is new, and required", True),
        ("input.new: is new: a whole number from 1 to 4", False),
    ]


def test_an_input_is_required_or_not() -> None:
    """The one breaks, the other does not."""
    free, required = document({"x": TEXT}), document({"x": TEXT}, required=["x"])
    assert found(free, required) == [("input.x: is required now", True)]
    assert found(required, free) == [("input.x: is no longer required", False)]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (integer(1, 4), integer(1, 5)),
        (integer(1, 4), integer(0, 4)),
        (integer(1, 4), integer(1)),
        (integer(1, 4), integer()),
        (integer(), {"type": "number"}),
        (integer(), {}),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": True}, integer(0)),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}),
        ({"enum": ["a"]}, TEXT),
        ({"enum": [1, 2]}, integer(1, 2)),
        ({"type": "string", "maxLength": 5}, TEXT),
        ({"type": "string", "pattern": "a"}, TEXT),
        ({"type": "array", "items": integer()}, {"type": "array", "items": {"type": "number"}}),
        ({"type": "array", "items": TEXT, "maxItems": 3}, {"type": "array", "items": TEXT}),
        (TEXT, {"anyOf": [TEXT, integer()]}),
    ],
)
def test_an_input_may_widen_and_not_narrow(narrow: dict[str, Any], wide: dict[str, Any]) -> None:
    """What was right stays right, or may not."""
    ((_, is_breaking),) = of_input(wide, narrow)
    assert is_breaking
    ((_, is_breaking),) = of_input(narrow, wide)
    assert not is_breaking


@pytest.mark.parametrize(
    ("before", "after"), [(TEXT, integer()), (FILE, TEXT), (TEXT, FILE), ({"type": "boolean"}, integer())]
)
def test_another_type_breaks(before: dict[str, Any], after: dict[str, Any]) -> None:
    """In an input and in an output."""
    assert [is_breaking for _, is_breaking in of_input(before, after)] == [True]
    assert [is_breaking for _, is_breaking in of_output(before, after)] == [True]


def test_changes_are_told_in_words() -> None:
    """Before and now; of choices, what went and what came."""
    assert of_input(integer(1, 50), integer(1, 4)) == [
        ("input.x: was a whole number from 1 to 50, and is a whole number from 1 to 4", True)
    ]
    assert of_input({"enum": ["a", "b"]}, {"enum": ["b", "c"]}) == [
        ("input.x: 'a' cannot be chosen any more; 'c' can be chosen now", True)
    ]
    assert of_input({"enum": ["a", "b"]}, {"enum": ["b", "a"]}) == [
        ("input.x: its choices are in another order", False)
    ]


def test_another_default_is_told_and_fits() -> None:
    """The model does something else when it is not given; True is not 1."""
    assert of_input({"default": 1}, {"default": True}) == [("input.x: its default was 1, and is True", False)]


@pytest.mark.parametrize(
    ("before", "after", "is_breaking"),
    [
        (FILE, {"type": "array", "items": FILE}, True),
        (
            {"type": "array", "items": TEXT},
            PIECES,
            True,
        ),
        (TEXT, PIECES, False),
        ({"type": "number"}, integer(), False),
        (integer(), {"type": "number"}, True),
        (TEXT, {**TEXT, "nullable": True}, True),
        ({**TEXT, "nullable": True}, TEXT, False),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}, True),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, False),
        ({}, TEXT, False),
        (TEXT, {}, True),
    ],
)
def test_an_output_may_narrow_and_not_widen(before: dict[str, Any], after: dict[str, Any], is_breaking: bool) -> None:
    """Who reads it must find what there was."""
    assert [each for _, each in of_output(before, after)] == [is_breaking]


def test_the_fields_of_an_output_are_compared_one_by_one() -> None:
    """Also those of an object in it."""
    inner = {"type": "object", "properties": {"a": TEXT, "b": TEXT}, "required": ["a"]}
    other = {"type": "object", "properties": {"a": integer(), "c": TEXT}, "required": ["a"]}
    before = {"type": "object", "properties": {"gone": TEXT, "inner": inner, "x": TEXT, "y": TEXT}, "required": ["x"]}
    after = {"type": "object", "properties": {"inner": other, "x": TEXT, "y": TEXT, "new": TEXT}, "required": ["y"]}
    assert of_output(before, after) == [
        ("output.x: may be missing now", True),
        ("output.gone: is gone", True),
        ("output.inner.a: was a text, and is a whole number", True),
        ("output.inner.b: is gone", True),
        ("output.inner.c: is new", False),
        ("output.y: is always there now", False),
        ("output.new: is new", False),
    ]


numbers = st.none() | st.integers(-3, 3)
limits = st.tuples(numbers, numbers, numbers, numbers).map(lambda four: Limits(*four))
shapes = st.recursive(
    st.builds(Number, st.booleans(), limits)
    | st.builds(Choice, st.lists(st.integers(-2, 2), min_size=1, max_size=3, unique=True).map(tuple))
    | st.sampled_from([Simple.BOOLEAN, Simple.ANYTHING, Text()]),
    lambda inner: inner.map(Items) | st.builds(Nullable, inner) | st.builds(Options, st.tuples(inner, inner)),
    max_leaves=3,
)


def holds(shape: Shape, value: Any) -> bool:
    """Whether a value is one of a shape's, said again in another way."""
    match shape:
        case Number(is_whole, Limits(ge=ge, gt=gt, le=le, lt=lt)):
            is_number = type(value) is int or (type(value) is float and not is_whole)
            low = is_number and (ge is None or value >= ge) and (gt is None or value > gt)
            return low and (le is None or value <= le) and (lt is None or value < lt)
        case Choice(values):
            return type(value) is int and value in values
        case Items(item):
            return is_array(value) and all(holds(item, each) for each in value)
        case Nullable(inner):
            return value is None or holds(inner, value)
        case Options(options):
            return any(holds(option, value) for option in options)
        case Text():
            return isinstance(value, str)
        case _:
            return shape is Simple.ANYTHING or isinstance(value, bool)


VALUES: list[Any] = [None, True, "a", *range(-4, 5), *(number + 0.5 for number in range(-4, 5))]


@given(shapes, shapes)
def test_a_shape_fits_another_only_if_all_its_values_do(narrow: Shape, wide: Shape) -> None:
    """Compatible is never said of what is not."""
    if fits(narrow, wide):
        for value in [*VALUES, [], *([each] for each in VALUES)]:
            assert holds(wide, value) or not holds(narrow, value)


@given(shapes)
def test_a_shape_fits_itself(shape: Shape) -> None:
    """And its own description."""
    assert fits(shape, shape)
    assert fits(shape, Nullable(shape))
    assert Difference("x", "y", True) == Difference("x", "y", True)
