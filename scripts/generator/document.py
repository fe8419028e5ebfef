"""The spec as the generator should see it, and the facts of it that the generator would lose."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, cast

import yaml

from .properties import UnsupportedSpecError

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
CHECKED_LIMITS = {"minimum", "maximum", "minLength", "maxLength", "pattern"}
UNCHECKED_LIMITS = {
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
}


def load(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which each operation is tagged with its resource, and nothing has a default.

    A tag decides the folder that the generator writes to. The defaults are the service's to apply: a client that
    sends them would freeze them.
    """
    prepared = copy.deepcopy(document)
    for path, method, operation in operations(prepared):
        if "operationId" not in operation:
            raise UnsupportedSpecError(f"{method.upper()} {path} has no operationId")
        operation["tags"] = ["_".join(resource_path(operation["operationId"])) or "root"]
        operation.setdefault("security", prepared.get("security", []))
    _drop(prepared, "default", "uuid")
    return prepared


def _drop(node: Any, key: str, string_format: str) -> None:
    if isinstance(node, list):
        for item in cast("Any", node):
            _drop(item, key, string_format)
    elif isinstance(node, dict):
        node = cast("dict[str, Any]", node)
        if "schema" in node or "type" in node or "enum" in node:
            for schema in (node, node.get("schema", {})):
                if not isinstance(schema.get(key), dict) or "type" in schema:
                    schema.pop(key, None)
                if schema.get("format") == string_format:
                    del schema["format"]
        for child in node.values():
            _drop(child, key, string_format)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation: its path, its method, and its description."""
    for path, item in document["paths"].items():
        if lost := item.keys() - {*METHODS, "parameters", "summary", "description", "servers"}:
            raise UnsupportedSpecError(f"{path}: {', '.join(sorted(lost))} is not supported")
    return [
        (path, method, item[method]) for path, item in document["paths"].items() for method in METHODS if method in item
    ]


def resource_path(operation_id: str) -> tuple[str, ...]:
    """`("models", "versions")` of `models.versions.get`: where the method hangs on the client."""
    return tuple(operation_id.split(".")[:-1])


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` points at; other nodes as they are."""
    while "$ref" in node:
        target: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def parameters(document: dict[str, Any], path: str, operation: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The parameters of an operation, its path's among them, by place and name."""
    shared = document["paths"][path].get("parameters", [])
    resolved = [resolve(document, parameter) for parameter in [*shared, *operation.get("parameters", [])]]
    return {(parameter["in"], parameter["name"]): parameter for parameter in resolved}


def request_schema(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The schema of what an operation sends; empty when it sends nothing."""
    body = resolve(document, operation.get("requestBody", {}))
    for media in body.get("content", {}).values():
        return resolve(document, media["schema"])
    return {}


def limits(document: dict[str, Any], schema: dict[str, Any], where: str) -> dict[str, Any]:
    """The limits that a schema sets on what may be sent, by their names in the spec."""
    schema = resolve(document, schema)
    if lost := UNCHECKED_LIMITS & schema.keys():
        raise UnsupportedSpecError(f"{where}: {', '.join(sorted(lost))} is not supported")
    return {name: schema[name] for name in sorted(CHECKED_LIMITS & schema.keys())}
