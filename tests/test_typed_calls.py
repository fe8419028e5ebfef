"""References to typed models, and calls of them that are ready to run: values like others."""

from __future__ import annotations

import inspect
import pickle
import pydoc
import subprocess
import sys
from typing import Any

import attrs
from generating import ROOT
from serving import environment_with
from typed.drawing import DrawingInput, DrawingOutput, drawing

from replicate_typed.output_files import OutputFile
from replicate_typed.typed_models import ModelReference, Output

pinned = ModelReference("acme/drawing", DrawingInput, Output[DrawingOutput], "abc")


def test_calls_with_the_same_input_are_equal() -> None:
    """Of the same model and version."""
    assert drawing(prompt="a", masks=[]) == drawing(prompt="a", masks=[], image=None)
    assert drawing(prompt="a", masks=[]) != drawing(prompt="b", masks=[])
    assert drawing(prompt="a", masks=[]) != pinned(prompt="a", masks=[])
    assert {drawing, pinned, ModelReference("acme/drawing", DrawingInput, Output[DrawingOutput])} == {drawing, pinned}


def test_a_reference_and_a_call_travel_between_processes() -> None:
    """Also after they were used."""
    call = drawing(prompt="a", masks=[])
    assert pickle.loads(pickle.dumps(drawing)) == drawing
    copied = pickle.loads(pickle.dumps(call))
    assert copied == call
    assert copied.model.read({"images": []}, OutputFile) == DrawingOutput(images=[])


def test_reprs_say_what_is_called() -> None:
    """Shortly."""
    assert str(drawing) == "acme/drawing"
    assert str(pinned) == "acme/drawing:abc"
    assert repr(pinned) == "<ModelReference acme/drawing:abc>"
    shown = repr(drawing(prompt="a" * 1000, masks=[b"x" * 1000]))
    assert shown.startswith("<ModelCall acme/drawing(prompt='aaa")
    assert len(shown) < 200


def test_help_tells_of_the_model() -> None:
    """Of its inputs with their defaults, in its own words and in those of its author."""
    assert list(inspect.signature(drawing).parameters)[:3] == ["prompt", "masks", "image"]
    assert inspect.signature(drawing).parameters["steps"].default == 4
    assert inspect.signature(drawing).return_annotation == "ModelCall"
    text = pydoc.plain(pydoc.render_doc(drawing))
    assert text.index("Draws what it is told to, slowly.") < text.index("Args:") < text.index("prompt: ")
    assert "        steps: a whole number from 1 to 50\n            " in text
    assert "Call it with the model's input" in (ModelReference.__doc__ or "")


def test_help_does_without_the_source() -> None:
    """Of a class that was made at a prompt, what its inputs take is known all the same."""
    typed: dict[str, Any] = {"attrs": attrs}
    exec("@attrs.define(kw_only=True)\nclass Made:\n    prompt: str\n    steps: int = 4\n", typed)
    reference = ModelReference("acme/made", typed["Made"], Output[str])
    assert pydoc.getdoc(reference).endswith("Args:\n    prompt: a str; required\n    steps: a whole number")


def test_a_typed_module_imports_little() -> None:
    """No HTTP, no event loop, no client, and nothing that it needs only when it is called."""
    program = "import sys, typed.drawing; print(*sys.modules)"
    environment = environment_with()
    environment["PYTHONPATH"] += f":{ROOT / 'tests'}"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    loaded = set(done.stdout.split())
    assert "replicate_typed.typed_models" in loaded
    heavy = {"httpx", "anyio", "asyncio", "pathlib", "json", "replicate_typed.typed_models.inputs", "replicate_api"}
    assert not loaded & heavy


def test_a_call_is_cheap() -> None:
    """It looks at what is given, and makes nothing anew: a few dozen steps of Python, which take microseconds."""
    steps = 0

    def count(*_: object) -> Any:
        nonlocal steps
        steps += 1
        return count

    drawing(prompt="a", masks=[], steps=5, size="512x512", guidance=7.5)
    before = sys.gettrace()
    sys.settrace(count)
    try:
        drawing(prompt="a", masks=[], steps=5, size="512x512", guidance=7.5)
    finally:
        sys.settrace(before)
    assert 0 < steps < 200
