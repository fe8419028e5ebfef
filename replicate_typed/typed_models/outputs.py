"""The reading of a typed model's output: the service's JSON becomes what the annotation says."""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    TypeAlias,
    TypeGuard,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from replicate_typed.typed_models.annotations import Meaning, WireName
from replicate_typed.typed_models.inputs import marks_of, shown

if TYPE_CHECKING:
    from replicate_typed.output_files import OutputFile

MakeFile: TypeAlias = "Callable[[str], OutputFile]"
"""What becomes of the URL of a file."""
OutputReader: TypeAlias = "Callable[[Any, str, MakeFile], Any]"
"""The object for a JSON value; raises ValueError that calls the value by the name in the second argument."""

REST = "additional_properties"
"""The attribute for what an object has beyond its fields."""


def reader_of(annotation: Any) -> OutputReader:
    """The reader of what has this annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if Meaning.CONCATENATED in annotation.__metadata__:
            return _concatenated
        if Meaning.OUTPUT_FILE in annotation.__metadata__:
            return _file
        return reader_of(annotation.__origin__)
    if origin in (Union, UnionType):
        return _any_of([reader_of(option) for option in arguments])
    if origin is Literal:
        return _choice(arguments)
    if origin is list:
        return _list(reader_of(arguments[0]))
    if origin is dict:
        return _mapping(reader_of(arguments[1]))
    if annotation is Any:
        return _anything
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if attrs.has(annotation):
        return _object(annotation)
    raise TypeError(f"{annotation!r} is nothing that a model gives")


def _anything(value: Any, _: str, __: MakeFile) -> Any:
    return value


def _text(value: Any, where: str, _: MakeFile) -> str:
    return value if isinstance(value, str) else _refuse(where, "a text", value)


def _file(value: Any, where: str, make_file: MakeFile) -> OutputFile:
    return make_file(value) if isinstance(value, str) else _refuse(where, "the URL of a file", value)


def _concatenated(value: Any, where: str, make_file: MakeFile) -> str:
    if _is_list(value):
        return "".join(_text(piece, f"{where}[{index}]", make_file) for index, piece in enumerate(value))
    return value if isinstance(value, str) else _refuse(where, "the pieces of a text", value)


def _boolean(value: Any, where: str, _: MakeFile) -> bool:
    return value if isinstance(value, bool) else _refuse(where, "true or false", value)


def _integer(value: Any, where: str, _: MakeFile) -> int:
    if isinstance(value, float) and value.is_integer():  # JSON has one kind of number
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else _refuse(where, "a whole number", value)


def _number(value: Any, where: str, _: MakeFile) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    refused: float = _refuse(where, "a number", value)
    return refused


def _null(value: Any, where: str, _: MakeFile) -> Any:
    return None if value is None else _refuse(where, "null", value)


_SIMPLE: dict[Any, OutputReader] = {
    str: _text,
    bool: _boolean,
    int: _integer,
    float: _number,
    NoneType: _null,
}


def _choice(choices: tuple[Any, ...]) -> OutputReader:
    def read(value: Any, where: str, _: MakeFile) -> Any:
        for choice in choices:
            if type(choice) is type(value) and choice == value:
                return choice
        return _refuse(where, f"one of {', '.join(map(repr, choices))}", value)

    return read


def _list(item: OutputReader) -> OutputReader:
    def read(value: Any, where: str, make_file: MakeFile) -> Any:
        if not _is_list(value):
            return _refuse(where, "a list", value)
        return [item(each, f"{where}[{index}]", make_file) for index, each in enumerate(value)]

    return read


def _mapping(item: OutputReader) -> OutputReader:
    def read(value: Any, where: str, make_file: MakeFile) -> Any:
        if not _is_object(value):
            return _refuse(where, "an object", value)
        return {name: item(each, f"{where}.{name}", make_file) for name, each in value.items()}

    return read


def _object(kind: Any) -> OutputReader:
    hints = get_type_hints(kind, include_extras=True)
    fields: list[tuple[str, str, OutputReader, bool]] = []
    for attribute in attrs.fields(kind):
        if attribute.name != REST:
            annotation = hints[attribute.name]
            wire_name = next((mark.name for mark in marks_of(annotation) if isinstance(mark, WireName)), attribute.name)
            is_required = attribute.default is attrs.NOTHING
            fields.append((attribute.name, wire_name, reader_of(annotation), is_required))

    def read(value: Any, where: str, make_file: MakeFile) -> Any:
        if not _is_object(value):
            return _refuse(where, "an object", value)
        rest = dict(value)
        made: dict[str, Any] = {}
        for name, wire_name, read_field, is_required in fields:
            if wire_name in rest:
                made[name] = read_field(rest.pop(wire_name), f"{where}.{wire_name}", make_file)
            elif is_required:
                raise ValueError(f"{where}.{wire_name} is missing")
        return kind(**made, **{REST: rest})

    return read


def _any_of(options: list[OutputReader]) -> OutputReader:
    def read(value: Any, where: str, make_file: MakeFile) -> Any:
        refusals: list[ValueError] = []
        for option in options:
            try:
                return option(value, where, make_file)
            except ValueError as refusal:
                refusals.append(refusal)
        raise refusals[0]

    return read


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _refuse(where: str, expected: str, value: object) -> Any:
    raise ValueError(f"{where}: expected {expected}, got {shown(value)}")
