"""Schemas that mean harm, or nothing: a module has texts of theirs, never code, or there is a clear refusal."""

from __future__ import annotations

import ast
import io
import time
import tokenize
from contextlib import suppress
from math import inf, nan
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st
from strategies import JSON
from typed_modules import Schema, document, imported, reference_to, text_of

from replicate_typed import OutputFile
from replicate_typed.errors import InvalidInputError, UnusableSchemaError
from replicate_typed.typed_models import ModelReference
from replicate_typed.typegen.literals import docstring, pieces, quoted
from replicate_typed.typegen.schemas import is_object

NASTY = [
    "", "from", "class", "None", "self", "__class__", "__init__", "_", "__", "a b", "a-b", "a_b", "3d", "%", "é", "ﬁ",
    "fi", "名前", "str", "int", "list", "Any", "Literal", "FileInput", "define", "additional_properties", "NOTHING",
    "attr_dict", '"""', "'''", '"', "\\", '\\"""', '""""', "a\nb", "a\r\nb", "\n\n", "\x00", "\x0c", "\u2028",
    "\u202e", "\u200b", "\ud800", "{x}", "%s", "x = 1", '"""\nimport os\n"""', "\\N{BULLET}", "\\u0041", "# noqa",
    "print(1)", "a" * 300, "word " * 60, "\t x",
]  # fmt: skip
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
TEXTS = st.sampled_from(NASTY) | st.text(max_size=40) | st.lists(st.sampled_from(NASTY), max_size=3).map("".join)
NAMES = ["Input", "Output", "A", "B"]
REFERENCES = st.sampled_from([*(f"#/components/schemas/{name}" for name in [*NAMES, "none"]), "#/", "A"])
ODD: list[Any] = [None, True, 5, -1, 0.5, nan, inf, 10**400, "x", [], [1], [None], {}, {"a": 1}, [{}]]
GARBAGE = st.sampled_from(ODD)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null", "tensor"])
LEAVES: st.SearchStrategy[Schema] = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES | st.lists(TYPES, max_size=3) | GARBAGE,
        "title": TEXTS,
        "description": TEXTS | GARBAGE,
        "default": TEXTS | GARBAGE,
        "enum": st.lists(TEXTS | GARBAGE, max_size=4) | GARBAGE,
        "const": GARBAGE,
        "format": st.sampled_from(["uri", "password", "date-time"]) | GARBAGE,
        "minimum": st.integers() | st.floats() | GARBAGE,
        "exclusiveMaximum": st.booleans() | st.floats() | GARBAGE,
        "maxLength": st.integers() | GARBAGE,
        "minItems": st.integers() | GARBAGE,
        "pattern": TEXTS | GARBAGE,
        "nullable": st.booleans() | GARBAGE,
        "deprecated": st.booleans(),
        "x-order": st.integers() | GARBAGE,
        "x-cog-array-display": st.just("concatenate") | GARBAGE,
        "x-cog-secret": st.booleans(),
        "required": st.lists(TEXTS, max_size=3) | GARBAGE,
    },
)


def bigger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = {
        "properties": st.dictionaries(TEXTS, inner, max_size=4) | GARBAGE,
        "items": inner | GARBAGE,
        "additionalProperties": inner | st.booleans() | GARBAGE,
        "allOf": st.lists(inner, max_size=3) | GARBAGE,
        "anyOf": st.lists(inner, max_size=3) | GARBAGE,
        "oneOf": st.lists(inner, max_size=3) | GARBAGE,
        "$ref": REFERENCES,
    }
    return st.tuples(LEAVES, st.fixed_dictionaries({}, optional=parts)).map(lambda both: {**both[0], **both[1]})


SCHEMAS: st.SearchStrategy[Schema] = st.recursive(LEAVES, bigger, max_leaves=6)
INPUTS = st.dictionaries(TEXTS, SCHEMAS, max_size=4)

# All that a module may be made of; in a comparison, a call of another function, a subscript of a text there is code.
SHAPES = (
    ast.Module, ast.ImportFrom, ast.alias, ast.ClassDef, ast.AnnAssign, ast.Assign, ast.Expr, ast.Constant, ast.Name,
    ast.Load, ast.Store, ast.Subscript, ast.Tuple, ast.BinOp, ast.BitOr, ast.Call, ast.keyword, ast.UnaryOp, ast.USub,
)  # fmt: skip
CALLED = {"define", "attribute", "ModelReference", "Limits", "WireName"}
KNOWN = {
    "Annotated", "Any", "Literal", "Mapping", "Sequence", "TypeAlias", "bool", "dict", "float", "int", "list", "str",
    "ConcatenatedText", "FileInput", "Output", "OutputFile", "SecretInput",
} | CALLED  # fmt: skip
IMPORTED = {"__future__", "collections.abc", "typing", "attrs", "replicate_typed.typed_models"}


def assert_only_texts(text: str) -> None:
    """Of what came from a schema there are names of fields and classes, numbers, and literals of texts."""
    tree = ast.parse(text)
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    defined |= {
        node.target.id for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    for node in ast.walk(tree):
        assert isinstance(node, SHAPES), ast.dump(node)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            assert node.func.id in CALLED
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            assert node.id in KNOWN | defined
        if isinstance(node, ast.ImportFrom):
            assert node.module in IMPORTED
        if isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant)
            assert isinstance(node.value.value, str)
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    assert [token.start[0] for token in tokens if token.type == tokenize.COMMENT] == [1]
    assert all(each.isprintable() or each == "\n" for each in text)


@settings(deadline=None, max_examples=200, suppress_health_check=SLOW)
@given(inputs=INPUTS, output=SCHEMAS, one=SCHEMAS, other=SCHEMAS, required=st.lists(TEXTS, max_size=2), about=TEXTS)
@example(inputs={}, output={}, one={}, other={}, required=[], about="\ud800")
def test_a_module_of_any_schema_is_texts(
    inputs: Schema, output: Schema, one: Schema, other: Schema, required: list[str], about: str
) -> None:
    """Or the schema is refused; a module imports, and has every input, each under a name of its own."""
    given = document(inputs, required=required, output=output, A=one, B=other)
    try:
        text = text_of(given, about=about)
    except UnusableSchemaError:
        return
    assert_only_texts(text)
    module = imported(text)
    fields = attrs.fields(module.ModelInput)
    assert len(fields) == len({*inputs, *required})
    assert missing_in(module.model) == len(set(required))
    with suppress(ValueError):  # it may be no object
        module.model.read({}, OutputFile)


def missing_in(model: ModelReference[..., Any]) -> int:
    try:
        model()
    except InvalidInputError as error:
        return len(error.problems)
    return 0


@given(JSON)
def test_what_is_no_schema_is_refused(value: Any) -> None:
    """Whatever it is."""
    given = value if is_object(value) else {"components": {"schemas": {"Input": value}}}
    with pytest.raises(UnusableSchemaError):
        text_of(given)


@pytest.mark.parametrize("name", NASTY)
def test_an_input_is_sent_under_the_name_that_the_model_has_for_it(name: str) -> None:
    """Whatever it is called in Python, where it is alone, and beside others that would be called the same."""
    others = [other for other in NASTY if other != name]
    module = imported(text_of(document({name: {"type": "string"}})))
    (field,) = attrs.fields(module.ModelInput)
    assert module.model(**{field.name: "a"}).input == {name: "a"}
    module = imported(text_of(document({each: {"type": "integer"} for each in [name, *others]})))
    values = {field.name: number for number, field in enumerate(attrs.fields(module.ModelInput))}
    assert module.model(**values).input == {each: number for number, each in enumerate([name, *others])}


@pytest.mark.parametrize(
    ("names", "parameters"),
    [
        (["from", "class"], ["from_", "class_"]),
        (["a b", "a_b", "a-b"], ["a_b_", "a_b", "a_b__"]),
        (["from", "from_"], ["from__", "from_"]),
        (["__class__", "_x", "3d", ""], ["class_", "x", "field_3d", "field"]),
        (["self", "str", "type", "input"], ["self_", "str_", "type", "input"]),
        (["größe", "提示"], ["größe", "提示"]),
    ],
)
def test_names_are_kept_where_they_can_be(names: list[str], parameters: list[str]) -> None:
    """A keyword has an underscore behind it, and who has a good name keeps it."""
    module = imported(text_of(document({name: {} for name in names})))
    assert {field.name for field in attrs.fields(module.ModelInput)} == set(parameters)
    for name, parameter in zip(names, parameters, strict=True):
        assert module.model(**{parameter: 1}).input == {name: 1}


def test_the_name_that_a_model_has_is_explained() -> None:
    """To who uses it in Python."""
    with pytest.raises(InvalidInputError, match="from: is called from_ here"):
        reference_to(document({"from": {"type": "string"}}))(**{"from": "a"})


@given(TEXTS)
@example('"""\nimport os\n')
@example("'''\"\\'")
@example("\\\"''")
def test_a_text_is_its_literal(text: str) -> None:
    """In one line, and in several."""
    assert ast.literal_eval(quoted(text)) == text
    assert quoted(text).isprintable()
    assert ast.literal_eval(f"({' '.join(pieces(text, 20))})") == text


@given(st.lists(TEXTS, max_size=3))
@example(['a"'])
@example(["\\"])
@example(['\\"'])
def test_a_docstring_has_the_words_and_nothing_else(paragraphs: list[str]) -> None:
    """Wrapped, so that only spaces differ; half a character, which no class may have there, is a question mark."""
    read = ast.literal_eval(docstring(paragraphs, "    ", 120).strip())
    assert read.split() == " ".join(paragraphs).encode(errors="replace").decode().split()


def test_thousands_of_fields_make_a_module() -> None:
    """In a time that a person can wait."""
    properties = {f"field {number}": {"type": "integer", "default": number} for number in range(3000)}
    started = time.process_time()
    module = imported(text_of(document(properties)))
    assert module.model(field_2999=5).input == {"field 2999": 5}
    assert time.process_time() - started < 20


def test_thousands_of_options_are_anything() -> None:
    """They are too many to be told apart."""
    options = [{"type": "string", "maxLength": number} for number in range(5000)]
    assert reference_to(document({"x": {"anyOf": options}}))(x=object).input == {"x": object}


def test_code_in_a_schema_stays_a_text() -> None:
    """In defaults, choices, descriptions and titles."""
    code = '"""); __import__("os").abort()  # """'
    field = {"type": "string", "default": code, "description": code, "title": code}
    text = text_of(document({"x": field, code: {"enum": [code, f"{code}2"]}}, output={"enum": [code]}), about=code)
    assert_only_texts(text)
    module = imported(text)
    assert attrs.fields(module.ModelInput).x.default == code
    assert code in module.ModelInput.__doc__
