"""Typed modules for tests: written from a schema, and imported as a program would."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from replicate_typed.typed_models import ModelReference
from replicate_typed.typegen import described, module_text
from replicate_typed.typegen.modules import Source

Schema = dict[str, Any]
_numbers = itertools.count()


def document(
    properties: Schema | None = None, *, required: list[str] | None = None, output: Schema | None = None, **more: Any
) -> Schema:
    """The OpenAPI document of a model with these inputs; `more` are schemas that it names."""
    given: Schema = {"type": "object", "properties": properties or {}, "required": required or []}
    schemas = {"Input": given, **more} | ({} if output is None else {"Output": output})
    return {"components": {"schemas": schemas}}


def text_of(document: Schema, *, model: str = "acme/model", module: str = "model", about: str = "") -> str:
    """The module of a model with this document."""
    return module_text(Source(model, module, None, model, about), described(document))


def imported(text: str) -> ModuleType:
    """A module of this text; annotations are found in it by its name, as in any module."""
    module = ModuleType(f"typed_module_{next(_numbers)}")
    sys.modules[module.__name__] = module
    exec(compile(text, module.__name__, "exec"), module.__dict__)
    return module


def reference_to(document: Schema) -> ModelReference[..., Any]:
    """The reference of the module of a model with this document."""
    found: ModelReference[..., Any] = imported(text_of(document)).model
    return found


def imported_file(path: Path) -> ModuleType:
    """The module in a file."""
    return imported(path.read_text(encoding="utf-8"))
