"""The spec as the generator should see it, and the facts of it that the generator would lose."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from openapi_python_client.strings import PythonIdentifier

from .properties import UnsupportedSpecError
from .vocabulary import LIMITS, METHODS, check, resolve, schemas


class StrictLoader(yaml.SafeLoader):
    """Refuses a key that is there twice, of which YAML would keep the last one only."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise UnsupportedSpecError(f"line {node.start_mark.line + 1}: {', '.join(twice)} is there twice")
        return dict(super().construct_mapping(node, deep=deep))


def load(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), StrictLoader)
    return document


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which each operation is tagged with its resource, and nothing has a default or a title.

    A tag decides the folder that the generator writes to, and a title would rename a class. The defaults are the
    service's to apply: a client that sends them would freeze them.
    """
    check(document)
    prepared = copy.deepcopy(document)
    for _, _, operation in operations(prepared):
        operation["tags"] = [module_name(resource_path(operation["operationId"]))]
        operation["operationId"] = module_name(operation["operationId"].split("."))
        operation.setdefault("security", prepared.get("security", []))
        for answer in operation.get("responses", {}).values():
            _generalize(resolve(prepared, answer))
    for schema in schemas(prepared):
        schema.pop("default", None)
        schema.pop("title", None)
        if schema.get("format") == "uuid":
            del schema["format"]
    return prepared


def _generalize(answer: dict[str, Any]) -> None:
    """Bytes are bytes, whether they are a picture or an archive; the generator knows one media type for them."""
    for media, part in list(answer.get("content", {}).items()):
        if part.get("schema", {}).get("format") == "binary":
            answer["content"]["application/octet-stream"] = answer["content"].pop(media)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation: its path, its method, and its description."""
    return [
        (path, method, item[method]) for path, item in document["paths"].items() for method in METHODS if method in item
    ]


def resource_path(operation_id: str) -> tuple[str, ...]:
    """`("models", "versions")` of `models.versions.get`: where the method hangs on the client."""
    return tuple(operation_id.split(".")[:-1])


def module_name(path: Iterable[str]) -> str:
    """The module of a resource or an operation, as the generator will call it too."""
    return str(PythonIdentifier("_".join(path) or "root", "field_"))


def described(node: dict[str, Any], otherwise: str = "") -> str:
    """The spec's prose about a node."""
    text = node.get("description", "").strip() or otherwise.strip()
    return f"{text} Deprecated.".strip() if node.get("deprecated") else text


def without_null(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind references and a choice between it and null."""
    schema = resolve(document, schema)
    for option in [*schema.get("oneOf", []), *schema.get("anyOf", [])]:
        if option.get("type") != "null":
            return without_null(document, option)
    return schema


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
    """The limits that a schema sets on what may be sent, by their names in the spec; below `items`, those of items."""
    schema = without_null(document, schema)
    _refuse_inner_limits(document, schema, where, set())
    found = {name: schema[name] for name in sorted(LIMITS & schema.keys())}
    inner = limits(document, schema["items"], where) if "items" in schema else {}
    return {**found, "items": inner} if inner else found


def _refuse_inner_limits(document: dict[str, Any], schema: dict[str, Any], where: str, seen: set[int]) -> None:
    """Objects that are sent inside others are the caller's own, and are not checked."""
    if id(schema) in seen:
        return
    seen.add(id(schema))
    for name, field in schema.get("properties", {}).items():
        inner = without_null(document, field)
        while "items" in inner and not LIMITS & inner.keys():
            inner = without_null(document, inner["items"])
        if lost := LIMITS & inner.keys():
            raise UnsupportedSpecError(f"{where}.{name}: {', '.join(sorted(lost))} inside an object is not supported")
        _refuse_inner_limits(document, inner, f"{where}.{name}", seen)
