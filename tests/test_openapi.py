"""openapi.yaml: well formed, wholly described, and Replicate's own API but for the differences we intend."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from openapi_differences import INTENDED, Comparison, operations, resolved
from openapi_spec_validator import OpenAPIV31SpecValidator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
UPSTREAM = ROOT.parent / "shared" / "reference" / "upstream-openapi.yaml"
FACADE = {
    "predictions.create",
    "models.predictions.create",
    "deployments.predictions.create",
    "trainings.create",
    "files.create",
}

needs_upstream = pytest.mark.skipif(not UPSTREAM.exists(), reason="Replicate's own OpenAPI file is not at hand")


def load(path: Path) -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load(path.read_text(encoding="utf-8")))


SPEC = load(ROOT / "openapi.yaml")
SCHEMAS: dict[str, dict[str, Any]] = SPEC["components"]["schemas"]
OPERATIONS = operations(SPEC)


def children(node: Any) -> Iterator[tuple[str, Any]]:
    """The members of a mapping or a list, each with the text that leads to it."""
    if isinstance(node, dict):
        yield from ((f"/{key}", value) for key, value in cast("dict[str, Any]", node).items())
    elif isinstance(node, list):
        yield from ((f"/{index}", value) for index, value in enumerate(cast("Sequence[Any]", node)))


def nodes(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping in a document, with its place."""
    if isinstance(node, dict):
        yield place, cast("dict[str, Any]", node)
    for step, child in children(node):
        yield from nodes(child, place + step)


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every component, as it is written at its place."""
    for name, schema in SCHEMAS.items():
        for field, value in cast("dict[str, dict[str, Any]]", schema.get("properties", {})).items():
            yield f"{name}.{field}", value


def parameters() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every parameter, of components and of operations."""
    shared: dict[str, dict[str, Any]] = SPEC["components"]["parameters"]
    yield from shared.items()
    for operation in OPERATIONS.values():
        for raw in cast("list[dict[str, Any]]", operation.get("parameters", [])):
            yield f"{operation['operationId']} {raw.get('name', '')}", resolved(SPEC, raw)


def sentences(document: Mapping[str, Any]) -> set[str]:
    """Every sentence of at least six words in summaries and descriptions."""
    texts = [str(node.get(key, "")) for _, node in nodes(document) for key in ("summary", "description")]
    split = (re.split(r"(?<=[.:!?])\s|\n\s*\n|\n- ", text) for text in texts)
    plain = (re.sub(r"\W+", " ", sentence).strip().lower() for text in split for sentence in text)
    return {sentence for sentence in plain if sentence.count(" ") >= 5}


def pattern(name: str) -> str:
    return str(SPEC["components"]["parameters"][name]["schema"]["pattern"])


@pytest.fixture(scope="module")
def differences() -> set[str]:
    return Comparison(load(UPSTREAM), SPEC).documents()


def test_the_document_is_valid_openapi() -> None:
    """The validator for 3.1 finds no error."""
    assert SPEC["openapi"] == "3.1.0"
    assert [str(error) for error in OpenAPIV31SpecValidator(SPEC).iter_errors()] == []


def test_every_operation_says_what_it_is() -> None:
    """An id, a summary of one line without a full stop, and a description."""
    silent = [
        key
        for key, operation in OPERATIONS.items()
        if not operation.get("operationId")
        or not re.fullmatch(r".+[^.\n]", operation.get("summary", ""))
        or not operation.get("description", "").strip()
    ]
    assert silent == []


def test_every_operation_id_is_used_once() -> None:
    """Ids are the public names of the operations."""
    ids = Counter(str(operation["operationId"]) for operation in OPERATIONS.values())
    assert [each for each, count in ids.items() if count > 1] == []


def test_every_component_field_parameter_and_answer_is_described() -> None:
    """Descriptions become docstrings, so none may be missing; a field's stands beside its reference."""
    described = [*SCHEMAS.items(), *fields(), *parameters()]
    for operation in OPERATIONS.values():
        answers: dict[str, dict[str, Any]] = operation["responses"]
        described += [(f"{operation['operationId']} {key}", resolved(SPEC, each)) for key, each in answers.items()]
    assert [name for name, node in described if not node.get("description", "").strip()] == []


def test_every_resource_is_described() -> None:
    """By a tag with its dotted name; there is no other tag."""
    ids = [str(operation["operationId"]).split(".")[:-1] for operation in OPERATIONS.values()]
    resources = {".".join(path[:depth]) for path in ids for depth in range(1, len(path) + 1)}
    assert {tag["name"] for tag in SPEC["tags"]} == resources
    assert all(re.fullmatch(r"[A-Z].+\.", tag["description"]) for tag in SPEC["tags"])


def test_objects_with_fields_and_enums_are_named_components() -> None:
    """The generator would invent names for nameless ones."""
    inline = [
        place
        for place, node in nodes(SPEC)
        if (isinstance(node.get("properties"), dict) or isinstance(node.get("enum"), list))
        and not re.fullmatch(r"/components/schemas/\w+", place)
    ]
    assert inline == []


def test_an_object_without_fields_is_open() -> None:
    """Free-form JSON says that anything may be in it."""
    closed = [
        place
        for place, node in nodes(SPEC)
        if "object" in (node.get("type"), *(node["type"] if isinstance(node.get("type"), list) else ()))
        and not node.get("properties")
        and node.get("additionalProperties") is not True
    ]
    assert closed == []


def test_every_enum_describes_each_of_its_values() -> None:
    """One line of a list for each value."""
    silent = [
        f"{name}.{value}"
        for name, schema in SCHEMAS.items()
        for value in schema.get("enum", [])
        if f"- `{value}`: " not in schema["description"]
    ]
    assert silent == []


def test_every_required_field_exists() -> None:
    """`required` names fields of the same object only."""
    unknown = [
        f"{name}.{field}"
        for name, schema in SCHEMAS.items()
        for field in schema.get("required", [])
        if field not in schema["properties"]
    ]
    assert unknown == []


def test_every_component_is_used() -> None:
    """Nothing is declared that no operation leads to."""
    references = {str(node["$ref"]) for _, node in nodes(SPEC) if "$ref" in node}
    declared = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "parameters", "responses")
        for name in SPEC["components"][kind]
    }
    assert declared == references


def test_pages_are_alike() -> None:
    """A page has two links that can be null and a list of components, and requires none of them."""
    for name, schema in SCHEMAS.items():
        if not name.endswith("Page") or name == "SearchPage":
            continue
        page: dict[str, dict[str, Any]] = schema["properties"]
        assert list(page) == ["next", "previous", "results"], name
        assert page["next"]["type"] == page["previous"]["type"] == ["string", "null"], name
        assert "$ref" in page["results"]["items"], name
        assert "required" not in schema, name


def test_every_operation_can_answer_with_a_problem() -> None:
    """The default answer is the shared one."""
    problem = {"$ref": "#/components/responses/Problem"}
    others = [key for key, operation in OPERATIONS.items() if operation["responses"].get("default") != problem]
    assert others == []


def test_marks_are_on_the_agreed_operations() -> None:
    """Hand-written public forms, and POSTs that may be repeated."""
    marked = {
        mark: {operation["operationId"] for operation in OPERATIONS.values() if operation.get(mark)}
        for mark in ("x-facade", "x-idempotent")
    }
    assert marked == {"x-facade": FACADE, "x-idempotent": {"predictions.cancel", "trainings.cancel"}}


@pytest.mark.parametrize("value", ["wait", "wait=1", "wait=9", "wait=10", "wait=59", "wait=60"])
def test_prefer_takes_one_to_sixty_seconds(value: str) -> None:
    """The whole range, and no number at all."""
    assert re.search(pattern("Prefer"), value)


@pytest.mark.parametrize("value", ["", "wait=", "wait=0", "wait=05", "wait=61", "wait=99", "wait=600", "no-wait"])
def test_prefer_refuses_everything_else(value: str) -> None:
    """61 to 99 above all, which upstream's pattern lets through."""
    assert not re.search(pattern("Prefer"), value)


@pytest.mark.parametrize("value", ["5", "30s", "15m", "1h", "2h30m", "1h45s", "1m30s", "1h30m45s"])
def test_cancel_after_takes_durations(value: str) -> None:
    """Bare seconds, or units from the greatest to the smallest."""
    assert re.search(pattern("CancelAfter"), value)


@pytest.mark.parametrize("value", ["", "s", "-5", "1.5h", "5 s", "30s1m", "1h1h", "1h30", "1d"])
def test_cancel_after_refuses_everything_else(value: str) -> None:
    """No fractions, signs, spaces, other units or other orders."""
    assert not re.search(pattern("CancelAfter"), value)


@needs_upstream
def test_nothing_differs_from_upstream_but_what_is_intended(differences: set[str]) -> None:
    """Operations, parameters, bodies and answers are those of Replicate's own file."""
    assert sorted(differences - INTENDED.keys()) == []


@needs_upstream
def test_every_intended_difference_still_occurs(differences: set[str]) -> None:
    """A row that has become untrue is taken out."""
    assert sorted(INTENDED.keys() - differences) == []


@needs_upstream
def test_no_sentence_is_copied() -> None:
    """The facts are Replicate's, the words are ours."""
    assert sorted(sentences(load(UPSTREAM)) & sentences(SPEC)) == []
