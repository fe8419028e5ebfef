"""What of OpenAPI the generator understands. Anything else is refused, with its place, before it could be lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from openapi_python_client.strings import ClassName

from .properties import UnsupportedSpecError, attribute_name

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
TEXTS = {"summary", "description", "externalDocs", "example", "examples", "$comment"}
DOCUMENT = TEXTS | {"openapi", "info", "servers", "security", "tags", "paths", "components"}
COMPONENTS = {"schemas", "parameters", "responses", "requestBodies", "securitySchemes", "examples"}
PATH_ITEM = TEXTS | {*METHODS, "parameters"}
OPERATION = TEXTS | {"operationId", "tags", "parameters", "requestBody", "responses", "security", "deprecated"}
PARAMETER = TEXTS | {"name", "in", "required", "schema", "deprecated"}
BODY = TEXTS | {"required", "content"}
ANSWER = TEXTS | {"content"}
MEDIA = TEXTS | {"schema"}
LIMITS = {"minimum", "maximum", "minLength", "maxLength", "pattern", "uniqueItems"}
REFERENCE = TEXTS | {"$ref", "default", "deprecated", "title"}
CHOICE = TEXTS | {"oneOf", "anyOf", "default", "deprecated", "title"}
KINDS = {"type", "format", "enum", "items", "properties", "required", "additionalProperties"}
SCHEMA = TEXTS | KINDS | LIMITS | {"default", "deprecated", "title"}
TYPES = {"string", "integer", "number", "boolean", "array", "object", "null"}

FITTING = {
    "string": {"minLength", "maxLength", "pattern"},
    "integer": {"minimum", "maximum"},
    "number": {"minimum", "maximum"},
    "array": {"uniqueItems"},
}
"""The limits that say something about values of a type."""

USED_NAMES = {
    *("Any", "Api", "AsyncApi", "AsyncSender", "BinaryResponse", "HasId", "HasSlug", "IO", "Literal", "Mapping"),
    *("OpenStrEnum", "Operation", "Owned", "Part", "Protocol", "QueryValue", "Response", "Sender", "Sequence", "T"),
    "Where",
}
"""Names that generated modules need for something else than a schema."""


def check(document: dict[str, Any]) -> None:
    """Raise for the first thing that would be lost."""
    _known("the document", document, DOCUMENT)
    components = document.get("components", {})
    _known("components", components, COMPONENTS)
    for name, scheme in components.get("securitySchemes", {}).items():
        if (scheme.get("type"), str(scheme.get("scheme")).lower()) != ("http", "bearer"):
            raise UnsupportedSpecError(f"{name}: a security scheme other than a bearer token is not supported")
    for name, schema in components.get("schemas", {}).items():
        _check_component(name, schema)
    for name, parameter in components.get("parameters", {}).items():
        _check_parameter(name, parameter)
    for name, body in components.get("requestBodies", {}).items():
        _check_body(name, body)
    for path, item in document.get("paths", {}).items():
        _known(path, item, PATH_ITEM)
        for parameter in item.get("parameters", []):
            _check_parameter(path, parameter)
        for method in METHODS:
            if method in item:
                _check_operation(document, f"{method.upper()} {path}", item[method])
                _check_path(document, path, [*item.get("parameters", []), *item[method].get("parameters", [])])
    for schema in schemas(document):
        resolve(document, schema)


def schemas(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema of a document, those inside others too."""
    components = document.get("components", {})
    roots = list(components.get("schemas", {}).values())
    holders = [
        each for kind in ("parameters", "responses", "requestBodies") for each in components.get(kind, {}).values()
    ]
    for item in document.get("paths", {}).values():
        holders += item.get("parameters", [])
        for operation in (item[method] for method in METHODS if method in item):
            holders += [*operation.get("parameters", []), operation.get("requestBody", {})]
            holders += operation.get("responses", {}).values()
    for holder in holders:
        roots += [part["schema"] for part in (holder, *holder.get("content", {}).values()) if "schema" in part]
    for root in roots:
        yield from (schema for _, schema in nested("", root))


def nested(where: str, schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and those inside it, with their places."""
    yield where, schema
    inner = [(f"{where}.{name}", each) for name, each in schema.get("properties", {}).items()]
    inner += [(f"{where}[]", schema["items"])] if "items" in schema else []
    inner += [
        (where, each) for key in ("oneOf", "anyOf", "allOf") for each in schema.get(key, []) if each != {"type": "null"}
    ]
    for place, each in inner:
        yield from nested(place, each)


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` points at; other nodes as they are."""
    while "$ref" in node:
        target: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            if key not in target:
                raise UnsupportedSpecError(f"{node['$ref']} is not there")
            target = target[key]
        node = target
    return node


def _known(where: str, node: dict[str, Any], keys: Iterable[str]) -> None:
    if lost := [str(key) for key in node if key not in keys and not str(key).startswith("x-")]:
        raise UnsupportedSpecError(f"{where}: {', '.join(sorted(lost))} is not supported")


def _check_operation(document: dict[str, Any], where: str, operation: dict[str, Any]) -> None:
    name = operation.get("operationId")
    if not name:
        raise UnsupportedSpecError(f"{where} has no operationId")
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", name):
        raise UnsupportedSpecError(f"{where}: the operationId {name!r} is not in lower case, with dots between names")
    _known(name, operation, OPERATION)
    for parameter in operation.get("parameters", []):
        _check_parameter(name, parameter)
    _check_body(name, operation.get("requestBody", {}))
    for status, answer in operation.get("responses", {}).items():
        _check_answer(f"{name}: {status}", str(status), resolve(document, answer))


def _check_path(document: dict[str, Any], path: str, parameters: list[dict[str, Any]]) -> None:
    resolved = [resolve(document, parameter) for parameter in parameters]
    described = sorted({parameter["name"] for parameter in resolved if parameter["in"] == "path"})
    variables = sorted(re.findall(r"\{(\w+)\}", path))
    if variables != described or re.search("[{}]", re.sub(r"\{\w+\}", "", path)):
        raise UnsupportedSpecError(f"{path}: has the parameters {variables}, but {described} are described")


def _check_parameter(where: str, parameter: dict[str, Any]) -> None:
    if "$ref" in parameter:
        return
    where = f"{where}: {parameter['name']}"
    _known(where, parameter, PARAMETER)
    _check_names(where, [parameter["name"]])
    if parameter["in"] not in {"path", "query", "header"}:
        raise UnsupportedSpecError(f"{where}: {parameter['in']} parameters are not supported")
    if "schema" not in parameter:
        raise UnsupportedSpecError(f"{where}: a parameter without a schema is not supported")
    _check_schema(where, parameter["schema"])
    if parameter["in"] == "path" and (odd := parameter["schema"].keys() - TEXTS - {"type", "format"}):
        raise UnsupportedSpecError(f"{where}: {', '.join(sorted(odd))} in a path parameter is not supported")


def _check_body(where: str, body: dict[str, Any]) -> None:
    if not body or "$ref" in body:
        return
    _known(f"{where}: the request body", body, BODY)
    content = body.get("content", {})
    if len(content) != 1:
        raise UnsupportedSpecError(f"{where}: a choice of request bodies is not supported")
    for media, part in content.items():
        if media not in {"application/json", "multipart/form-data"}:
            raise UnsupportedSpecError(f"{where}: a request body of {media} is not supported")
        _known(f"{where}: the request body", part, MEDIA)
        _check_schema(f"{where}: the request body", part["schema"])


def _check_answer(where: str, status: str, answer: dict[str, Any]) -> None:
    contents = answer.get("content", {})
    for part in contents.values():
        if "schema" in part:
            _check_schema(where, part["schema"])
    if not status.startswith("2"):
        return
    _known(where, answer, ANSWER)
    if not status.isdigit():
        raise UnsupportedSpecError(f"{where}: a range of success statuses is not supported")
    if len(contents) > 1:
        raise UnsupportedSpecError(f"{where}: a choice of answers is not supported")
    for media, part in contents.items():
        _known(where, part, MEDIA)
        schema, kind = part.get("schema", {}), media.partition(";")[0]
        if "schema" not in part:
            raise UnsupportedSpecError(f"{where}: an answer without a schema is not supported")
        is_binary = (schema.get("type"), schema.get("format")) == ("string", "binary")
        is_json, is_text = re.fullmatch(r"application/(.+\+)?json", kind), kind.startswith("text/")
        if is_text and (schema.get("type") != "string" or kind == "text/event-stream" or is_binary):
            raise UnsupportedSpecError(f"{where}: an answer of {media} must be a plain string")
        if is_binary == bool(is_json) and not is_text:
            raise UnsupportedSpecError(f"{where}: an answer of {media} must be {'JSON' if is_json else 'binary'}")


def _check_component(name: str, schema: dict[str, Any]) -> None:
    is_class = "properties" in schema or "enum" in schema
    if is_class and str(ClassName(name, "field_")) != name:
        raise UnsupportedSpecError(f"{name}: cannot be the name of a class; call it {ClassName(name, 'field_')}")
    if is_class and name in USED_NAMES:
        raise UnsupportedSpecError(f"{name}: is the name of something else in the generated code")
    _check_schema(name, schema)


def _check_schema(where: str, schema: dict[str, Any]) -> None:
    for place, each in nested(where, schema):
        if "$ref" in each:
            _known(place, each, REFERENCE)
            if not re.fullmatch(r"#/components/schemas/[^/]+", each["$ref"]):
                raise UnsupportedSpecError(f"{place}: a reference to {each['$ref']} is not supported")
        elif "oneOf" in each or "anyOf" in each:
            _known(place, each, CHOICE)
            options = [*each.get("oneOf", []), *each.get("anyOf", [])]
            if len(options) != 2 or options.count({"type": "null"}) != 1:
                raise UnsupportedSpecError(f"{place}: a union of types is not supported, but for one type and null")
        else:
            _known(place, each, SCHEMA)
            _check_kind(place, each)


def _check_kind(where: str, schema: dict[str, Any]) -> None:
    kinds = schema["type"] if isinstance(schema.get("type"), list) else [schema.get("type", "any")]
    apart = [kind for kind in kinds if kind != "null"] or kinds
    if len(apart) != 1 or apart[0] not in TYPES | {"any"}:
        raise UnsupportedSpecError(f"{where}: a union of types is not supported, but for one type and null")
    if apart == ["null"]:
        raise UnsupportedSpecError(f"{where}: a value that is always null is not supported")
    if (lost := (KINDS | LIMITS) & schema.keys() - {"type"}) and apart == ["any"]:
        raise UnsupportedSpecError(f"{where}: {', '.join(sorted(lost))} without a type is not supported")
    if apart == ["array"] and "items" not in schema:
        raise UnsupportedSpecError(f"{where}: an array without items is not supported")
    if isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]:
        raise UnsupportedSpecError(f"{where}: additionalProperties of a type are not supported")
    _check_limits(where, apart[0], schema)
    if "enum" in schema:
        _check_enum(where, schema)
    fields = schema.get("properties", {})
    if lost := set(schema.get("required", [])) - fields.keys():
        raise UnsupportedSpecError(f"{where}: {', '.join(sorted(lost))} is required, but is not a field")
    _check_names(where, list(fields))


def _check_limits(where: str, kind: str, schema: dict[str, Any]) -> None:
    is_special = "enum" in schema or schema.get("format") in {"date-time", "binary"}
    if lost := LIMITS & schema.keys() - (set() if is_special else FITTING.get(kind, set())):
        raise UnsupportedSpecError(f"{where}: {', '.join(sorted(lost))} of such a value is not supported")
    try:
        re.compile(schema.get("pattern", ""))
    except re.error as error:
        raise UnsupportedSpecError(f"{where}: the pattern is not one for Python: {error}") from None


def _check_enum(where: str, schema: dict[str, Any]) -> None:
    values: list[Any] = schema["enum"]
    if schema.get("type") != "string" or not all(isinstance(value, str) for value in values):
        raise UnsupportedSpecError(f"{where}: an enum of other values than strings is not supported")
    members = [re.sub(r"\W|_", "", value).lower() for value in values]
    if twice := sorted({value for value, member in zip(values, members, strict=True) if members.count(member) > 1}):
        raise UnsupportedSpecError(f"{where}: {', '.join(twice)} would be one member of the enum")


def _check_names(where: str, names: list[str]) -> None:
    made: dict[str, str] = {}
    for name in names:
        if re.search(r"""[\x00-\x1f"'\\{}]""", name):
            raise UnsupportedSpecError(f"{where}: the name {name!r} is not supported")
        try:
            own = attribute_name(name)
        except UnsupportedSpecError as error:
            raise UnsupportedSpecError(f"{where}.{name}: {error}") from None
        if own in made:
            raise UnsupportedSpecError(f"{where}: {made[own]} and {name} would both be called {own!r}")
        made[own] = name
