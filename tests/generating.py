"""Specs for tests, and what is generated from them."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "openapi.yaml"
Document = dict[str, Any]


def command(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The generator, as scripts/regenerate runs it."""
    return python("-m", "scripts.generator", *arguments, cwd=cwd, paths=[ROOT], **environment)


def python(
    *arguments: str, paths: list[Path], cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A Python program that sees these folders first."""
    path = os.pathsep.join(map(str, paths))
    env = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=cwd, env=env, check=False)


def written(document: Document, folder: Path) -> Path:
    """The document as a file in the folder."""
    path = folder / "openapi.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def the_spec() -> Document:
    """A copy of openapi.yaml, to change."""
    document: Document = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
    return copy.deepcopy(document)


def spec(
    *,
    schemas: dict[str, Any] | None = None,
    paths: dict[str, Any] | None = None,
    **components: Any,
) -> Document:
    """A document with an operation for each schema, which answers it, and with other paths."""
    answers = {
        f"/answers/{name}": {"get": {"operationId": f"answers.get_{number}", "responses": json_answer(name)}}
        for number, name in enumerate(schemas or {})
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Test", "version": "1"},
        "servers": [{"url": "https://api.test/v1"}],
        "paths": {**answers, **(paths or {})},
        "components": {"schemas": schemas or {}, **components},
    }


def json_answer(name: str, status: str = "200") -> Document:
    return {
        status: {
            "description": "It.",
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        }
    }


def operation(**changes: Any) -> Document:
    """A GET /things that answers with nothing, and what else it is."""
    return {
        "/things": {"get": {"operationId": "things.get", "responses": {"204": {"description": "Done."}}, **changes}}
    }


def sending(field: Document, media: str = "application/json", **schema: Any) -> Document:
    """A POST /things whose body has one field, and what else its schema says."""
    body = {"required": True, "content": {media: {"schema": {"$ref": "#/components/schemas/Body"}}}}
    made = spec(paths=operation(requestBody=body))
    made["paths"]["/things"]["post"] = made["paths"]["/things"].pop("get")
    made["components"]["schemas"]["Body"] = {"type": "object", "properties": {"field": field}, **schema}
    return made


def asking(schema: Document, place: str = "query", name: str = "size", **parameter: Any) -> Document:
    """A GET /things with one parameter."""
    return spec(paths=operation(parameters=[{"name": name, "in": place, "schema": schema, **parameter}]))
