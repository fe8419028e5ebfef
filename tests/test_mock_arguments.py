"""What a model's function gets for an input: values of the types that its annotations say, and defaults."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Annotated, Any, Literal, Optional

import pytest
from hypothesis import given, strategies as st
from signing import Box, Color, Size, Weights, argument, downloaded, input_schema, signed, taking
from strategies import JSON

from replicate_typed.transports.mock import Input


@pytest.mark.parametrize(
    ("annotation", "value", "given"),
    [
        (str, "x", "x"),
        (int, 2.0, 2),
        (float, 1, 1.0),
        (Color, "blue", Color.BLUE),
        (Size, 512, Size.LARGE),
        (Literal[1, True, "1"], True, True),
        (Path, "https://example.com/cat.png", Path("/downloads/cat.png")),
        (list[Path], ["https://example.com/cat.png"], [Path("/downloads/cat.png")]),
        (dict[str, Color], {"a": "red"}, {"a": Color.RED}),
        (Color | None, None, None),
        (Weights, {"of_text": 1, "more": 2}, Weights(of_text=1.0)),
        (Box, {"left": 1.0, "parts": [{"left": 2.0}]}, {"left": 1, "parts": [{"left": 2.0}]}),
        (Any, {"a": [1.5]}, {"a": [1.5]}),
    ],
)
def test_a_value_becomes_what_the_annotation_says(annotation: Any, value: object, given: object) -> None:
    """Of its type, too: 1 is no float."""
    result = argument(annotation, value)
    assert (result, type(result)) == (given, type(given))


def test_a_file_may_be_asked_for_by_its_content(tmp_path: Path) -> None:
    """As bytes, or as an open file."""
    (tmp_path / "cat.txt").write_bytes(b"miaow")

    def model(image: bytes, other: IO[bytes]) -> None: ...

    arguments = signed(model).arguments({"image": "data:,", "other": "data:,"}, lambda _: tmp_path / "cat.txt")
    assert arguments["image"] == b"miaow"
    assert arguments["other"].read() == b"miaow"


PAIRS: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (str, st.text(max_size=5)),
    (int, st.integers()),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
    (bool, st.booleans()),
    (Color, st.sampled_from(["red", "blue"])),
    (Literal["a", 1, 2.5], st.sampled_from(["a", 1, 2.5])),
    (Any, JSON),
]


@st.composite
def annotated_values(draw: st.DrawFn, depth: int = 0) -> tuple[Any, Any]:
    """An annotation, and JSON for it."""
    if depth == 3 or draw(st.booleans()):
        annotation, values = PAIRS[draw(st.integers(0, len(PAIRS) - 1))]
        return annotation, draw(values)
    inner, value = draw(annotated_values(depth + 1))
    lists: Any = list
    dicts: Any = dict
    wrapped: list[tuple[Any, Any]] = [
        (lists[inner], [value] * draw(st.integers(0, 2))),
        (dicts[str, inner], {"a": value} if draw(st.booleans()) else {}),
        (Optional[inner], value if draw(st.booleans()) else None),  # noqa: UP045 -- of any annotation
        (Annotated[inner, "described"], value),
    ]
    chosen: tuple[Any, Any] = draw(st.sampled_from(wrapped))
    return chosen


@given(annotated_values())
def test_what_fits_can_be_given_and_given_back(pair: tuple[Any, Any]) -> None:
    """It is the same JSON again."""
    annotation, value = pair
    signature = signed(taking(annotation))
    assert signature.misfits({"x": value}) == []
    given = signature.arguments({"x": value}, downloaded)
    assert signature.json_of(given, str) == {"x": value}


def test_the_functions_own_defaults_are_left_to_it() -> None:
    """Those in an `Input` are given; in the schema are both, as JSON."""

    def model(
        n: int = 3,
        color: Color = Color.RED,
        path: Path = Path("cat.png"),
        content: bytes = b"hi",
        seed: int = Input(default=None),
        sizes: list[Size] = Input(default=[Size.SMALL]),  # noqa: B008 -- as with Cog
        odd: Any = NotImplemented,
    ) -> None: ...

    signature = signed(model)
    defaults = {name: each.get("default", "none") for name, each in signature.input_schema["properties"].items()}
    assert defaults == {
        "n": 3,
        "color": "red",
        "path": "cat.png",
        "content": "data:application/octet-stream;base64,aGk=",
        "seed": None,
        "sizes": [256],
        "odd": "none",
    }
    arguments = signature.arguments({}, downloaded)
    assert arguments == {"seed": None, "sizes": [Size.SMALL]}
    arguments["sizes"].append(Size.LARGE)
    assert signature.arguments({}, downloaded)["sizes"] == [Size.SMALL]
    assert signature.misfits({"seed": None}) == []
    assert input_schema(str, None) == {"type": "string", "nullable": True, "default": None}


def test_the_arguments_are_the_functions_own() -> None:
    """It may change them."""
    input: dict[str, Any] = {"x": {"a": [1]}}
    signed(taking(Any)).arguments(input, downloaded)["x"]["a"].append(2)
    assert input == {"x": {"a": [1]}}


def test_what_may_be_none_may_be_left_out_or_null() -> None:
    """The function gets None both times, also if it has no default."""

    def model(x: int | None, y: str | None = "y") -> None: ...

    signature = signed(model)
    assert signature.misfits({}) == signature.misfits({"x": None, "y": None}) == []
    assert signature.arguments({}, downloaded) == {"x": None}
    assert signature.arguments({"y": None}, downloaded) == {"x": None, "y": None}
