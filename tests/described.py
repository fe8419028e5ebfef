"""openapi.yaml as tests of the generated code need it: its operations, and what each should become."""

from __future__ import annotations

import importlib
import inspect
import re
from dataclasses import dataclass
from typing import Any

import yaml
from generating import SPEC
from strategies import Schema, Spec

DOCUMENT: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


@dataclass(frozen=True)
class Described:
    """One operation of the spec."""

    path: str
    method: str
    node: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.node["operationId"])

    def __str__(self) -> str:
        return self.id

    @property
    def module(self) -> Any:
        *resource, _ = names = self.id.split(".")
        return importlib.import_module(f"replicate_api.api.{'_'.join(resource) or 'root'}.{'_'.join(names)}")

    @property
    def function(self) -> Any:
        return getattr(self.module, self.id.replace(".", "_"))

    @property
    def signature(self) -> inspect.Signature:
        return inspect.signature(self.function)

    @property
    def parameters(self) -> list[dict[str, Any]]:
        shared = DOCUMENT["paths"][self.path].get("parameters", [])
        return [reached(parameter) for parameter in [*shared, *self.node.get("parameters", [])]]

    @property
    def media(self) -> str | None:
        content = self.node.get("requestBody", {}).get("content", {})
        return next(iter(content), None)

    @property
    def body(self) -> Schema:
        """The schema of what is sent."""
        return {} if self.media is None else reached(self.node["requestBody"]["content"][self.media]["schema"])

    @property
    def answers(self) -> dict[int, dict[str, Any]]:
        """The successful ones, by status."""
        found = {status: reached(answer) for status, answer in self.node["responses"].items()}
        return {int(status): answer for status, answer in found.items() if str(status).startswith("2")}

    @property
    def path_arguments(self) -> dict[str, list[str]]:
        """What the path's variables are called as arguments: `{x_owner}/{x_name}` is one."""
        found: dict[str, list[str]] = {}
        for variable in re.findall(r"\{(\w+)\}", self.path):
            noun = re.sub("_(id|slug|owner|name)$", "", variable)
            found.setdefault(noun, []).append(variable)
        return found

    @property
    def arguments(self) -> dict[str, tuple[Schema, bool]]:
        """Schema, and whether it is required, of every argument that does not stand in the path."""
        found = {
            each["name"].lower().replace("-", "_"): (each["schema"], each.get("required", False))
            for each in self.parameters
            if each["in"] != "path"
        }
        required = self.body.get("required", [])
        return found | {name: (field, name in required) for name, field in self.body.get("properties", {}).items()}


def reached(node: dict[str, Any]) -> dict[str, Any]:
    """What a reference points at."""
    while "$ref" in node:
        target: Any = DOCUMENT
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def operations() -> list[Described]:
    return [
        Described(path, method, item[method])
        for path, item in DOCUMENT["paths"].items()
        for method in METHODS
        if method in item
    ]


def python_type(spec: Spec, schema: Schema) -> str:
    """The type of a field, apart from None."""
    named = next((each["$ref"] for each in (schema, *schema.get("oneOf", [])) if "$ref" in each), "")
    resolved, kind, _ = spec.kind(schema)
    if kind == "array":
        return f"list[{python_type(spec, resolved['items'])}]"
    if kind == "object":
        return named.rpartition("/")[2] if "properties" in resolved else "dict[str, Any]"
    if kind is None:
        return "Any"
    if "enum" in resolved:
        return str(named.rpartition("/")[2])
    formats = {"date-time": "datetime", "binary": "bytes | IO[bytes]"}
    return formats.get(resolved.get("format", ""), SCALARS[kind])
