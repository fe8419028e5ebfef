"""What the generated code would lose is refused, with the operation and the field that it is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from generating import Document, asking, json_answer, operation, sending, spec

from scripts.generator.properties import UnsupportedSpecError
from scripts.generator.render import ROOT, render

TEXT = {"type": "string"}
LEAF = {"type": "object", "properties": {"size": {"type": "integer"}}}
REF = {"$ref": "#/components/schemas/Leaf"}


def having(field: Any, name: str = "field") -> Document:
    """An answer with one such field."""
    return spec(schemas={"Thing": {"type": "object", "properties": {name: field}}, "Leaf": LEAF})


def answering(content: Any, status: str = "200", **more: Any) -> Document:
    paths = operation()
    paths["/things"]["get"]["responses"] = {status: {"description": "It.", "content": content, **more}}
    return spec(schemas={"Leaf": LEAF}, paths=paths)


def named(*ids: str, method: str = "get") -> Document:
    """Operations with these ids."""
    answer = {"204": {"description": "Done."}}
    return spec(
        paths={f"/{number}": {method: {"operationId": id, "responses": answer}} for number, id in enumerate(ids)}
    )


def at(path: str, *names: str, **parameter: Any) -> Document:
    made = operation(
        parameters=[{"name": name, "in": "path", "required": True, "schema": TEXT, **parameter} for name in names]
    )
    return spec(paths={path: made["/things"]})


def bodies(content: Any, required: bool = True) -> Document:
    made = sending(TEXT)
    made["paths"]["/things"]["post"]["requestBody"] = {"required": required, "content": content}
    return made


def both(place: str, name: str) -> Document:
    """A POST /things/{...} with an argument in the path and a field of the body that is called alike."""
    made = sending(TEXT)
    made["components"]["schemas"]["Body"]["properties"] = {name: TEXT}
    item = made["paths"].pop("/things")
    item["parameters"] = [{"name": place, "in": "path", "required": True, "schema": TEXT}]
    made["paths"] = {f"/things/{{{place}}}": item}
    return made


JSON = "application/json"
FIELDS: dict[str, tuple[Any, str]] = {
    "a union": ({"oneOf": [TEXT, {"type": "integer"}]}, "union of types"),
    "any of several": ({"anyOf": [TEXT, REF, {"type": "null"}]}, "union of types"),
    "several types": ({"type": ["string", "integer"]}, "union of types"),
    "a union of items": ({"type": "array", "items": {"type": ["string", "integer"]}}, "union of types"),
    "const": ({"const": "a"}, "const"),
    "const of a type": ({"type": "string", "const": "a"}, "const is not supported"),
    "allOf": ({"allOf": [REF, {"type": "object"}]}, "allOf"),
    "not": ({"not": TEXT}, "not"),
    "if": ({"if": TEXT}, "if"),
    "prefixItems": ({"type": "array", "prefixItems": [TEXT]}, "prefixItems"),
    "patternProperties": ({"type": "object", "patternProperties": {"a": TEXT}}, "patternProperties"),
    "additionalProperties of a type": ({"type": "object", "additionalProperties": TEXT}, "additionalProperties"),
    "nullable, of OpenAPI 3.0": ({"type": "string", "nullable": True}, "nullable"),
    "a base64 string": ({"type": "string", "contentEncoding": "base64"}, "contentEncoding"),
    "contentMediaType": ({"type": "string", "contentMediaType": "image/png"}, "contentMediaType"),
    "bytes": ({"type": "string", "format": "binary"}, "bytes inside JSON"),
    "a date": ({"type": "string", "format": "date"}, "DateProperty"),
    "a discriminator": ({"oneOf": [REF, {"type": "null"}], "discriminator": {"propertyName": "a"}}, "discriminator"),
    "a limit beside a reference": ({**REF, "maxLength": 5}, "maxLength"),
    "nothing but null": ({"type": "null"}, "always null"),
    "an array of anything": ({"type": "array"}, "without items"),
    "an unknown type": ({"type": "text"}, "union of types"),
    "fields without a type": ({"format": "uri"}, "without a type"),
    "another file": ({"$ref": "other.yaml#/Leaf"}, "reference to other.yaml"),
    "readOnly": ({"type": "string", "readOnly": True}, "readOnly"),
    **{
        limit: ({"type": kind, limit: 1, **({"items": TEXT} if kind == "array" else {})}, limit)
        for limit, kind in {
            "exclusiveMinimum": "integer",
            "exclusiveMaximum": "number",
            "multipleOf": "integer",
            "minItems": "array",
            "maxItems": "array",
            "minProperties": "object",
            "maxProperties": "object",
            "contains": "array",
            "minimum": "string",
        }.items()
    },
}


def build(document: Document, folder: Path) -> None:
    render(document, folder / "replicate_api", ROOT / "generator-config.yaml")


def refused(document: Document, folder: Path) -> str:
    with pytest.raises(UnsupportedSpecError) as caught:
        build(document, folder)
    return str(caught.value)


@pytest.mark.parametrize(("field", "what"), FIELDS.values(), ids=FIELDS)
def test_a_field_that_would_lose_something_is_refused(field: Any, what: str, tmp_path: Path) -> None:
    """In an answer and in a request, with the field's place."""
    message = refused(having(field), tmp_path / "answer")
    assert what in message
    assert "Thing.field" in message or what == "DateProperty"
    assert what in refused(sending(field), tmp_path / "request") or what == "bytes inside JSON"


@pytest.mark.parametrize("media", ["application/json", "multipart/form-data"])
def test_bytes_belong_into_a_field_of_a_form(media: str, tmp_path: Path) -> None:
    """Not into JSON, and not into a list."""
    binary = {"type": "string", "format": "binary"}
    document = sending({"type": "array", "items": binary} if media != JSON else binary, media)
    assert "things.get: field: bytes are supported" in refused(document, tmp_path)


CASES: dict[str, tuple[Document, str]] = {
    "a cookie": (asking(TEXT, "cookie"), "things.get: size: cookie parameters are not supported"),
    "a list of lists in the query": (
        asking({"type": "array", "items": {"type": "array", "items": TEXT}}),
        "things.get: size: only plain values in the query",
    ),
    "an object in the query": (asking({"type": "object"}), "things.get: size: only plain values in the query"),
    "anything in the query": (asking({}), "things.get: size: only plain values in the query"),
    "a list in a header": (asking({"type": "array", "items": TEXT}, "header"), "header"),
    "a style": (asking(TEXT, style="spaceDelimited"), "things.get: size: style is not supported"),
    "an integer enum": (asking({"type": "integer", "enum": [1]}), "ThingsGetSize: an enum of other values"),
    "an exclusive limit": (asking({"type": "integer", "exclusiveMinimum": 1}), "things.get: size: exclusiveMinimum"),
    "a pattern of JavaScript": (asking({"type": "string", "pattern": "(?<a>b)\\p{L}"}), "size: the pattern is not"),
    "a default response only": (answering({JSON: {"schema": REF}}, "default"), "things.get: no success status"),
    "a range of statuses": (answering({JSON: {"schema": REF}}, "2XX"), "things.get: 2XX: a range"),
    "a choice of answers": (answering({JSON: {"schema": REF}, "text/plain": {"schema": TEXT}}), "a choice of answers"),
    "an answer without a schema": (answering({JSON: {}}), "things.get: 200: an answer without a schema"),
    "headers of an answer": (answering({JSON: {"schema": REF}}, headers={"X": {"schema": TEXT}}), "200: headers is"),
    "events": (answering({"text/event-stream": {"schema": TEXT}}), "an answer of text/event-stream must be"),
    "a number as text": (
        answering({"text/plain": {"schema": {"type": "integer"}}}),
        "text/plain must be a plain string",
    ),
    "a picture as text": (answering({"image/png": {"schema": TEXT}}), "an answer of image/png must be binary"),
    "lines of JSON": (answering({"application/jsonl": {"schema": REF}}), "must be binary"),
    "a choice of bodies": (bodies({JSON: {"schema": REF}, "text/plain": {}}), "things.get: a choice of request bodies"),
    "a text body": (bodies({"text/plain": {"schema": TEXT}}), "things.get: a request body of text/plain"),
    "a patch body": (bodies({"application/merge-patch+json": {"schema": REF}}), "application/merge-patch+json"),
    "a list as a body": (
        bodies({JSON: {"schema": {"type": "array", "items": TEXT}}}),
        "things.get: a request body must be",
    ),
    "a free-form body": (
        bodies({JSON: {"schema": {"type": "object"}}}),
        "things.get: a request body without named fields",
    ),
    "an optional body that is needed": (
        {
            **(made := sending(TEXT, required=["field"])),
            "paths": {
                "/things": {
                    "post": {
                        **made["paths"]["/things"]["post"],
                        "requestBody": {"content": {JSON: {"schema": {"$ref": "#/components/schemas/Body"}}}},
                    }
                }
            },
        },
        "things.get: a request body that may be left out",
    ),
    "path and body alike": (both("thing_id", "thing"), "things.get: two arguments would be called 'thing'"),
    "an argument called like a helper": (sending(TEXT) | both("it", "write_string"), "write_string has the name"),
    "an argument called extra_body": (both("it", "extra_body"), "extra_body has the name"),
    "fields that become one": (
        having(TEXT) | spec(schemas={"Thing": {"type": "object", "properties": {"a-b": TEXT, "a_b": TEXT}}}),
        "Thing: a-b and a_b would both",
    ),
    "a field that is no name": (having(TEXT, "3d"), "Thing.3d: '3d' cannot be a Python name"),
    "a field with a quote": (having(TEXT, 'a"b'), "Thing: the name 'a\"b' is not supported"),
    "a required field that is none": (spec(schemas={"Thing": {**LEAF, "required": ["age"]}}), "Thing: age is required"),
    "a method and a resource": (named("models.versions", "models.versions.get"), "models: versions is there twice"),
    "an id that is there twice": (named("models.get", "models.get"), "models.get"),
    "an id in mixed case": (named("models.getAll"), "'models.getAll' is not in lower case"),
    "no id": (named(""), "GET /0 has no operationId"),
    "a resource that is a client's method": (named("run.get"), "the client: run is the facade's own method"),
    "a method that is a client's": (named("send"), "the client: send is the facade's own method"),
    "a method that the facade adds": (named("predictions.wait"), "predictions: wait is the facade's own method"),
    "resources of one class": (named("a.b.get", "a_b.get_it"), "two resources would be called a_b"),
    "a class of a resource": (
        spec(schemas={"AnswersResource": LEAF}),
        "AnswersResource: is the name of a resource's class too",
    ),
    "a path without its parameter": (at("/things/{id}"), "/things/{id}: has the parameters ['id'], but []"),
    "a parameter without its path": (at("/things", "id"), "but ['id'] are described"),
    "a path that is not closed": (at("/things/{id", "id"), "/things/{id: has the parameters []"),
    "a limit in the path": (
        at("/things/{id}", "id", schema={"type": "string", "maxLength": 5}),
        "id: maxLength in a path",
    ),
    "servers of a path": (
        spec(paths={"/things": {"servers": [], **operation()["/things"]}}),
        "/things: servers is not supported",
    ),
    "callbacks": (
        spec(paths={"/a": {"get": {"operationId": "a.b", "callbacks": {}}}}),
        "a.b: callbacks is not supported",
    ),
    "webhooks": ({**named("a.b"), "webhooks": {}}, "the document: webhooks is not supported"),
    "another authentication": (
        spec(paths=operation(), securitySchemes={"key": {"type": "apiKey"}}),
        "key: a security scheme other than",
    ),
    "a reference to nothing": (
        spec(paths={"/a": {"get": {"operationId": "a.b", "responses": json_answer("Gone")}}}),
        "Gone",
    ),
    "limits inside a sent object": (
        sending({"$ref": "#/components/schemas/Inner"})
        | {
            "components": {
                "schemas": {
                    "Body": {"type": "object", "properties": {"field": {"$ref": "#/components/schemas/Inner"}}},
                    "Inner": {"type": "object", "properties": {"size": {"type": "integer", "minimum": 1}}},
                }
            }
        },
        "things.get: field.size: minimum inside an object",
    ),
}


@pytest.mark.parametrize(("document", "message"), CASES.values(), ids=CASES)
def test_what_would_be_lost_is_refused_by_name(document: Document, message: str, tmp_path: Path) -> None:
    """The operation, the field, and what it is that is not supported."""
    assert message in refused(document, tmp_path)


@pytest.mark.parametrize(
    "name", ["None", "Exception", "True", "Any", "Operation", "Mapping", "Sequence", "my_schema", "3D"]
)
def test_a_schema_that_cannot_be_a_class_of_that_name_is_refused(name: str, tmp_path: Path) -> None:
    """Renamed in silence, it would be lost to whoever reads the spec."""
    assert refused(spec(schemas={name: LEAF}), tmp_path).startswith(f"{name}: ")


@pytest.mark.parametrize(
    "values", [[1, 2], ["a", None], ["a", 1], ["a-b", "a_b"], ["a", "A"], ["a", "a"], ["!", "?"]], ids=repr
)
def test_an_enum_whose_members_would_be_lost_is_refused(values: list[Any], tmp_path: Path) -> None:
    """Other values than texts, and values that become one member."""
    kind = {"type": "string", "enum": values}
    document = spec(
        schemas={"Thing": {"type": "object", "properties": {"kind": {"$ref": "#/components/schemas/Kind"}}}}
    )
    document["components"]["schemas"]["Kind"] = kind
    assert refused(document, tmp_path).startswith("Kind: ")
