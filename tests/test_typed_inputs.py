"""The check of a typed model's input: offline, all problems at once, and only what was given is sent."""

from __future__ import annotations

import io
import pickle
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from typed.drawing import drawing
from typed_modules import document, reference_to

import replicate_typed
from replicate_typed.errors import InputProblem, InvalidInputError
from replicate_typed.typed_models import ModelReference


class Scheduler(StrEnum):
    DDIM = "DDIM"


def checked(schema: dict[str, Any], value: Any) -> Any:
    """What is sent for an input with this schema."""
    return reference_to(document({"x": schema}))(x=value).input.get("x")


def problem_of(schema: dict[str, Any], value: Any) -> str:
    with pytest.raises(InvalidInputError) as caught:
        checked(schema, value)
    (problem,) = caught.value.problems
    return str(problem)


def loose(model: ModelReference[..., Any]) -> ModelReference[..., Any]:
    """The same to a checker that would find what is wrong on purpose."""
    return model


def test_only_what_is_given_is_sent() -> None:
    """No default, nothing that is None; by the names that the model has."""
    call = drawing(prompt="a fox", masks=["https://example.com/a.png"], image=None, size="512x512", from_="left")
    expected = {"prompt": "a fox", "masks": ["https://example.com/a.png"], "size": "512x512", "from": "left"}
    assert call.input == expected


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Field by field: what is wrong, and what would be right."""
    with pytest.raises(InvalidInputError) as caught:
        loose(drawing)(promt="a", masks="https://a.b", steps=51, scheduler="KEULER", guidance=True, image="a.png")
    assert str(caught.value).splitlines() == [
        "the input of acme/drawing does not fit:",
        "  promt: there is no such input; did you mean prompt or from_?",
        "  masks: expected a list, each a file: its URL, a pathlib.Path, bytes, or an open binary file, "
        "got 'https://a.b'",
        "  steps: expected a whole number from 1 to 50, got 51",
        "  scheduler: expected one of 'DDIM', 'K_EULER', got 'KEULER'; did you mean K_EULER?",
        "  guidance: expected a number at least 0, got True",
        "  image: expected a file: its URL, a pathlib.Path, bytes, or an open binary file; "
        "'a.png' is no URL, but pathlib.Path('a.png') may do",
        "  prompt: is required, and was not given: a str",
    ]
    assert [problem.field for problem in caught.value.problems][:2] == ["promt", "masks"]


def test_the_error_is_one_of_values_and_of_ours() -> None:
    """It can be caught as either, by its public name, and travels between processes."""
    with pytest.raises(ValueError, match="prompt") as caught:
        loose(drawing)()
    assert isinstance(caught.value, replicate_typed.InvalidInputError)
    assert isinstance(caught.value, replicate_typed.ReplicateError)
    copied = pickle.loads(pickle.dumps(caught.value))
    assert (str(copied), copied.problems) == (str(caught.value), caught.value.problems)
    assert copied.problems[0] == InputProblem("prompt", "is required, and was not given: a str")


def test_a_required_input_is_not_none() -> None:
    """None is: not given."""
    with pytest.raises(InvalidInputError, match="prompt: is required"):
        loose(drawing)(prompt=None, masks=[])


def test_an_input_is_given_by_name() -> None:
    """What stands alone is not guessed about."""
    with pytest.raises(TypeError, match="acme/drawing takes its input by name"):
        loose(drawing)("a fox")


FITTING: list[tuple[dict[str, Any], list[Any], list[Any]]] = [
    ({"type": "integer"}, [0, -5, 10**30], [True, 1.0, "1", Decimal(1), [1]]),
    ({"type": "integer", "minimum": 1, "maximum": 4}, [1, 4], [0, 5]),
    ({"type": "number"}, [1, 1.5, -0.0], [True, "1", float("nan"), float("inf"), 1j]),
    ({"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 1}, [0.1, 1], [0, 1.1]),
    ({"type": "number", "exclusiveMaximum": 1}, [0.9, -5], [1, 1.0]),
    ({"enum": [0.5, 1.5]}, [0.5, 1.5], [1, "0.5"]),
    ({"type": "boolean"}, [True, False], [0, 1, "true"]),
    ({"type": "string"}, ["", "a"], [b"a", 1, ["a"], Path("a")]),
    ({"type": "string", "minLength": 1, "maxLength": 2}, ["a", "éé"], ["", "abc"]),
    ({"type": "string", "pattern": "^[a-z]+$"}, ["ab"], ["A", ""]),
    ({"enum": ["a", "b"]}, ["a", "b"], ["c", 1, [], {}]),
    ({"enum": ["DDIM"]}, [Scheduler.DDIM], [Scheduler]),
    ({"enum": [1, 2]}, [1, 2], [True, 1.0, "1", 3]),
    ({"enum": [True]}, [True], [1, False]),
    ({"type": "array", "items": {"type": "integer"}, "maxItems": 2}, [[], [1, 2]], [[1, 2, 3], 1, "12", {1: 2}]),
    ({"type": "object"}, [{}, {"a": object}], [[], "a", {1: 2}]),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, [{"a": 1}], [{"a": "b"}]),
    ({"type": ["integer", "string"]}, [1, "a"], [1.5, True]),
    ({}, [1, "a", object()], []),
]


@pytest.mark.parametrize(("schema", "good", "bad"), FITTING)
def test_what_fits_and_what_does_not(schema: dict[str, Any], good: list[Any], bad: list[Any]) -> None:
    """A bool is no number, a whole number is a number, and what fits is sent as it is."""
    for value in good:
        assert checked(schema, value) == value
    for value in bad:
        assert problem_of(schema, value).startswith("x")


def test_files_are_told_by_their_kind() -> None:
    """A URL, a path, bytes, or an open file; they are sent as they are, for the client knows what becomes of them."""
    file = {"type": "string", "format": "uri"}
    for value in (
        "https://a.b/c",
        "data:text/plain;base64,YQ==",
        "gs://a/b",
        Path("a"),
        b"a",
        bytearray(b"a"),
        io.BytesIO(),
    ):
        assert checked(file, value) is value
    for other in (5, ["https://a.b/c"], object()):
        assert problem_of(file, other).startswith("x: expected a file: its URL, a pathlib.Path, bytes")
    for value in ("cat.png", "C:\\cat.png", "/tmp/cat.png"):
        assert f"pathlib.Path({value!r}) may do" in problem_of(file, value)
    assert problem_of(file, "").endswith("'' is no URL")


def test_a_problem_in_a_list_is_told_with_its_place() -> None:
    """All of them."""
    with pytest.raises(InvalidInputError) as caught:
        checked({"type": "array", "items": {"type": "integer"}}, [1, "a", 2, None])
    assert [problem.field for problem in caught.value.problems] == ["x[1]", "x[3]"]
    assert problem_of({"type": "object", "additionalProperties": {"type": "integer"}}, {"a": "b"}).startswith(
        "x['a']: "
    )


def test_a_sequence_is_sent_as_a_list() -> None:
    """JSON has no other."""
    assert checked({"type": "array", "items": {"type": "integer"}}, (1, 2)) == [1, 2]
    assert checked({"type": "array", "items": {"type": "integer"}}, range(2)) == [0, 1]


def test_what_is_long_is_told_in_short() -> None:
    """Nobody reads the data of a picture."""
    assert len(problem_of({"type": "integer"}, "a" * 10_000)) < 200


def test_a_secret_is_never_shown() -> None:
    """Neither in an error nor in a repr."""
    schema = {"type": "string", "x-cog-secret": True}
    assert problem_of(schema, b"hush") == "x: expected a str, got another"
    call = drawing(prompt="a", masks=[], api_key="hush")
    assert "hush" not in repr(call)
    assert call.input["api_key"] == "hush"


def test_a_pattern_is_searched_for() -> None:
    """As JSON Schema says, not matched from the start."""
    assert checked({"type": "string", "pattern": "b"}, "abc") == "abc"
