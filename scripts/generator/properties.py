"""How a field is typed, read and written: Python source for each kind of property that the generator knows."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import Any

from openapi_python_client.parser.properties import (
    AnyProperty,
    EnumProperty,
    ModelProperty,
    Property,
)
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty

SCALARS: dict[type, str] = {
    StringProperty: "string",
    IntProperty: "int",
    FloatProperty: "float",
    BooleanProperty: "bool",
}
PYTHON_TYPES: dict[type, str] = {
    StringProperty: "str",
    IntProperty: "int",
    FloatProperty: "float",
    BooleanProperty: "bool",
}
EXPECTED = {"string": "a string", "int": "an integer", "float": "a number", "bool": "true or false"}
UNLIKE = {
    "string": "not isinstance({0}, str)",
    "int": "type({0}) is not int",
    "float": "type({0}) is not float and type({0}) is not int",
    "bool": "not isinstance({0}, bool)",
}


class UnsupportedSpecError(Exception):
    """The spec asks for something that the generated code would lose; it says what and where."""


OCCUPIED = {
    *("additional_properties", "attribute", "builtins", "classmethod", "datetime", "from_dict", "operation", "self"),
    *("to_dict", "Any", "Mapping", "Operation"),
}
"""What fields cannot be called, for the class needs the name itself."""


def identifier(name: str) -> str:
    """The service's own name where Python allows it: `input` and `type` stay, `class` becomes `class_`."""
    name = name.lstrip("_")
    if not name.isidentifier():
        name = "".join(character if character.isalnum() else "_" for character in name).strip("_").lower()
    if not name.isidentifier():
        raise UnsupportedSpecError(f"{name!r} cannot be a Python name")
    return f"{name}_" if keyword.iskeyword(name) else name


def attribute_name(name: str) -> str:
    """What a field is called on its class: `operation` becomes `operation_`."""
    own = identifier(name)
    return f"{own}_" if own in OCCUPIED else own


def raw(value: Any) -> str:
    """The text behind the generator's marked strings."""
    return "" if value is None else str(getattr(value, "get_untrusted_value", lambda: value)())


def without_null(prop: PropertyProtocol) -> tuple[PropertyProtocol, bool]:
    """The property apart from null, and whether null was allowed."""
    if not isinstance(prop, UnionProperty):
        return prop, False
    kinds = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
    if len(kinds) != 1:
        raise UnsupportedSpecError(f"{raw(prop.name)}: a union of {len(kinds)} types is not supported")
    return kinds[0], len(kinds) < len(prop.inner_properties)


def is_mapping(prop: PropertyProtocol) -> bool:
    """Whether the property is an object without fields of its own: a free-form JSON object."""
    return isinstance(prop, ModelProperty) and not (prop.required_properties or prop.optional_properties)


def is_page(model: ModelProperty) -> bool:
    fields = {raw(prop.name): without_null(prop)[0] for prop in properties_of(model)}
    return isinstance(fields.get("results"), ListProperty) and "next" in fields


def properties_of(model: ModelProperty) -> list[Property]:
    return [*(model.required_properties or []), *(model.optional_properties or [])]


def in_order(model: ModelProperty, described: dict[str, Any]) -> list[Property]:
    """The properties in the order in which the spec describes them; the generator puts required ones first."""
    order = list(described)
    return sorted(properties_of(model), key=lambda prop: order.index(raw(prop.name)) if raw(prop.name) in order else -1)


def pascal(name: str) -> str:
    """`PredictionsGet` of `predictions.get`: the words of a name as a class has them."""
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"\W+|_", name))


def annotation(prop: PropertyProtocol) -> str:
    """The Python type, apart from None."""
    prop, _ = without_null(prop)
    if type(prop) in PYTHON_TYPES:
        return PYTHON_TYPES[type(prop)]
    match prop:
        case DateTimeProperty():
            return "datetime"
        case EnumProperty(value_type=kind) if kind is str:
            return str(prop.class_info.name)
        case ListProperty():
            return f"list[{item_annotation(prop.inner_property, annotation(prop.inner_property))}]"
        case AnyProperty():
            return "Any"
        case FileProperty():
            return "bytes | IO[bytes]"
        case ModelProperty():
            return "dict[str, Any]" if is_mapping(prop) else str(prop.class_info.name)
        case _:
            raise UnsupportedSpecError(f"{raw(prop.name)}: {type(prop).__name__} is not supported")


def item_annotation(prop: PropertyProtocol, type_: str) -> str:
    return f"{type_} | None" if without_null(prop)[1] and type_ != "Any" else type_


def argument_annotation(prop: PropertyProtocol) -> str:
    """The Python type that a caller may pass, apart from None."""
    prop, _ = without_null(prop)
    match prop:
        case DateTimeProperty():
            return "datetime | str"
        case EnumProperty():
            literals = ", ".join(f'"{value}"' for value in prop.values.values())
            return f"{annotation(prop)} | Literal[{literals}]"
        case ListProperty():
            return f"Sequence[{item_annotation(prop.inner_property, argument_annotation(prop.inner_property))}]"
        case ModelProperty() if is_mapping(prop):
            return "Mapping[str, Any]"
        case _:
            return annotation(prop)


@dataclass(frozen=True)
class Place:
    """Where a value stands, for an error's text: the source of its owner, and of its name or number there, if any."""

    owner: str
    name: str = ""

    def __str__(self) -> str:
        """Two arguments, put together only when something is wrong."""
        nameless = '""'
        return f"{self.owner}, {self.name or nameless}"

    @property
    def whole(self) -> str:
        return f"({self.owner}, {self.name})" if self.name else self.owner

    def item(self, index: str) -> Place:
        return Place(self.whole, index)


def read(prop: PropertyProtocol, place: Place, source: str, depth: int = 0) -> str:
    """An expression that reads `source`, which is not null, or raises."""
    prop, _ = without_null(prop)
    if type(prop) in SCALARS:
        return f"read_{SCALARS[type(prop)]}({place}, {source})"
    match prop:
        case DateTimeProperty():
            return f"read_time({place}, {source})"
        case EnumProperty():
            return f"read_enum({place}, {source}, {annotation(prop)})"
        case AnyProperty():
            return source
        case ListProperty():
            items, index, item = f"read_list({place}, {source})", f"index{depth or ''}", f"item{depth or ''}"
            inner = read(prop.inner_property, place.item(index), item, depth + 1)
            if without_null(prop.inner_property)[1]:
                inner = f"None if {item} is None else {inner}"
            return items if inner == item else f"[{inner} for {index}, {item} in enumerate({items})]"
        case ModelProperty() if is_mapping(prop):
            return f"read_object({place}, {source})"
        case ModelProperty():
            return f"{annotation(prop)}.from_dict({source}, {place.whole})"
        case _:
            raise UnsupportedSpecError(f"{raw(prop.name)}: {type(prop).__name__} in an answer is not supported")


def expected(prop: PropertyProtocol) -> tuple[str, str] | None:
    """For a scalar or a free-form object: the condition under which a value is not one, and the words for it."""
    prop, _ = without_null(prop)
    if is_mapping(prop):
        return "not isinstance({0}, dict)", "an object"
    scalar = SCALARS.get(type(prop))
    return (UNLIKE[scalar], EXPECTED[scalar]) if scalar else None


def write(prop: PropertyProtocol, source: str, name: str) -> str:
    """An expression that turns a model's attribute, which is not None, into JSON."""
    prop, _ = without_null(prop)
    match prop:
        case DateTimeProperty():
            return f'write_time("{name}", {source})'
        case EnumProperty():
            return f"str({source})"
        case ModelProperty() if not is_mapping(prop):
            return f"{source}.to_dict()"
        case ListProperty():
            inner = write(prop.inner_property, "item", name)
            if inner != "item" and without_null(prop.inner_property)[1]:
                inner = f"None if item is None else {inner}"
            return f"list({source})" if inner == "item" else f"[{inner} for item in {source}]"
        case _:
            return source


def inner_models(prop: PropertyProtocol) -> list[ModelProperty | EnumProperty]:
    """The classes that a property names."""
    match prop:
        case UnionProperty():
            return [model for inner in prop.inner_properties for model in inner_models(inner)]
        case ListProperty():
            return inner_models(prop.inner_property)
        case EnumProperty():
            return [prop]
        case ModelProperty() if not is_mapping(prop):
            return [prop]
        case _:
            return []
