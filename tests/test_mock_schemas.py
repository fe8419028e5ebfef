"""What does not fit a schema: found as JSON Schema says, and worded as the service words it."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from described import DOCUMENT, operations
from hypothesis import given, settings, strategies as st
from strategies import JSON, Schema, Spec

from replicate_typed.transports.mock.problems import is_object
from replicate_typed.transports.mock.schemas import is_array, misfits

SPEC = Spec(DOCUMENT)
DESCRIBED: dict[str, Schema] = (
    DOCUMENT["components"]["schemas"]
    | {f"body of {operation}": operation.body for operation in operations() if operation.body}
    | {f"{each['name']} of {operation}": each["schema"] for operation in operations() for each in operation.parameters}
)


def rows(value: object, schema: Schema, field: str = "input") -> list[tuple[str, str, str]]:
    found = misfits(value, schema, field=field, root=DOCUMENT)
    return [(row.type, row.field, row.description) for row in found]


@pytest.mark.parametrize(
    ("schema", "value", "type", "text"),
    [
        ({"type": "string"}, 1, "invalid_type", "Invalid type. Expected: string, given: integer"),
        ({"type": "integer"}, True, "invalid_type", "Invalid type. Expected: integer, given: boolean"),
        ({"type": "integer"}, 1.5, "invalid_type", "Invalid type. Expected: integer, given: number"),
        ({"type": "boolean"}, 2.0, "invalid_type", "Invalid type. Expected: boolean, given: integer"),
        ({"type": ["string", "null"]}, [], "invalid_type", "Invalid type. Expected: [string,null], given: array"),
        ({"type": "array"}, {}, "invalid_type", "Invalid type. Expected: array, given: object"),
        ({"type": "object"}, None, "invalid_type", "Invalid type. Expected: object, given: null"),
        ({"maximum": 4}, 5, "number_lte", "Must be less than or equal to 4"),
        ({"maximum": 2147483647}, 2**31, "number_lte", "Must be less than or equal to 2.147483647e+09"),
        ({"maximum": 0.5}, 1, "number_lte", "Must be less than or equal to 0.5"),
        ({"minimum": 1.0}, 0, "number_gte", "Must be greater than or equal to 1"),
        ({"minimum": 1e-5}, 0, "number_gte", "Must be greater than or equal to 1e-05"),
        ({"exclusiveMaximum": 100000}, 100000, "number_lt", "Must be less than 100000"),
        ({"exclusiveMinimum": -1}, -1, "number_gt", "Must be greater than -1"),
        ({"minLength": 2}, "é", "string_gte", "String length must be greater than or equal to 2"),
        ({"maxLength": 2}, "abc", "string_lte", "String length must be less than or equal to 2"),
        ({"pattern": "^a+$"}, "b", "pattern", "Does not match pattern '^a+$'"),
        ({"format": "uri"}, "cat.png", "format", "Does not match format 'uri'"),
        ({"format": "date-time"}, "2025-02-29T00:00:00Z", "format", "Does not match format 'date-time'"),
        ({"enum": ["jpg", "png"]}, "webp", "enum", 'size must be one of the following: "jpg", "png"'),
        ({"enum": [1, 2]}, True, "enum", "size must be one of the following: 1, 2"),
        ({"const": {"a": [1]}}, {"a": [2]}, "const", 'size does not match: {"a":[1]}'),
        ({"minItems": 1}, [], "array_min_items", "Array must have at least 1 items"),
        ({"maxItems": 1}, [1, 2], "array_max_items", "Array must have at most 1 items"),
        ({"uniqueItems": True}, [1, True, 1.0], "unique", "array items[0,2] must be unique"),
    ],
)
def test_each_rule_has_the_services_type_and_text(schema: Schema, value: object, type: str, text: str) -> None:
    """Those of its validator, for a field of an input."""
    of_input = {"properties": {"size": schema}}
    assert rows({"size": value}, of_input) == [(type, "input.size", text)]


@pytest.mark.parametrize(
    ("schema", "value", "found"),
    [
        ({"required": ["prompt"]}, {}, ("required", "input", "prompt is required")),
        (
            {"additionalProperties": False, "properties": {"prompt": {}}},
            {"prompt": 1, "color": 2},
            ("additional_property_not_allowed", "input", "Additional property color is not allowed"),
        ),
        (
            {"additionalProperties": {"type": "string"}},
            {"color": 2},
            ("invalid_type", "input.color", "Invalid type. Expected: string, given: integer"),
        ),
        (
            {"properties": {"tags": {"items": {"properties": {"name": {"enum": ["a"]}}}}}},
            {"tags": [{}, {"name": "b"}]},
            ("enum", "input.tags.1.name", 'tags.1.name must be one of the following: "a"'),
        ),
    ],
)
def test_a_missing_or_further_member_is_named_with_its_object(
    schema: Schema, value: object, found: tuple[str, str, str]
) -> None:
    """All else with the dotted path to it."""
    assert rows(value, schema) == [found]


def test_all_that_is_wrong_is_found() -> None:
    """In the order of the schema; but a value of the wrong type is not looked into."""
    schema = {
        "type": "object",
        "required": ["prompt", "width"],
        "properties": {
            "width": {"type": "integer", "minimum": 8},
            "text": {"type": "string", "minLength": 3, "pattern": "^x"},
            "mode": {"type": "string", "enum": ["a", "b"]},
        },
    }
    found = rows({"mode": 1, "text": "y", "width": 2}, schema)
    assert [(type, field) for type, field, _ in found] == [
        ("required", "input"),
        ("number_gte", "input.width"),
        ("string_gte", "input.text"),
        ("pattern", "input.text"),
        ("invalid_type", "input.mode"),
    ]


def test_the_top_of_a_request_has_no_name() -> None:
    """Its members do."""
    schema = {"required": ["a"], "properties": {"b": {"enum": [1]}}}
    assert rows({"b": 2}, schema, field="") == [
        ("required", "", "a is required"),
        ("enum", "b", "b must be one of the following: 1"),
    ]
    assert rows("x", {"enum": ["y"]}, field="") == [("enum", "", '(root) must be one of the following: "y"')]
    assert rows("x", {"enum": ["y"]}, field="sort_by") == [
        ("enum", "sort_by", 'sort_by must be one of the following: "y"')
    ]


def test_a_named_choice_is_reported_once() -> None:
    """As the service does where Cog's schema says `allOf` and a reference."""
    root = {"components": {"schemas": {"a/b~c": {"enum": ["jpg", "png"]}}}}
    schema = {"properties": {"output_format": {"allOf": [{"$ref": "#/components/schemas/a~1b~0c"}], "nullable": True}}}
    (row,) = misfits({"output_format": "webp"}, schema, field="input", root=root)
    assert (row.type, row.field) == ("enum", "input.output_format")
    assert row.description == 'output_format must be one of the following: "jpg", "png"'
    assert misfits({"output_format": None}, schema, field="input", root=root) == []


def test_of_options_the_likeliest_is_explained() -> None:
    """The one of the value's type, after the row that says that none fits."""
    options = [{"type": "null"}, {"type": "object", "required": ["a", "b"]}, {"type": "object", "required": ["a"]}]
    assert rows({}, {"anyOf": options}) == [
        ("number_any_of", "input", "Must validate at least one schema (anyOf)"),
        ("required", "input", "a is required"),
    ]
    assert rows({}, {"oneOf": options}) == [
        ("number_one_of", "input", "Must validate one and only one schema (oneOf)"),
        ("required", "input", "a is required"),
    ]
    assert [type for type, _, _ in rows({"a": 1, "b": 2}, {"oneOf": options})] == ["number_one_of"]


@pytest.mark.parametrize(
    "uri", ["https://replicate.delivery/a b.png", "data:text/plain;base64,eA==", "s3://bucket", "urn:x", "mailto:é"]
)
def test_a_uri_has_a_scheme(uri: str) -> None:
    """Of any kind."""
    assert rows(uri, {"format": "uri"}) == []


@pytest.mark.parametrize("text", ["", "/tmp/x", "//host/x", "1a:x", "https://a\\b", "https://a\nb"])
def test_what_has_no_scheme_is_no_uri(text: str) -> None:
    """Neither are backslashes and control characters part of one."""
    assert len(rows(text, {"format": "uri"})) == 1


def without_uris(node: Any) -> Any:
    """The same without the one format that the other validator does not know."""
    if is_object(node):
        return {key: without_uris(value) for key, value in node.items() if (key, value) != ("format", "uri")}
    return [without_uris(item) for item in node] if is_array(node) else node


ROOT = without_uris(DOCUMENT)


def by_the_book(schema: Schema) -> Any:
    """The schema as the reference implementation checks it."""
    validator: Any = importlib.import_module("jsonschema")  # it has no type hints
    formats = validator.FormatChecker(["date-time"])
    return validator.Draft202012Validator({**ROOT, **without_uris(schema)}, format_checker=formats)


@st.composite
def nearly(draw: st.DrawFn, bodies: st.SearchStrategy[Any]) -> Any:
    """A body with one thing in it changed, at any depth: replaced, left out or added."""
    change: str = draw(st.sampled_from(["within", "without", "more", "other"]))
    body: object = draw(bodies)
    if is_object(body) and body and change == "within":
        name: str = draw(st.sampled_from(list(body)))
        return {**body, name: draw(nearly(st.just(body[name])))}
    if is_object(body) and body and change == "without":
        left_out: str = draw(st.sampled_from(list(body)))
        return {name: item for name, item in body.items() if name != left_out}
    if is_object(body) and change == "more":
        return {**body, "extra": draw(JSON)}
    if is_array(body) and body and change == "within":
        return [*body, draw(nearly(st.just(body[0])))]
    return draw(JSON)


CHECKED = {name: (SPEC.bodies(schema), without_uris(schema), by_the_book(schema)) for name, schema in DESCRIBED.items()}


@settings(max_examples=1000)
@given(name=st.sampled_from(list(CHECKED)), data=st.data())
def test_what_fits_a_schema_of_the_api_is_what_json_schema_says(name: str, data: st.DataObject) -> None:
    """For bodies that fit or nearly fit, of requests and of answers."""
    bodies, schema, validator = CHECKED[name]
    value = data.draw(bodies | nearly(bodies))
    assert (misfits(value, schema, field="", root=ROOT) == []) == validator.is_valid(value)


SMALL = st.integers(-2, 3) | st.sampled_from([0.5, 1.0, 1e300])
LEAVES = st.none() | st.booleans() | SMALL | st.text("ab", max_size=3)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
)
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
RULES: dict[str, st.SearchStrategy[Any]] = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(VALUES, min_size=1, max_size=3),
    "const": VALUES,
    "required": st.lists(st.sampled_from("ab"), unique=True),
    "minItems": st.integers(0, 2),
    "maxItems": st.integers(0, 2),
    "uniqueItems": st.booleans(),
    "minimum": SMALL,
    "maximum": SMALL,
    "exclusiveMinimum": SMALL,
    "exclusiveMaximum": SMALL,
    "minLength": st.integers(0, 2),
    "maxLength": st.integers(0, 2),
    "pattern": st.sampled_from(["^a", "b", "a{2}"]),
}


def schemas_of(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    lists = st.lists(inner, min_size=1, max_size=2)
    nested: dict[str, st.SearchStrategy[Any]] = {
        "anyOf": lists,
        "oneOf": lists,
        "allOf": lists,
        "items": inner,
        "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
        "additionalProperties": st.booleans() | inner,
    }
    return st.fixed_dictionaries({}, optional=nested | {"type": RULES["type"], "required": RULES["required"]})


@given(schema=st.recursive(st.fixed_dictionaries({}, optional=RULES), schemas_of, max_leaves=4), value=VALUES)
def test_what_fits_any_schema_is_what_json_schema_says(schema: Schema, value: object) -> None:
    """For every keyword that is known, and all of them together."""
    assert (rows(value, schema) == []) == by_the_book(schema).is_valid(value)


@given(value=JSON)
def test_a_schema_without_rules_fits_all(value: object) -> None:
    """Keywords that are not known are no rules."""
    assert rows(value, {"title": "Prompt", "x-order": 0, "format": "password"}) == []
