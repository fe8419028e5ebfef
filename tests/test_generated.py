"""Nothing that openapi.yaml describes is missing in the generated code."""

from __future__ import annotations

import importlib
import inspect
import json
from typing import Any

import attrs
import httpx
import pytest
from bodies import CLASSES, ENUMS, SCHEMAS, smallest
from described import DOCUMENT, Described, operations, python_type
from strategies import Spec

from replicate_api.types import BinaryResponse, Operation
from replicate_typed import AsyncClient, Client, MockTransport, models

SPEC = Spec(DOCUMENT)
OPERATIONS = operations()
METHODS = [each for each in OPERATIONS if not each.node.get("x-facade")]


def resource_class(operation: Described, prefix: str, suffix: str) -> Any:
    """The class or the protocol that has the operation's method."""
    *resource, _ = operation.id.split(".")
    if not resource:
        return getattr(importlib.import_module("replicate_api.client"), f"{prefix}Api")
    module = importlib.import_module(f"replicate_api.api.{'_'.join(resource)}.resource")
    return getattr(module, f"{prefix}{''.join(word.capitalize() for word in resource)}{suffix}")


def answer_type(answer: dict[str, Any]) -> str:
    """The type of what an answer is read as."""
    for media, part in answer.get("content", {}).items():
        if media == "application/json":
            return python_type(SPEC, part["schema"])
        return "str" if media.startswith("text/") else "BinaryResponse"
    return "None"


def answer_of(status: int, answer: dict[str, Any]) -> httpx.Response:
    """An answer of the service, as small as it can be."""
    for media, part in answer.get("content", {}).items():
        body = smallest(part["schema"])
        text = json.dumps(body) if media == "application/json" else body
        return httpx.Response(status, headers={"content-type": media}, text=text)
    return httpx.Response(status)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_operation_is_a_function_with_every_parameter_and_field(operation: Described) -> None:
    """What is required has no default, and nothing has another default than None."""
    taken = dict(operation.signature.parameters)
    if operation.media == "application/json":
        assert taken.pop("extra_body").default is None
    assert taken.keys() == {*operation.path_arguments, *operation.arguments}
    for name, (_, required) in operation.arguments.items():
        assert taken[name].default is (inspect.Parameter.empty if required else None), name
    for name in operation.path_arguments:
        assert taken[name].default is inspect.Parameter.empty
        assert taken[name].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_argument_has_the_type_of_the_spec(operation: Described) -> None:
    """Times may be text, enums may be their values, lists and mappings of any kind will do."""
    for name, (schema, required) in operation.arguments.items():
        resolved, kind, _ = SPEC.kind(schema)
        items = SPEC.kind(resolved["items"])[0] if kind == "array" else {}
        expected = python_type(SPEC, schema).replace("list[", "Sequence[").replace("dict[", "Mapping[")
        expected = expected.replace("datetime", "datetime | str")
        if values := [*resolved.get("enum", []), *items.get("enum", [])]:
            expected = expected.rstrip("]") + f" | Literal[{', '.join(map(repr, values))}]" + "]" * expected.count("]")
        given = operation.signature.parameters[name].annotation.replace('"', "'")
        assert given == expected + ("" if required else " | None"), name


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_success_is_read_as_what_the_spec_says(operation: Described) -> None:
    """Each success status that is described, with the answer that is described for it."""
    types = list(dict.fromkeys(answer_type(answer) for answer in operation.answers.values()))
    assert operation.signature.return_annotation == f"Operation[{' | '.join(types)}]"
    for status, answer in operation.answers.items():
        value = operation.module._parse(answer_of(status, answer))
        name = answer_type(answer)
        if name == "None":
            assert value is None
        elif name.startswith("list["):
            assert {type(item).__name__ for item in value} == {name[5:-1]}
        else:
            assert type(value).__name__ == name


@pytest.mark.parametrize("operation", METHODS, ids=str)
@pytest.mark.parametrize("prefix", ["", "Async"])
def test_every_operation_is_a_method_of_both_colours_and_protocols(operation: Described, prefix: str) -> None:
    """The arguments are those of the function, and the docstring says what the spec says."""
    name = operation.id.rpartition(".")[2]
    owner = resource_class(operation, prefix, "Resource")
    for kind in [owner, *([resource_class(operation, prefix, "Protocol")] if "." in operation.id else [])]:
        method = getattr(kind, name)
        assert inspect.iscoroutinefunction(method) is (prefix == "Async")
        assert list(inspect.signature(method).parameters) == ["self", *operation.signature.parameters]
    text = " ".join((inspect.getdoc(getattr(owner, name)) or "").split())
    assert operation.node["summary"] in text
    for described in (operation.node, *operation.body.get("properties", {}).values()):
        assert " ".join(described["description"].split()) in text.replace("\\\\", "\\")
    assert operation.path in text


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_operation_hangs_on_both_clients_under_its_id(operation: Described) -> None:
    """`models.versions.get` is `client.models.versions.get`; those that the facade makes too."""
    for client in (Client(transport=MockTransport()), AsyncClient(transport=MockTransport())):
        found: Any = client
        for name in operation.id.split("."):
            found = getattr(found, name)
        assert callable(found)


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.node.get("x-facade")], ids=str)
def test_what_the_facade_makes_is_not_generated_as_a_method(operation: Described) -> None:
    """So that nothing is overridden with another signature."""
    owner = resource_class(operation, "", "Resource")
    assert not hasattr(owner, operation.id.rpartition(".")[2])


@pytest.mark.parametrize("name", CLASSES)
def test_every_field_of_an_answer_is_a_typed_attribute(name: str) -> None:
    """In the order of the spec; what may be absent may be None."""
    fields = {field.name: field for field in attrs.fields(getattr(models, name))}
    fields.pop("additional_properties")
    fields.pop("operation", None)
    assert list(fields) == list(SCHEMAS[name]["properties"])
    for field, schema in SCHEMAS[name]["properties"].items():
        expected = python_type(SPEC, schema)
        optional = not (SPEC.must(SCHEMAS[name], field) or field == "results" or expected == "Any")
        assert fields[field].type == f"{expected}{' | None' if optional else ''}", field
        assert (fields[field].default is attrs.NOTHING) is SPEC.must(SCHEMAS[name], field), field


@pytest.mark.parametrize("name", [*CLASSES, *ENUMS])
def test_every_class_says_what_the_spec_says(name: str) -> None:
    """Its docstring, and the text below each of its fields."""
    kind = getattr(models, name)
    text = " ".join(inspect.getsource(inspect.getmodule(kind) or kind).split()).replace("\\\\", "\\")
    for node in (SCHEMAS[name], *SCHEMAS[name].get("properties", {}).values()):
        assert " ".join(node["description"].split()) in text


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("account.get", "a model"),
        ("hardware.list", "an array of models"),
        ("predictions.list", "a page"),
        ("models.readme.get", "text"),
        ("files.download", "bytes"),
        ("models.versions.delete", "nothing, 202"),
        ("files.delete", "nothing, 204"),
        ("models.predictions.create", "several success statuses"),
        ("files.create", "a multipart request"),
        ("files.download", "no authentication"),
    ],
)
def test_every_kind_of_answer_is_in_the_spec(operation: str, kind: str) -> None:
    """The tests above would say nothing of a kind that no operation has."""
    found = next(each for each in OPERATIONS if each.id == operation)
    (status, answer), *others = found.answers.items()
    name = answer_type(answer)
    assert {
        "a model": name in CLASSES,
        "an array of models": name.startswith("list["),
        "a page": name.endswith("Page"),
        "text": name == "str",
        "bytes": name == BinaryResponse.__name__,
        "nothing, 202": (name, status) == ("None", 202),
        "nothing, 204": (name, status) == ("None", 204),
        "several success statuses": len(others) == 2,
        "a multipart request": found.media == "multipart/form-data",
        "no authentication": found.node.get("security") == [],
    }[kind]


def test_an_operation_is_a_plain_slotted_value_whose_repr_has_no_body() -> None:
    """What is sent may be secret."""
    made = Operation("a.b", "POST", "/a", lambda response: response.text, body={"input": "secret"})
    assert not hasattr(made, "__dict__")
    assert repr(made) == "<Operation a.b: POST /a>"
    with pytest.raises(AttributeError):
        made.__setattr__("extra", 1)
