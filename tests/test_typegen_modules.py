"""Typed modules as texts: what they say of a model, and how that is laid out."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from generating import ROOT
from typed_modules import document, imported, text_of

from replicate_typed import OutputFile

GOLDEN = Path(__file__).parent / "typed" / "drawing.py"
DRAWING = document(
    {
        "prompt": {"type": "string", "x-order": 0, "description": 'What to "draw"'},
        "image": {"type": "string", "format": "uri", "x-order": 1},
        "masks": {"type": "array", "items": {"type": "string", "format": "uri"}, "x-order": 2},
        "scheduler": {"allOf": [{"$ref": "#/components/schemas/scheduler"}], "default": "K_EULER", "x-order": 3},
        "size": {"enum": [f"{side}x{side}" for side in range(256, 2048, 128)], "default": "512x512", "x-order": 4},
        "steps": {"type": "integer", "minimum": 1, "maximum": 50, "default": 4, "x-order": 5, "description": "How"},
        "guidance": {"type": "number", "minimum": 0, "default": 7.5, "x-order": 6, "deprecated": True},
        "from": {"type": "string", "x-order": 7, "description": "Where to begin"},
        "api_key": {"type": "string", "format": "password", "default": "hidden", "x-order": 8},
        "negative_prompt": {"type": "string", "default": "ugly, " * 30 + "blurry", "x-order": 9},
        "options": {"type": "object", "x-order": 10},
    },
    required=["prompt", "masks"],
    scheduler={"type": "string", "enum": ["DDIM", "K_EULER"], "description": "An enumeration."},
    output={
        "type": "object",
        "required": ["images"],
        "properties": {
            "note": {"type": "string", "description": "What the model thought"},
            "images": {"type": "array", "items": {"type": "string", "format": "uri"}},
            "boxes": {"type": "array", "items": {"type": "object", "properties": {"class": {"type": "string"}}}},
        },
    },
)  # fmt: skip
ABOUT = "Draws what it is told to, slowly.\n\nNot for children."


def test_a_module_reads_as_if_a_person_had_written_it() -> None:
    """To the letter; this module is also what checkers look at."""
    text = text_of(DRAWING, model="acme/drawing", module="drawing", about=ABOUT)
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_a_module_is_formatted() -> None:
    """So that the formatter of a project that takes it in changes nothing."""
    assert ruff("format", "--check") == 0


def test_a_module_is_clean() -> None:
    """For ruff with the rules of this project."""
    assert ruff("check") == 0


def ruff(*command: str) -> int:
    program = [str(Path(sys.executable).with_name("ruff")), *command, "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run([*program, str(GOLDEN)], check=False).returncode


def test_an_input_has_the_default_of_the_model_in_its_signature() -> None:
    """As editors show it; one that its type does not allow is told of in words alone, and a secret's not at all."""
    properties = {
        "whole": {"type": "integer", "default": "four"},
        "items": {"type": "array", "default": ["a"]},
        "secret": {"type": "string", "x-cog-secret": True, "default": "hush"},
        "flag": {"type": "integer", "default": True},
        "choice": {"enum": [1, 2], "default": True},
        "infinite": {"type": "number", "default": float("inf")},
        "text": {"type": "string", "default": "a"},
    }
    text = text_of(document(properties))
    defaults = [
        ast.literal_eval(node.value)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.AnnAssign) and node.value
    ]
    assert defaults == [None, None, None, None, None, None, "a"]
    assert 'Default: ["a"].' in text
    assert "hush" not in text


def test_equal_objects_of_an_output_have_one_class() -> None:
    """And others have others, named by where they stand."""
    point: dict[str, Any] = {"type": "object", "properties": {"x": {"type": "number"}}}
    other: dict[str, Any] = {"type": "object", "properties": {"y": {"type": "number"}}}
    schema = {"type": "object", "properties": {"from": point, "to": point, "via": {"type": "array", "items": other}}}
    module = imported(text_of(document(output=schema)))
    output = module.model.read({"from": {"x": 1}, "to": {"x": 2}, "via": [{"y": 3}]}, OutputFile)
    assert type(output.from_) is type(output.to) is module.ModelOutputFrom
    assert isinstance(output.via[0], module.ModelOutputVia)


@pytest.mark.parametrize("name", ["define", "typing", "any", "class_", "file", "output", "model_reference", "self"])
def test_a_model_may_have_the_name_of_what_a_module_needs(name: str) -> None:
    """`acme/file` has no FileInput but the one for files."""
    properties = {"image": {"type": "string", "format": "uri"}, "n": {"type": "integer", "minimum": 1}}
    module = imported(text_of(document(properties), model=f"acme/{name}", module=name))
    assert getattr(module, name)(image=b"", n=1).input == {"image": b"", "n": 1}


def test_the_same_schema_makes_the_same_text() -> None:
    """Whatever the order of what is in it."""
    turned = {"components": {"schemas": dict(reversed(DRAWING["components"]["schemas"].items()))}}
    assert text_of(DRAWING) == text_of(turned)
