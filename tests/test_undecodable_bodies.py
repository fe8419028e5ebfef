"""Bodies that are not what the spec says: the error names the place and what stands there."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bodies import CLASSES, PREDICTION, SCHEMAS, SPEC_BODIES, model, smallest

from replicate_api.models.prediction import Prediction
from replicate_api.models.prediction_page import PredictionPage
from replicate_api.reading import UndecodableError


def places(
    schema: dict[str, Any], value: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every place in a body that the schema says something about, with the schema of what stands there."""
    resolved, kind, _ = SPEC_BODIES.kind(schema)
    yield at, schema
    if kind == "object":
        for name, field in resolved.get("properties", {}).items():
            yield from places(field, value[name], (*at, name))
    elif kind == "array":
        yield from places(resolved["items"], value[0], (*at, 0))


def replaced(body: Any, at: tuple[str | int, ...], value: Any) -> Any:
    """A copy of the body in which something else stands at one place."""
    if not at:
        return value
    changed = copy.copy(body)
    changed[at[0]] = replaced(body[at[0]], at[1:], value)
    return changed


def spelt(name: str, at: tuple[str | int, ...]) -> str:
    """`PredictionPage.results[0].status`."""
    return name + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at)


WRONG: dict[str | None, list[Any]] = {
    "string": [5, 1.5, True, [], {}],
    "integer": [1.5, 2.0, "5", True, [], {}],
    "number": ["5", True, [], {}],
    "boolean": [0, 1, "true", [], {}],
    "array": [5, "text", True, {}],
    "object": [5, "text", True, []],
    None: [],
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_missing_required_field_is_named(name: str) -> None:
    """Missing, or null: the error says which field of what."""
    body = smallest(SCHEMAS[name])
    for field in SCHEMAS[name]["properties"]:
        without = {key: value for key, value in body.items() if key != field}
        for lacking in (without, {**body, field: None}):
            if SPEC_BODIES.must(SCHEMAS[name], field):
                with pytest.raises(
                    UndecodableError, match=rf"^{name}\.{field}: expected .*, but it is missing or null$"
                ):
                    model(name).from_dict(lacking)
            else:
                value = model(name).from_dict(lacking)
                assert getattr(value, field) == ([] if field == "results" else None)


@pytest.mark.parametrize("name", CLASSES)
def test_a_value_of_a_wrong_type_is_named_with_its_whole_path(name: str) -> None:
    """`PredictionPage.results[0].urls.get`: at any depth."""
    body = smallest(SCHEMAS[name])
    for at, schema in places(SCHEMAS[name], body):
        resolved, kind, _ = SPEC_BODIES.kind(schema)
        wrong = ["yesterday", *WRONG["string"]] if resolved.get("format") == "date-time" else WRONG[kind]
        for value in wrong:
            with pytest.raises(UndecodableError, match=f"^{re.escape(spelt(name, at))}: expected .*, got ") as caught:
                model(name).from_dict(replaced(body, at, value))
            assert repr(value) in str(caught.value)


def test_the_item_that_is_wrong_is_counted() -> None:
    """The fourth result is number 3."""
    page = {"results": [PREDICTION, PREDICTION, PREDICTION, {**PREDICTION, "status": 7}]}
    with pytest.raises(UndecodableError, match=r"^PredictionPage\.results\[3\]\.status: expected a string, got 7$"):
        PredictionPage.from_dict(page)


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("body", [None, [], "text", 5, True])
def test_what_is_no_object_is_not_a_model(name: str, body: Any) -> None:
    """`null` in place of a page, for example."""
    with pytest.raises(UndecodableError, match=f"^{name}: expected an object"):
        model(name).from_dict(body)


def test_an_error_shows_only_the_beginning_of_what_is_wrong() -> None:
    """An answer may be a megabyte long."""
    with pytest.raises(UndecodableError) as caught:
        Prediction.from_dict({**PREDICTION, "error": ["x" * 10_000]})
    assert len(str(caught.value)) < 150
