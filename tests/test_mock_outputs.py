"""What models give: its schema, and the JSON of what they returned or yielded."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Annotated, Any, Literal, TypedDict

import pytest
from signing import giving, signed

from replicate_typed.transports.mock import ConcatenateIterator

FILE = {"type": "string", "format": "uri"}
ITERATOR = {"type": "array", "x-cog-array-type": "iterator"}


class Color(Enum):
    RED = "red"


class Box(TypedDict, total=False):
    left: int
    cut: Path | None


@dataclass
class Found:
    label: str
    boxes: list[Box]
    mask: Path | None


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (None, {}),
        (Any, {}),
        (str, {"type": "string"}),
        (Path, FILE),
        (list[Path], {"type": "array", "items": FILE}),
        (Literal["a"], {"type": "string", "enum": ["a"]}),
        (str | None, {"type": "string", "nullable": True}),
        (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
        (Annotated[str, "A poem"], {"type": "string", "description": "A poem"}),
        (Iterator, {**ITERATOR, "items": {}}),
        (Iterator[str], {**ITERATOR, "items": {"type": "string"}}),
        (Iterable[Path], {**ITERATOR, "items": FILE}),
        (Generator[int, None, str], {**ITERATOR, "items": {"type": "integer"}}),
        (Iterator[Box], {**ITERATOR, "items": {"type": "object", "properties": {
            "left": {"title": "Left", "type": "integer"}, "cut": {"title": "Cut", **FILE, "nullable": True},
        }}}),
    ],
)  # fmt: skip
def test_what_is_returned_has_a_schema(annotation: Any, schema: dict[str, Any]) -> None:
    """With the title that Cog gives it where it is shown."""
    signature = signed(giving(annotation))
    assert signature.output_schema == schema
    assert signature.openapi_schema["components"]["schemas"]["Output"] == {"title": "Output", **schema}


def test_an_object_is_required_to_have_what_is_always_there() -> None:
    """In a dataclass, all but what has a default or may be None."""
    schema = signed(giving(Found)).output_schema
    assert list(schema["properties"]) == ["label", "boxes", "mask"]
    assert schema["required"] == ["label", "boxes"]


def test_a_model_that_yields_streams() -> None:
    """Whether it says what, or not; some say that it is one text."""

    def vague(prompt: str) -> Any:
        yield prompt

    def silent(prompt: str) -> Any:
        yield prompt

    silent.__annotations__.clear()

    def concatenates(prompt: str) -> ConcatenateIterator[str]:
        yield prompt

    def returns(prompt: str) -> Iterator[str]:
        return iter(prompt)

    assert all(signed(function).is_iterator for function in (vague, silent, concatenates, returns))
    assert not signed(len_of).is_iterator
    assert [signed(function).concatenates for function in (silent, concatenates, returns)] == [False, True, False]
    assert signed(concatenates).output_schema["x-cog-array-display"] == "concatenate"


def len_of(prompt: str) -> int:
    return len(prompt)


@pytest.mark.parametrize(
    ("annotation", "gives"),
    [(Path, True), (bytes, True), (Iterator[Path], True), (Found, True), (dict[str, Path], True), (str, False)],
)
def test_a_model_says_that_it_gives_files(annotation: Any, gives: bool) -> None:
    """Anywhere in its output."""
    assert signed(giving(annotation)).gives_files is gives


def published(file: Path | bytes | IO[bytes]) -> str:
    if isinstance(file, Path):
        return f"https://files/{file.name}"
    return f"https://files/{len(file if isinstance(file, bytes) else file.read())}"


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (Path("a/cat.png"), "https://files/cat.png"),
        (b"miaow", "https://files/5"),
        (io.BytesIO(b"miaow!"), "https://files/6"),
        ((Path("a"), [b""]), ["https://files/a", ["https://files/0"]]),
        (
            Found("cat", [{"left": 1, "cut": Path("c")}], None),
            {"label": "cat", "boxes": [{"left": 1, "cut": "https://files/c"}], "mask": None},
        ),
        ({"color": Color.RED}, {"color": "red"}),
        ("https://example.com/x", "https://example.com/x"),
        (None, None),
        (1.5, 1.5),
    ],
)
def test_what_a_model_gave_becomes_json(value: object, json: object) -> None:
    """Files become their addresses, objects JSON objects; whatever the annotation says."""
    assert signed(giving(Any)).json_of(value, published) == json


def test_an_address_that_can_be_read_is_no_new_file() -> None:
    """Such as the output of another model."""

    class Address(str):
        def read(self) -> bytes:
            pytest.fail("it was read")

    assert signed(giving(Path)).json_of(Address("https://example.com/x"), published) == "https://example.com/x"


def test_what_has_no_json_stays_as_it_is() -> None:
    """Whoever runs the model says so."""
    value = object()
    assert signed(giving(Any)).json_of([value], published) == [value]
