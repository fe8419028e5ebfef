"""The reading of a typed model's output: the schema decides what each part is."""

from __future__ import annotations

from typing import Any

import pytest
from typed.drawing import DrawingOutput, DrawingOutputBoxes, drawing
from typed_modules import document, reference_to

from replicate_typed.output_files import OutputFile

FILE = {"type": "string", "format": "uri"}
PIECES = {"type": "array", "items": {"type": "string"}, "x-cog-array-display": "concatenate"}
TEXT = {"type": "string"}
URL = "https://replicate.delivery/a.png"


def read(schema: dict[str, Any] | None, output: Any) -> Any:
    return reference_to(document(output=schema)).read(output, OutputFile)


def refusal(schema: dict[str, Any], output: Any) -> str:
    with pytest.raises(ValueError, match=r"^output") as caught:
        read(schema, output)
    return str(caught.value)


def test_the_schema_alone_says_what_a_file_is() -> None:
    """A text that looks like a URL stays a text; a file is one wherever its URL leads."""
    assert type(read(FILE, URL)) is OutputFile
    assert type(read(FILE, "http://elsewhere/a")) is OutputFile
    assert type(read(TEXT, URL)) is str
    assert [type(each) for each in read({"type": "array", "items": FILE}, [URL, URL])] == [OutputFile, OutputFile]
    assert [type(each) for each in read({"type": "array", "items": TEXT}, [URL])] == [str]
    assert type(read({}, URL)) is str


def test_a_file_is_made_by_who_asks() -> None:
    """A client gives its own way to the content."""
    made = reference_to(document(output=FILE)).read(URL, lambda url: OutputFile(f"{url}?mine"))
    assert made == f"{URL}?mine"


@pytest.mark.parametrize(
    ("schema", "output", "expected"),
    [
        (PIECES, ["a", " b", ""], "a b"),
        (PIECES, [], ""),
        (PIECES, "a b", "a b"),
        ({"type": "array", "items": TEXT, "x-cog-array-type": "iterator"}, ["a", "b"], ["a", "b"]),
        ({"type": "integer"}, 5, 5),
        ({"type": "integer"}, 5.0, 5),
        ({"type": "number"}, 5, 5.0),
        ({"type": "boolean"}, True, True),
        ({"enum": ["a", "b"]}, "b", "b"),
        ({**FILE, "nullable": True}, None, None),
        ({"type": ["string", "integer"]}, 5, 5),
        ({"type": "object"}, {"a": [1]}, {"a": [1]}),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"a": 1.0}, {"a": 1}),
        ({}, {"a": [None]}, {"a": [None]}),
        (None, [1], [1]),
    ],
)
def test_an_output_is_read(schema: dict[str, Any] | None, output: Any, expected: Any) -> None:
    """To what its annotation says, also in type."""
    result = read(schema, output)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("schema", "output", "message"),
    [
        (FILE, None, "output: expected the URL of a file, got None"),
        (TEXT, ["a"], "output: expected a text, got ['a']"),
        ({"type": "array", "items": FILE}, [URL, 5], "output[1]: expected the URL of a file, got 5"),
        (PIECES, ["a", None], "output[1]: expected a text, got None"),
        (PIECES, None, "output: expected the pieces of a text, got None"),
        ({"type": "integer"}, True, "output: expected a whole number, got True"),
        ({"type": "integer"}, 1.5, "output: expected a whole number, got 1.5"),
        ({"type": "number"}, "1", "output: expected a number, got '1'"),
        ({"type": "boolean"}, 1, "output: expected true or false, got 1"),
        ({"enum": ["a", "b"]}, "c", "output: expected one of 'a', 'b', got 'c'"),
        ({"enum": [1]}, True, "output: expected one of 1, got True"),
        ({"type": "array", "items": {}}, {"a": 1}, "output: expected a list, got {'a': 1}"),
        ({"type": "object"}, [], "output: expected an object, got []"),
        ({"type": "object", "properties": {"a": TEXT}}, "a", "output: expected an object, got 'a'"),
        ({"type": "object", "properties": {"a": TEXT}}, {"a": 5}, "output.a: expected a text, got 5"),
        ({"type": "object", "properties": {"a": TEXT}, "required": ["a"]}, {}, "output.a is missing"),
        ({"type": ["string", "integer"]}, None, "output: expected a text, got None"),
    ],
)  # fmt: skip
def test_an_output_that_does_not_fit_is_refused(schema: dict[str, Any], output: Any, message: str) -> None:
    """With the place where it does not, and what is there."""
    assert refusal(schema, output) == message


def test_an_object_is_an_object() -> None:
    """With attributes by Python's names, None for what is not there, and the rest as it came."""
    output = {"images": [URL], "boxes": [{"class": "cat", "score": 0.5}], "seed": 4}
    result = drawing.read(output, OutputFile)
    boxes = [DrawingOutputBoxes(class_="cat", additional_properties={"score": 0.5})]
    assert result == DrawingOutput(images=[OutputFile(URL)], note=None, boxes=boxes, additional_properties={"seed": 4})
    assert type(result.images[0]) is OutputFile
    assert output == {"images": [URL], "boxes": [{"class": "cat", "score": 0.5}], "seed": 4}


def test_an_object_in_itself_is_read() -> None:
    """As far as it has a class, and as JSON from there."""
    reference = {"$ref": "#/components/schemas/N"}
    node = {"type": "object", "properties": {"children": {"type": "array", "items": reference}}}
    tree = reference_to(document(output=reference, N=node)).read({"children": [{"children": []}]}, OutputFile)
    assert tree.children == [{"children": []}]
