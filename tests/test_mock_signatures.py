"""What the parameters of a model's function say: the schema of its input, and what the function gets for one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Annotated, Any, Literal, NewType, Optional, Union

import annotated_types as limits
import pytest
from signing import Box, Color, Size, Weights, downloaded, input_schema, signed, taking

from replicate_typed.transports.mock import Input

FILE = {"type": "string", "format": "uri"}
Seconds = NewType("Seconds", float)


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (str, {"type": "string"}),
        (int, {"type": "integer"}),
        (float, {"type": "number"}),
        (bool, {"type": "boolean"}),
        (Any, {}),
        (object, {}),
        (Path, FILE),
        (bytes, FILE),
        (IO[bytes], FILE),
        (Seconds, {"type": "number"}),
        (list, {"type": "array", "items": {}}),
        (list[int], {"type": "array", "items": {"type": "integer"}}),
        (Sequence[Path], {"type": "array", "items": FILE}),
        (list[Literal["a", "b"]], {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}),
        (dict, {"type": "object"}),
        (dict[str, Any], {"type": "object"}),
        (Mapping[str, bool], {"type": "object", "additionalProperties": {"type": "boolean"}}),
        (str | None, {"type": "string", "nullable": True}),
        (Optional[Path], {**FILE, "nullable": True}),  # noqa: UP045 -- also people write it so
        (Union[list[str], None], {"type": "array", "items": {"type": "string"}, "nullable": True}),  # noqa: UP007
        (Annotated[str, "What to draw"], {"type": "string", "description": "What to draw"}),
        (Annotated[int, limits.Ge(1), limits.Le(9)], {"type": "integer", "minimum": 1, "maximum": 9}),
        (Annotated[float, limits.Gt(0)], {"type": "number", "minimum": 0, "exclusiveMinimum": True}),
        (Annotated[float, limits.Interval(lt=1)], {"type": "number", "maximum": 1, "exclusiveMaximum": True}),
        (Annotated[str | None, limits.Len(1, 5)], {"type": "string", "minLength": 1, "maxLength": 5, "nullable": True}),
        (Annotated[list[str], limits.MaxLen(3)], {"type": "array", "items": {"type": "string"}, "maxItems": 3}),
        (list[Annotated[int, limits.Ge(0)]], {"type": "array", "items": {"type": "integer", "minimum": 0}}),
        (
            Weights,
            {
                "type": "object",
                "properties": {
                    "of_text": {"title": "Of Text", "type": "number"},
                    "of_image": {"title": "Of Image", "type": "number"},
                },
                "required": ["of_text"],
            },
        ),
        (
            Box,
            {
                "type": "object",
                "properties": {
                    "left": {"title": "Left", "type": "integer"},
                    "label": {"title": "Label", "type": "string"},
                    "parts": {"title": "Parts", "type": "array", "items": {"type": "object"}},
                },
                "required": ["left", "parts"],
            },
        ),
    ],
)
def test_an_annotation_is_a_schema(annotation: Any, schema: dict[str, Any]) -> None:
    """Of the JSON that is sent."""
    assert input_schema(annotation) == schema


def test_choices_have_a_name_as_with_cog() -> None:
    """That of the input."""

    def model(
        color: Color,
        size: Size | None = None,
        mode: Literal["fast", "good"] = "good",
        steps: int = Input(4, choices=[1, 2, 4]),
    ) -> None: ...

    schema = signed(model).openapi_schema["components"]["schemas"]
    choices = {name: schema[name]["enum"] for name in ("color", "size", "mode", "steps")}
    assert choices == {"color": ["red", "blue"], "size": [256, 512], "mode": ["fast", "good"], "steps": [1, 2, 4]}
    assert schema["steps"] == {"title": "steps", "description": "An enumeration.", "type": "integer", "enum": [1, 2, 4]}
    assert schema["Input"]["properties"]["size"] == {
        "allOf": [{"$ref": "#/components/schemas/size"}],
        "nullable": True,
        "default": None,
        "x-order": 1,
    }
    assert schema["Input"]["required"] == ["color"]


@pytest.mark.parametrize(
    ("annotation", "value", "type"),
    [
        (int, True, "invalid_type"),
        (int, 1.5, "invalid_type"),
        (int, None, "invalid_type"),
        (float, "1", "invalid_type"),
        (str, 1, "invalid_type"),
        (bool, 1, "invalid_type"),
        (Color, "green", "enum"),
        (Literal[1, "a"], True, "enum"),
        (Path, "cat.png", "format"),
        (bytes, "cat.png", "format"),
        (list[str], "x", "invalid_type"),
        (dict[str, int], {"a": "b"}, "invalid_type"),
        (Box, {}, "required"),
        (Annotated[float, limits.Gt(0)], 0, "number_gt"),
        (Annotated[int, limits.Lt(9)], 9, "number_lt"),
    ],
)
def test_what_does_not_fit_is_refused(annotation: Any, value: object, type: str) -> None:
    """In the words of the service."""
    rows = signed(taking(annotation)).misfits({"x": value})
    assert rows[0].type == type
    assert all(row.field.partition(".")[0] == "input" for row in rows)


def test_input_says_more_of_a_parameter() -> None:
    """In Cog's words."""
    given = Input(2.5, description="How much", ge=0, le=10, deprecated=True)
    said = {"description": "How much", "minimum": 0, "maximum": 10, "deprecated": True, "default": 2.5}
    assert input_schema(float, given) == {"type": "number"} | said
    text = Input(min_length=1, max_length=5, regex="^a")
    assert input_schema(str, text) == {"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^a"}
    assert input_schema(Path, Input(accept="image/*")) == {**FILE, "x-cog-accept": "image/*"}
    chosen = Input(choices=[Size.SMALL, 512])
    assert input_schema(list[int], chosen)["items"] == {"type": "integer", "enum": [256, 512]}
    assert signed(taking(int, Input(ge=1))).input_schema["required"] == ["x"]


def test_a_function_may_take_anything_more() -> None:
    """With `**`; else another name is refused."""

    def strict(prompt: str) -> None: ...
    def open_minded(prompt: str, **more: Any) -> None: ...
    def counting(**counts: int) -> None: ...

    extra = {"prompt": "x", "color": "red"}
    (row,) = signed(strict).misfits(extra)
    assert (row.field, row.description) == ("input", "Additional property color is not allowed")
    assert signed(open_minded).misfits(extra) == []
    assert signed(open_minded).arguments(extra, downloaded) == extra
    (row,) = signed(counting).misfits({"a": 1, "b": "x"})
    assert (row.type, row.field) == ("invalid_type", "input.b")


def test_a_function_without_annotations_takes_any_values() -> None:
    """By its parameters' names."""
    signature = signed(lambda prompt, times=1: None)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] -- so they are
    assert signature.misfits({"prompt": [None], "times": "x"}) == []
    assert [row.description for row in signature.misfits({"time": 1})] == [
        "prompt is required",
        "Additional property time is not allowed",
    ]


def test_methods_partials_and_objects_are_functions_too() -> None:
    """Whatever can be called by name."""
    from functools import partial
    from unittest.mock import Mock

    class Model:
        def run(self, prompt: str) -> str:
            return prompt

        def __call__(self, number: int) -> int:
            return number

    def two(prompt: str, number: int) -> None: ...

    properties = [
        {name: each.get("type") for name, each in signed(function).input_schema["properties"].items()}
        for function in (Model().run, Model(), partial(two, number=1), Mock(return_value=1))
    ]
    assert properties == [
        {"prompt": "string"},
        {"number": "integer"},
        {"prompt": "string", "number": "integer"},
        {},
    ]
    assert json.dumps(properties)
