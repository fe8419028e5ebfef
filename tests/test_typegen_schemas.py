"""What schemas say: of OpenAPI as Cog writes it, to what a model takes and gives."""

from __future__ import annotations

from typing import Any

import pytest
from cog_functions import detect, draw, tell, write
from signing import signed
from typed_modules import document

from replicate_typed.errors import UnusableSchemaError
from replicate_typed.typed_models import Limits
from replicate_typed.typegen.schemas import described, interface_of
from replicate_typed.typegen.shapes import (
    Choice,
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

FILE = {"type": "string", "format": "uri"}


def shape_of_input(schema: dict[str, Any], **more: Any) -> Shape:
    (field,) = described(document({"x": schema}, **more)).inputs
    return field.shape


def shape_of_output(schema: dict[str, Any], **more: Any) -> Shape:
    return described(document(output=schema, **more)).output


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ({"type": "string"}, Text()),
        ({"type": "string", "minLength": 1, "maxLength": 9}, Text(Limits(min_length=1, max_length=9))),
        ({"type": "string", "pattern": "^a"}, Text(Limits(pattern="^a"))),
        ({"type": "integer", "minimum": 1, "maximum": 4}, Number(True, Limits(ge=1, le=4))),
        ({"type": "number", "ge": 0.5, "le": 2}, Number(False, Limits(ge=0.5, le=2))),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, Number(False, Limits(gt=0))),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, Number(False, Limits(gt=0, lt=1))),
        ({"type": "boolean"}, Simple.BOOLEAN),
        (FILE, Simple.FILE),
        ({"type": "array", "items": FILE, "minItems": 1}, Items(Simple.FILE, Limits(min_length=1))),
        ({"type": "string", "format": "password", "writeOnly": True, "x-cog-secret": True}, Simple.SECRET),
        ({"enum": ["a", "b"], "type": "string"}, Choice(("a", "b"))),
        ({"enum": [1, 2, None]}, Choice((1, 2))),
        ({"enum": [0.5, 1]}, Number(False, Limits(choices=(0.5, 1)))),
        ({"enum": [0.5, float("nan")]}, Simple.ANYTHING),
        ({"type": "number", "minimum": float("-inf"), "maximum": 1e300}, Number(False, Limits(le=int(1e300)))),
        ({"const": "a"}, Choice(("a",))),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, Text()),
        ({"type": ["integer", "string"]}, Options((Number(True), Text()))),
        ({"type": "object"}, Members(Simple.ANYTHING)),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, Members(Number(True))),
        ({"title": "x"}, Simple.ANYTHING),
        ({"type": "tensor"}, Simple.ANYTHING),
        ({"type": "string", "pattern": "("}, Text()),
        ({"type": "string", "pattern": "[[a]"}, Text()),
    ],
)  # fmt: skip
def test_the_shape_of_an_input(schema: dict[str, Any], shape: Shape) -> None:
    """Types with their limits, in every spelling that models use; null is: not given."""
    assert shape_of_input(schema) == shape


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ({"type": "array", "items": {"type": "string"}, "x-cog-array-display": "concatenate"}, Simple.CONCATENATED),
        ({"type": "array", "items": {"type": "string"}, "x-cog-array-type": "iterator"}, Items(Text())),
        ({**FILE, "nullable": True}, Nullable(Simple.FILE)),
        ({"anyOf": [FILE, {"type": "null"}]}, Nullable(Simple.FILE)),
        ({"type": "object", "properties": {"a": FILE}, "required": ["a"]}, Record((Field("a", Simple.FILE, True),))),
        ({}, Simple.ANYTHING),
    ],
)
def test_the_shape_of_an_output(schema: dict[str, Any], shape: Shape) -> None:
    """Text in pieces is one text; a file is what the schema says is one."""
    assert shape_of_output(schema) == shape


def test_named_choices_are_found_through_references() -> None:
    """As Cog writes them: in `allOf`, with the default and the description beside it."""
    choices = {"enum": ["DDIM", "K_EULER"], "type": "string", "description": "An enumeration."}
    field = {"allOf": [{"$ref": "#/components/schemas/scheduler"}], "default": "DDIM", "description": "How"}
    undescribed = {"allOf": [{"$ref": "#/components/schemas/scheduler"}]}
    found = described(document({"one": field, "two": undescribed}, scheduler=choices)).inputs
    assert [(each.shape, each.default, each.description) for each in found] == [
        (Choice(("DDIM", "K_EULER")), "DDIM", "How"),
        (Choice(("DDIM", "K_EULER")), None, ""),
    ]


def test_required_inputs_come_first_and_else_the_author_decides() -> None:
    """By `x-order`; what has none comes last, and what is required without being described is there, too."""
    properties = {
        "a": {"x-order": 2},
        "b": {"x-order": 1},
        "c": {},
        "d": {"x-order": 3},
        "e": {"x-order": "first"},
    }
    found = described(document(properties, required=["d", "ghost"])).inputs
    assert [each.name for each in found] == ["d", "ghost", "b", "a", "c", "e"]
    assert [each.is_required for each in found] == [True, True, False, False, False, False]


def test_schemas_of_cog_functions_are_understood() -> None:
    """As the mock serves them, which are those that Cog makes."""
    shapes = {field.name: field.shape for field in described(signed(draw).openapi_schema).inputs}
    assert shapes["prompt"] == Text()
    assert shapes["image"] == Simple.FILE
    assert shapes["width"] == Number(True, Limits(ge=64, le=2048))
    assert shapes["scheduler"] == Choice(("DDIM", "K_EULER"))
    assert shapes["steps"] == Choice((1, 2, 4))
    assert described(signed(write).openapi_schema).output == Simple.CONCATENATED
    assert described(signed(tell).openapi_schema).output == Simple.ANYTHING
    output = described(signed(detect).openapi_schema).output
    assert isinstance(output, Record)
    assert [(each.name, each.shape, each.is_required) for each in output.fields] == [
        ("label", Text(), True),
        ("score", Number(False), True),
        ("mask", Nullable(Simple.FILE), False),
    ]


def test_an_object_in_itself_may_be_anything() -> None:
    """A tree has no end, but a module has one."""
    node = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/N"}}},
    }
    shape = shape_of_output({"$ref": "#/components/schemas/N"}, N=node)
    assert shape == Record((Field("children", Items(Simple.ANYTHING), False),))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({}, "components.schemas.Input"),
        ([], "components.schemas.Input"),
        ({"components": {"schemas": {"Input": "x"}}}, "components.schemas.Input"),
        (document({"x": {"$ref": "#/components/schemas/none"}}), "Input.x refers to #/components/schemas/none"),
        (document({"x": {"$ref": "https://example.com/x.json"}}), "Input.x refers to https://example.com"),
        (document({"x": {"$ref": 5}}), "Input.x refers to 5"),
        (document({"x": "string"}), "Input.x is no schema: string"),
        (document({"x": {"allOf": [3]}}), "Input.x is no schema: 3"),
        (document(A={"$ref": "#/components/schemas/A"}, output={"$ref": "#/components/schemas/A"}), "refers to itself"),
        (
            document({"x": {"$ref": "#/components/schemas/A"}},
                     A={"allOf": [{"$ref": "#/components/schemas/B"}]}, B={"$ref": "#/components/schemas/A"}),
            "Input.x refers to itself",
        ),
        ({"components": {"schemas": {"Input": {"properties": [1]}}}}, "Input.properties is no object"),
    ],
)  # fmt: skip
def test_a_broken_schema_is_refused(broken: Any, message: str) -> None:
    """With the place where it is broken."""
    with pytest.raises(UnusableSchemaError, match=message):
        described(broken)


def test_a_small_schema_that_says_too_much_is_refused() -> None:
    """References to references, two each, say twice as much at every step."""
    schemas: dict[str, Any] = {"S20": {"type": "string"}}
    for level in range(20):
        reference = {"$ref": f"#/components/schemas/S{level + 1}"}
        schemas[f"S{level}"] = {"type": "object", "properties": {"a": reference, "b": reference}}
    with pytest.raises(UnusableSchemaError, match="too large"):
        described(document(output={"$ref": "#/components/schemas/S0"}, **schemas))


def test_a_deep_schema_ends_in_anything() -> None:
    """Lists of lists of lists: nobody reads that."""
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(300):
        schema = {"type": "array", "items": schema}
    shape, depth = shape_of_output(schema), 0
    while isinstance(shape, Items):
        shape, depth = shape.item, depth + 1
    assert shape == Simple.ANYTHING
    assert 10 < depth < 50


def test_the_interface_is_what_takes_and_gives() -> None:
    """With all that it refers to, and nothing else: other changes of a document are none."""
    choices = {"enum": ["a"]}
    field = {"allOf": [{"$ref": "#/components/schemas/choices"}]}
    whole = document({"x": field}, output=FILE, choices=choices, Status={"enum": ["starting"]})
    kept = interface_of({**whole, "info": {"title": "Cog"}})
    assert set(kept) == {"components"}
    assert set(kept["components"]["schemas"]) == {"Input", "Output", "choices"}
    assert described(kept) == described(whole)
