"""Names for the objects and enums that a spec describes in place, so that each becomes a class of its own."""

from __future__ import annotations

import copy
from typing import Any

from openapi_python_client.strings import ClassName

from .properties import UnsupportedSpecError, pascal
from .vocabulary import METHODS, TEXTS


def named(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which every object with fields, and every enum, stands under components/schemas.

    One that was described in place is called after its place: `PredictionMetrics` in `Prediction.metrics`,
    `PredictionsArchiveRequest`, `PredictionsArchiveResponse` and `PredictionsArchiveReason` (a parameter) in
    `predictions.archive`.
    """
    document = copy.deepcopy(document)
    naming = _Naming(document)
    for name, schema in list(naming.schemas.items()):
        naming.lift_inside(schema, name)
    components = document["components"]
    for name, parameter in components.get("parameters", {}).items():
        naming.lift(parameter, "schema", name)
    for kind, suffix in (("requestBodies", "Request"), ("responses", "Response")):
        for name, holder in components.get(kind, {}).items():
            naming.lift_media(holder, f"{name}{suffix}")
    for item in document.get("paths", {}).values():
        for operation in (item[method] for method in METHODS if method in item):
            owner = pascal(operation.get("operationId", ""))
            for parameter in [*item.get("parameters", []), *operation.get("parameters", [])]:
                naming.lift(parameter, "schema", f"{owner}{pascal(parameter.get('name', ''))}")
            naming.lift_media(operation.get("requestBody", {}), f"{owner}Request")
            for status, answer in operation.get("responses", {}).items():
                naming.lift_media(answer, f"{owner}Response{'' if str(status).startswith('2') else status}")
    return document


class _Naming:
    """The schemas that have a name, and how others come to one."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})

    def lift_media(self, holder: dict[str, Any], name: str) -> None:
        for part in holder.get("content", {}).values():
            self.lift(part, "schema", name)

    def lift(self, holder: Any, key: Any, name: str) -> None:
        """Give what `holder[key]` describes a name, if it needs one, and put a reference in its place."""
        schema: dict[str, Any] | None = holder.get(key) if isinstance(key, str) else holder[key]
        if schema is None or "$ref" in schema:
            return
        self.lift_inside(schema, name)
        if not ("properties" in schema or "enum" in schema):
            return
        kinds: Any = schema.get("type")
        is_nullable = not isinstance(kinds, str) and "null" in (kinds or ())
        if is_nullable:
            schema["type"] = next((kind for kind in kinds if kind != "null"), "null")
        name = str(ClassName(name, "field_"))
        if self.schemas.setdefault(name, schema) != schema:
            raise UnsupportedSpecError(f"{name}: two schemas would have this name; give one of them another")
        reference = {"$ref": f"#/components/schemas/{name}"}
        texts = {text: schema[text] for text in TEXTS & schema.keys()}
        holder[key] = {"oneOf": [reference, {"type": "null"}], **texts} if is_nullable else {**reference, **texts}

    def lift_inside(self, schema: dict[str, Any], name: str) -> None:
        for field in schema.get("properties", {}):
            self.lift(schema["properties"], field, f"{name}{pascal(field)}")
        self.lift(schema, "items", f"{name}Item")
        for choice in ("oneOf", "anyOf"):
            for index in range(len(schema.get(choice, []))):
                self.lift(schema[choice], index, name)
