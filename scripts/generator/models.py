"""What each schema becomes: the fields of its class, and the statements that read and write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from openapi_python_client.parser.properties import AnyProperty, EnumProperty, ModelProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .document import described
from .properties import (
    Place,
    UnsupportedSpecError,
    annotation,
    attribute_name,
    expected,
    in_order,
    inner_models,
    is_page,
    properties_of,
    raw,
    read,
    without_null,
    write,
)


@dataclass
class Field:
    """One field of a model."""

    name: str
    wire_name: str
    declaration: str
    description: str
    reading: list[str]
    """Statements that put the value into the object that is `made`."""
    writing: str
    is_always_written: bool


def fields(model: ModelProperty, schema_fields: dict[str, Any], shadowed: AbstractSet[str]) -> list[Field]:
    """The fields of a model in the order of the spec, where they are described."""
    props = in_order(model, schema_fields)
    secrets = {name for name, schema in schema_fields.items() if schema.get("format") == "password"}
    fields = [_field(model, prop, shadowed, is_secret=raw(prop.name) in secrets) for prop in props]
    classes = {str(inner.class_info.name) for prop in props for inner in inner_models(prop)}
    if taken := classes & {field.name for field in fields}:
        raise UnsupportedSpecError(f"{model.class_info.name}: the field {', '.join(taken)} is called like a class")
    for field in fields:  # the generator gives a field that is a reference the description of what it refers to
        field.description = described(schema_fields.get(field.wire_name, {}), field.description)
    return fields


def field_names(model: ModelProperty) -> set[str]:
    return {attribute_name(raw(prop.name)) for prop in properties_of(model)}


def _field(model: ModelProperty, prop: PropertyProtocol, shadowed: AbstractSet[str], *, is_secret: bool) -> Field:
    wire_name = raw(prop.name)
    name = attribute_name(wire_name)
    place = Place("field", f'"{wire_name}"')
    kind, nullable = without_null(prop)
    if isinstance(kind, FileProperty):
        raise UnsupportedSpecError(f"{model.class_info.name}.{name}: bytes inside JSON are not supported")
    source = f'rest.pop("{wire_name}", None)'
    type_ = unshadowed(annotation(prop), shadowed)
    is_results = is_page(model) and isinstance(kind, ListProperty) and wire_name == "results"
    is_required = prop.required and not nullable and not isinstance(kind, AnyProperty)
    if is_results:
        declaration = f"{name}: {type_} = field(factory=lambda: [])"
        reading = [f"value = {source}", f"made.{name} = [] if value is None else {read(prop, place, 'value')}"]
    else:
        declaration = _declaration(name, type_, is_required, is_secret)
        reading = _reading(prop, place, f"made.{name}", source, is_required)
    return Field(
        name=name,
        wire_name=wire_name,
        declaration=declaration,
        description=raw(prop.description),
        reading=reading,
        writing=write(prop, f"self.{name}", name),
        is_always_written=is_results or is_required,
    )


def _declaration(name: str, type_: str, is_required: bool, is_secret: bool) -> str:
    if is_required:
        return f"{name}: {type_}{' = field(repr=False)' if is_secret else ''}"
    default = "field(default=None, repr=False)" if is_secret else "None"
    return f"{name}: {type_}{'' if type_ == 'Any' else ' | None'} = {default}"


def _reading(prop: PropertyProtocol, place: Place, target: str, source: str, is_required: bool) -> list[str]:
    kind, _ = without_null(prop)
    if isinstance(kind, AnyProperty):
        return [f"{target} = {source}"]
    if scalar := expected(prop):
        condition, words = scalar
        unlike = condition.format("value")
        if not is_required:
            unlike = f"value is not None and {f'({unlike})' if ' and ' in unlike else unlike}"
        return [
            f"value = {source}",
            f"if {unlike}:",
            f'    raise wrong({place}, "{words}", value)',
            f"{target} = value",
        ]
    if is_required:
        return [f"{target} = {read(prop, place, source)}"]
    return [f"value = {source}", f"{target} = None if value is None else {read(prop, place, 'value')}"]


def unshadowed(type_: str, shadowed: AbstractSet[str]) -> str:
    """The type, with the built-in names that the class itself uses for something else spelt in full."""
    for name in sorted(shadowed & {"str", "int", "float", "bool", "list", "dict", "bytes"}):
        type_ = re.sub(rf"""(?<![\w."'])({name})(?![\w"'])""", r"builtins.\1", type_)
    return type_


def kept(models: Iterable[ModelProperty], used: Iterable[ModelProperty | EnumProperty]) -> set[str]:
    """The names of the classes that answers and arguments speak of, and of all that these speak of."""
    by_name = {str(model.class_info.name): model for model in models}
    names: set[str] = set()
    pending = [str(model.class_info.name) for model in used]
    while pending:
        name = pending.pop()
        if name in names:
            continue
        names.add(name)
        if name in by_name:
            pending += [
                str(inner.class_info.name) for prop in properties_of(by_name[name]) for inner in inner_models(prop)
            ]
    return names
