"""What the files of tests/typing speak of: everything that is public, so that no type can change unseen."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import replicate_typed
from replicate_typed import AsyncClient, Client, MockTransport, OutputFile, Run

FILES = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(__file__).with_name("typing").glob("*.py")]
FUNCTIONS = [
    node for file in FILES for node in ast.walk(file) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]


def dotted(node: ast.AST) -> str:
    """`client.models.get`; empty if it is something else."""
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return node.id if isinstance(node, ast.Name) else ""


def class_in(annotation: ast.expr) -> str:
    """`Run`, of `Run[str]`, too."""
    return dotted(annotation.value if isinstance(annotation, ast.Subscript) else annotation)


def asserted(kind: type) -> set[str]:
    """What is asserted of the parameters that are annotated with this class, without the parameter's name."""
    found: set[str] = set()
    for function in FUNCTIONS:
        parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        names = {each.arg for each in parameters if each.annotation and class_in(each.annotation) == kind.__name__}
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and dotted(call.func) == "assert_type":
                words = [dotted(node).partition(".") for node in ast.walk(call.args[0])]
                found |= {rest for name, _, rest in words if name in names}
    return found


def methods(owner: object) -> Iterator[str]:
    """The public methods of a client, and those of its resources."""
    for name in dir(owner):
        if name.startswith("_"):
            continue
        value = getattr(owner, name)
        if inspect.ismethod(value):
            yield name
        elif type(value).__module__.startswith("replicate"):
            yield from (f"{name}.{inner}" for inner in methods(value))


def test_every_public_name_has_its_types_checked() -> None:
    """A name that is added is missed here, until a file says what its type is."""
    used = {dotted(node) for file in FILES for node in ast.walk(file)}
    named = {name.removeprefix("replicate_typed.").partition(".")[0] for name in used}
    assert set(replicate_typed.__all__) - named == set()


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_every_method_of_a_client_has_its_type_checked(kind: type[Client | AsyncClient]) -> None:
    """In its own colour, and those of the resources, too."""
    found = set(methods(kind(transport=MockTransport())))
    assert len(found) > 40
    assert found - asserted(kind) == set()


CLASSES = [kind for name in replicate_typed.__all__ if inspect.isclass(kind := getattr(replicate_typed, name))]


def members(kind: type) -> set[str]:
    """What a public class adds to the public ones that it is made of; the values of an enum apart."""
    homes = [base for base in kind.__mro__ if base is kind or base not in CLASSES]
    names = {name for home in homes if home.__module__.startswith("replicate") for name in vars(home)}
    return {name for name in names - set(getattr(kind, "__members__", ())) if not name.startswith("_")}


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if not issubclass(kind, Client | AsyncClient)])
def test_everything_of_a_public_class_has_its_type_checked(kind: type) -> None:
    """Its fields, its properties and its methods."""
    assert members(kind) - asserted(kind) == set()


def test_members_are_found() -> None:
    """The tests above would miss nothing in a class that has nothing."""
    assert {"id", "result", "stream"} < members(Run)
    assert {"handle_request", "reply", "fail"} < members(MockTransport)
    assert {"asave", "media_type"} < members(OutputFile)
    assert sum(len(members(kind)) for kind in CLASSES) > 180
