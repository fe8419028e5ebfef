"""What a schema cannot express is refused when the function is registered: by name, and with what can be written."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, NamedTuple, TypedDict, TypeVar

import annotated_types as limits
import pytest
from PIL import Image
from signing import giving, input_schema, signed, taking

from replicate_typed.transports.mock import ConcatenateIterator, Input, MockTransport
from replicate_typed.transports.mock.signatures.signature import training_signature_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

T = TypeVar("T")
WHAT_CAN = "What can: str, int, float, bool, bytes, pathlib.Path, "


class Custom: ...


class Point(NamedTuple):
    x: int


class Pair(Enum):
    ONE = (1, 2)


class Elsewhere(TypedDict):
    amount: Decimal


class Tagged(TypedDict):
    tags: Mapping[str, int]


class Box(Generic[T]): ...


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (set[str], "set[str] cannot be expressed in the schema of a model; use list[str]. " + WHAT_CAN),
        (frozenset, "frozenset cannot be expressed in the schema of a model; use list. "),
        (tuple[int, ...], "tuple[int, ...] cannot be expressed in the schema of a model; use list[int]. "),
        (tuple[int, str], "tuple[int, str] cannot be expressed in the schema of a model; use list. "),
        (Iterable[str], "collections.abc.Iterable[str] cannot be expressed in the schema of a model; use list[str]. "),
        (dt.datetime, "datetime.datetime cannot be expressed in the schema of a model; use str. "),
        (decimal.Decimal, "decimal.Decimal cannot be expressed in the schema of a model; use float. "),
        (uuid.UUID, "uuid.UUID cannot be expressed in the schema of a model; use str. "),
        (bytearray, "bytearray cannot be expressed in the schema of a model; use bytes. "),
        (Image.Image, "PIL.Image.Image cannot be expressed in the schema of a model; use pathlib.Path. "),
        (Custom, "Custom cannot be expressed in the schema of a model. " + WHAT_CAN),
        (Point, "Point cannot be expressed in the schema of a model. "),
        (T, "~T cannot be expressed in the schema of a model. "),
        (Box[int], "Box[int] cannot be expressed in the schema of a model. "),
        (Callable[[], int], "cannot be expressed in the schema of a model. "),
        (5, "5 cannot be expressed in the schema of a model. "),
        (list[set[int]], "set[int] cannot be expressed in the schema of a model; use list[int]. "),
        (Annotated[complex | None, "z"], "complex cannot be expressed in the schema of a model. "),
        (int | str, "int | str: a model's schema has one type, or one type and None"),
        (int | float | None, "int | float | None: a model's schema has one type, or one type and None; use float |"),
        (dict[int, str], "dict[int, str]: the names in a JSON object are str"),
        (Pair, "Pair: the values to choose from are not all texts or numbers"),
        (Literal[b"x"], "Literal[b'x']: the values to choose from are not all texts or numbers"),
        (Annotated[str, limits.Ge(1)], "str: ge limits nothing of the type string"),
        (Elsewhere, "Elsewhere: Decimal means nothing in its module; define it there, or give it as an object: "),
        ("Mapping[str, Nope]", "Mapping[str, Nope]: Nope means nothing in its module; define it there, or give it as"),
        ("list[", "list[: it cannot be read ("),
    ],
)  # fmt: skip
def test_an_annotation_without_a_schema_is_refused(annotation: Any, text: str) -> None:
    """By what it is, in what, with what can be written in its place."""
    with pytest.raises(TypeError) as caught:
        input_schema(annotation)
    assert str(caught.value).startswith("acme/model: parameter 'x': ")
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("annotation", "default", "text"),
    [
        (int, 1.5, "its default 1.5 does not fit: Invalid type. Expected: integer, given: number"),
        (int, True, "its default True does not fit: Invalid type. Expected: integer, given: boolean"),
        (Literal["a", "b"], "c", "its default 'c' does not fit: x must be one of the following: \"a\", \"b\""),
        (list[int], ("1",), "its default ['1'] does not fit: Invalid type. Expected: integer, given: string"),
        (int, Input(11, le=10), "its default 11 does not fit: Must be less than or equal to 10"),
        (str, Input(ge=1), "ge limits nothing of the type string"),
        (int, Input(regex="a"), "regex limits nothing of the type integer"),
        (Any, Input(max_length=1), "max_length limits nothing of the type Any"),
        (str, Input(regex="("), "the regex '(' is none: missing ), unterminated subpattern"),
        (int, Input(choices=[1, "2"]), "the choice '2' does not fit: Invalid type. Expected: integer, given: string"),
        (bool, Input(choices=["a"]), "choices limits nothing of the type boolean"),
    ],
)  # fmt: skip
def test_a_default_or_limit_against_the_annotation_is_refused(annotation: Any, default: Any, text: str) -> None:
    """It would be a model that nobody can call."""
    with pytest.raises(ValueError) as caught:
        input_schema(annotation, default)
    assert str(caught.value).startswith(f"acme/model: parameter 'x': {text}")


def test_a_function_that_no_input_reaches_is_refused() -> None:
    """Inputs come by name, and outputs at once."""

    def positional(prompt: str, /) -> None: ...
    def any_number(*prompts: str) -> None: ...
    def anything(*args: Any, **more: Any) -> None: ...
    async def waits() -> None: ...
    async def streams() -> AsyncIterator[str]:
        yield "x"

    refused: list[tuple[Callable[..., Any], str]] = [
        (positional, "acme/model: a model's input comes by name, but 'prompt' is positional only"),
        (any_number, r"acme/model: a model's input comes by name, and never by \*prompts; use \*\*prompts"),
        (waits, "acme/model: a mock model is a plain function, not an async one"),
        (streams, "acme/model: a mock model is a plain function, not an async one"),
        (Custom, "acme/model: a mock model is a function; give a method of an object of Custom"),
    ]
    for function, text in refused:
        with pytest.raises(TypeError, match=f"^{text}$"):
            signed(function)
    assert signed(anything).misfits({"x": 1}) == []


def test_an_output_without_a_schema_is_refused() -> None:
    """As are functions that yield what they say they return."""

    def yields() -> list[str]:  # type: ignore[misc]
        yield "x"  # pyright: ignore[reportReturnType] -- the mistake that is meant

    for function, text in [
        (giving(set[int]), "set[int] cannot be expressed in the schema of a model; use list[int]. "),
        (giving(AsyncIterator[str]), "cannot be expressed in the schema of a model; use Iterator. "),
        (giving(Iterator[set[str]]), "set[str] cannot be expressed in the schema of a model; use list[str]. "),
        (giving(list[Iterator[str]]), "cannot be expressed in the schema of a model; use list[str]. "),
        (giving(str | bytes), "str | bytes: a model's schema has one type, or one type and None"),
        (yields, "list[str]: the function yields; use Iterator[...] or ConcatenateIterator[str]"),
    ]:
        with pytest.raises(TypeError) as caught:
            signed(function)
        assert str(caught.value).startswith("acme/model: what it returns: ")
        assert text in str(caught.value)


def test_only_texts_are_concatenated() -> None:
    """By us as by Cog."""
    concatenating: Any = ConcatenateIterator
    with pytest.raises(TypeError, match=r"only texts can be concatenated; use ConcatenateIterator\[str\]$"):
        signed(giving(concatenating[int]))


def test_a_trainer_is_checked_in_the_same_way() -> None:
    """It says that it is the trainer."""
    with pytest.raises(TypeError, match=r"^the trainer of acme/echo: parameter 'x': set\[str\] cannot be"):
        training_signature_of(taking(set[str]), what="the trainer of acme/echo")


def test_nothing_is_registered_of_what_is_refused() -> None:
    """Neither the model nor a version of it."""
    mock = MockTransport()
    with pytest.raises(TypeError, match=r"^acme/echo: parameter 'x': set\[str\] cannot be expressed"):
        mock.model("acme/echo")(taking(set[str]))
    with pytest.raises(ValueError, match="no model acme/echo"):
        mock.deployment("acme/prod", model="acme/echo")


def test_annotations_may_be_strings() -> None:
    """They mean what they mean to the module and to the functions around; names for type checkers only are known."""

    class Color(Enum):
        RED = "red"

    def model(color: Color, path: Mapping[str, Any], steps: Annotated[int, limits.Ge(1)]) -> Iterator[str]:
        return iter([Color(color).value])

    signature = signed(model)
    assert signature.is_iterator
    assert signature.arguments({"color": "red"}, Path)["color"] is Color.RED
    assert [row.field for row in signature.misfits({"color": "x", "path": 1, "steps": 0})] == [
        "input.color",
        "input.path",
        "input.steps",
    ]
    (row,) = signed(taking(Tagged)).misfits({"x": {"tags": {"a": "b"}}})
    assert row.field == "input.x.tags.a"


def test_a_name_that_is_known_nowhere_is_named() -> None:
    """With what to do about it."""

    class Local(Enum):
        RED = "red"

    def model(color: Local) -> None: ...

    with pytest.raises(TypeError, match=r"^acme/model: parameter 'color': Local: Local means nothing in its module; "):
        signed(model)
    model.__annotations__["color"] = Local
    assert signed(model).misfits({"color": "red"}) == []
