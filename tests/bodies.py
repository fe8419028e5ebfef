"""What the generated models are read from: the schemas of openapi.yaml, and bodies that fit them."""

from __future__ import annotations

from typing import Any

import yaml
from generating import SPEC
from strategies import Spec

from replicate_typed import models

DOCUMENT: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
SPEC_BODIES = Spec(DOCUMENT)
SCHEMAS = SPEC_BODIES.schemas
CLASSES: list[str] = [name for name in models.__all__ if SPEC_BODIES.is_class(name)]
ENUMS: list[str] = [name for name in models.__all__ if "enum" in SCHEMAS[name]]

URLS = {"get": "https://api.test/p/1", "cancel": "https://api.test/p/1/cancel"}
PREDICTION: dict[str, Any] = {
    "id": "p1",
    "version": "hidden",
    "status": "succeeded",
    "input": {"prompt": "a", "sizes": [1, 2]},
    "created_at": "2023-10-12T17:10:07.956869Z",
    "urls": URLS,
}


def model(name: str) -> Any:
    return getattr(models, name)


def smallest(schema: dict[str, Any]) -> Any:
    """A body with every field, each as simple as it can be."""
    schema, kind, _ = SPEC_BODIES.kind(schema)
    if kind == "object":
        return {name: smallest(field) for name, field in schema.get("properties", {}).items()}
    if kind == "array":
        return [smallest(schema["items"])]
    text = "2023-01-02T03:04:05Z" if schema.get("format") == "date-time" else schema.get("enum", ["text"])[0]
    return {"string": text, "integer": 3, "number": 1.5, "boolean": True, None: {"any": [1]}}[kind]
