"""The schemas of models compared with those that Cog makes, and with those that the service showed."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import cog_functions
import pytest
from cassettes import exchanges, needs_cassettes
from predict import Predictor
from signing import downloaded, signed

from replicate_typed.transports.mock import ConcatenateIterator, Input
from replicate_typed.transports.mock.problems import is_object
from replicate_typed.transports.mock.schemas import is_array
from replicate_typed.transports.mock.signatures.openapi import together
from replicate_typed.transports.mock.signatures.signature import training_signature_of

Schema = dict[str, Any]
FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: function
    for name, function in vars(cog_functions).items()
    if inspect.isfunction(function) and function.__module__ == cog_functions.__name__
}


def schemas_of(function: Callable[..., Any]) -> dict[str, Schema]:
    schemas: dict[str, Schema] = signed(function).openapi_schema["components"]["schemas"]
    return schemas


def by_cog(module: str, name: str) -> Any:
    """What Cog's own inspector finds."""
    return importlib.import_module("cog._inspector").create_predictor(module, name)


def without_empty(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if value is not None}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_output_has_the_schema_that_cog_gives_it(name: str) -> None:
    """To the letter."""
    assert schemas_of(FUNCTIONS[name])["Output"] == by_cog("cog_functions", name).output.json_type()


@pytest.mark.parametrize(
    ("module", "name"), [*(("cog_functions", name) for name in FUNCTIONS), ("predict", "Predictor")]
)
def test_an_input_has_the_schema_that_cog_gives_it(module: str, name: str) -> None:
    """Types, limits, choices, defaults, descriptions, and their order; of the example's model, too."""
    schemas = schemas_of(Predictor().run if module == "predict" else FUNCTIONS[name])
    properties = dict(schemas["Input"]["properties"])
    for field in by_cog(module, name).inputs.values():
        ours = properties.pop(field.name)
        theirs = without_empty({
            **field.type.json_type(),
            "x-order": field.order,
            "default": field.default,
            "description": field.description,
            "minimum": field.ge,
            "maximum": field.le,
            "minLength": field.min_length,
            "maxLength": field.max_length,
            "pattern": field.regex,
            "enum": field.choices,
        })  # fmt: skip
        chosen = schemas[field.name] if "allOf" in ours else {}
        said = {"type": chosen.get("type"), "enum": chosen.get("enum")} | ours
        told = {key: value for key, value in said.items() if key not in ("title", "nullable", "allOf")}
        assert without_empty(told) == theirs
        is_optional = field.type.repetition.name == "OPTIONAL"
        assert ours.get("nullable", False) == is_optional
        assert (field.name in schemas["Input"].get("required", [])) == (field.default is None and not is_optional)
    assert properties == {}


def test_functions_for_cog_get_what_cog_gives_them() -> None:
    """Paths of its class, and the defaults of its `Input`."""
    path: Any = vars(cog_functions)["Path"]
    arguments = signed(cog_functions.draw).arguments({"prompt": "x"}, downloaded)
    assert cog_functions.draw(**arguments) == [path("x-None-4.png")]
    arguments = signed(cog_functions.detect).arguments({"image": "https://example.com/cat.png"}, downloaded)
    assert type(arguments["image"]) is path
    detected = signed(cog_functions.detect).json_of(cog_functions.detect(**arguments), str)
    assert detected == {"label": "cat.png", "score": 1.0, "mask": None}


def recorded_schemas() -> Iterator[Schema]:
    """Those of all versions in the recordings, each once."""
    seen: set[str] = set()
    for exchange in exchanges():
        if exchange.content_type.startswith("application/json"):
            for version in versions_in(exchange.json):
                if version["id"] not in seen:
                    seen.add(version["id"])
                    yield version["openapi_schema"]["components"]["schemas"]


def versions_in(body: object) -> Iterator[Schema]:
    if is_object(body):
        if body.get("openapi_schema"):
            yield body
        for item in body.values():
            yield from versions_in(item)
    elif is_array(body):
        for item in body:
            yield from versions_in(item)


def as_written(schemas: dict[str, Schema]) -> Callable[..., Any]:
    """The function that somebody wrote to have these schemas."""

    def model(**input: Any) -> None: ...

    types: dict[tuple[str, str | None], Any] = {
        ("string", None): str,
        ("integer", None): int,
        ("number", None): float,
        ("boolean", None): bool,
        ("string", "uri"): Path,
        ("array", None): list[str],
    }
    parameters: list[inspect.Parameter] = []
    input = schemas["Input"]
    for name, schema in sorted(input["properties"].items(), key=lambda item: item[1]["x-order"]):
        chosen = schemas[name] if "allOf" in schema else schema
        default = schema.get("default", ... if name in input.get("required", []) else None)
        field = Input(
            default,
            description=schema.get("description"),
            ge=schema.get("minimum"),
            le=schema.get("maximum"),
            choices=chosen.get("enum"),
        )
        annotation = types[chosen["type"], chosen.get("format")]
        parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=field, annotation=annotation))
    setattr(model, "__signature__", inspect.Signature(parameters, return_annotation=output_of(schemas["Output"])))  # noqa: B010
    return model


def output_of(schema: Schema) -> Any:
    concatenating: Any = ConcatenateIterator
    match schema:
        case {"x-cog-array-display": "concatenate"}:
            return concatenating[str]
        case {"type": "array", "items": {"format": "uri"}}:
            return list[Path]
        case {"format": "uri"}:
            return Path
        case {"type": "string"}:
            return str
        case _:
            return dict


@needs_cassettes
def test_a_function_has_the_schema_that_the_service_showed_for_it() -> None:
    """For every recorded version of any model; what is optional says so, as newer versions of Cog do."""
    count = 0
    for recorded in recorded_schemas():
        count += 1
        ours = schemas_of(as_written(recorded))
        for name, schema in recorded["Input"]["properties"].items():
            told = dict(ours["Input"]["properties"][name])
            if told.get("default", "") is None:
                assert told.pop("nullable")
                told.pop("default")
            expected = {key: value for key, value in schema.items() if key not in ("ge", "le")}
            if expected.get("default", "") is None:
                expected.pop("default")
            assert told == expected
        assert ours["Input"].get("required") == recorded["Input"].get("required")
        if recorded["Output"]["type"] != "object":
            assert ours["Output"] == recorded["Output"]
    assert count > 20


def documents() -> Iterator[Schema]:
    def model(
        path: Path | None, tags: list[Literal["a", "b"]], size: Literal[1, 2] = 1, x: float = Input(0.5, le=1), **_: str
    ) -> Iterator[Path]:
        yield path or Path()

    def train(images: Path, steps: Literal[10, 20] = 10) -> str:
        return str(images)

    yield signed(model).openapi_schema
    training = training_signature_of(train, what="the trainer of acme/model").openapi_schema
    yield training
    yield together(signed(model).openapi_schema, training)


def test_the_document_is_valid_openapi() -> None:
    """In Cog's version of it: what generates code from it can read it."""
    validate: Any = importlib.import_module("openapi_spec_validator").validate
    for document in documents():
        validate(document)
        assert document["openapi"] == "3.0.2"


def test_a_trainer_has_schemas_of_its_own() -> None:
    """Beside those of the model."""
    *_, both = documents()
    schemas = both["components"]["schemas"]
    assert {"Input", "Output", "TrainingInput", "TrainingOutput", "size", "steps"} <= schemas.keys()
    assert schemas["TrainingInput"]["title"] == "TrainingInput"
    assert schemas["TrainingInput"]["required"] == ["images"]
    assert schemas["TrainingOutput"] == {"title": "TrainingOutput", "type": "string"}
    assert list(both["paths"]) == ["/predictions", "/trainings"]
