"""What annotations mean: the schema of a value's JSON, and the object that a function gets for it."""

from __future__ import annotations

import dataclasses
import inspect
import io
from collections import abc
from collections.abc import Callable
from enum import Enum
from pathlib import Path, PurePath
from types import NoneType, UnionType
from typing import (
    IO,
    Annotated,
    Any,
    BinaryIO,
    Literal,
    NotRequired,
    Required,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    is_typeddict,
)

from attrs import frozen

from replicate_typed.transports.mock.problems import is_object
from replicate_typed.transports.mock.schemas import is_same, json_type
from replicate_typed.transports.mock.signatures.annotations import fields_of
from replicate_typed.transports.mock.signatures.inexpressible import InexpressibleError
from replicate_typed.transports.mock.signatures.inputs import limited

Schema: TypeAlias = dict[str, Any]
OpenFile: TypeAlias = Callable[[str], Path]
"""The local copy of the file at an address."""

_SCALARS: dict[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_LISTS = (list, abc.Sequence, abc.MutableSequence)
_DICTS = (dict, abc.Mapping, abc.MutableMapping)
_FILE = {"type": "string", "format": "uri"}


@frozen
class Kind:
    """What one annotation means."""

    schema: Schema
    read: Callable[[Any, OpenFile], Any]
    """The object for a value that fits the schema."""


def kind_of(annotation: Any, inside: tuple[type[Any], ...] = ()) -> Kind:
    """What the annotation means; `InexpressibleError` if no schema says that.

    `inside` are the classes whose fields it is of: one in itself may be any object.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in (Any, object, inspect.Parameter.empty):
        return Kind({}, _as_it_is)
    if origin is Annotated:
        return _limited(annotation, inside)
    if origin in (Union, UnionType):
        return _union(annotation, inside)
    if origin is Literal:
        return _literal(annotation)
    if hasattr(annotation, "__supertype__"):  # a NewType
        return kind_of(annotation.__supertype__, inside)
    if hasattr(annotation, "__value__"):  # a `type` statement
        return kind_of(annotation.__value__, inside)
    if annotation in _LISTS or origin in _LISTS:
        return _list(kind_of(arguments[0] if arguments else Any, inside))
    if annotation in _DICTS or origin in _DICTS:
        return _dict(annotation, inside)
    if isinstance(annotation, type):
        return _class(annotation, inside)
    if annotation in (BinaryIO, IO) or origin is IO:
        return Kind(_FILE, lambda value, open_file: io.BytesIO(open_file(value).read_bytes()))
    raise InexpressibleError(annotation)


def holds_files(schema: Schema) -> bool:
    """Whether there is a file in what the schema describes."""
    parts = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    return schema.get("format") == "uri" or any(holds_files(part) for part in parts if is_object(part))


def title_of(name: str) -> str:
    """The title of what has this name, as Cog writes it."""
    return name.replace("_", " ").title()


def _class(annotation: type[Any], inside: tuple[type[Any], ...]) -> Kind:
    if annotation in _SCALARS:
        return Kind({"type": _SCALARS[annotation]}, _as_it_is if annotation in (str, bool) else _number(annotation))
    if issubclass(annotation, PurePath):
        return Kind(_FILE, lambda value, open_file: annotation(open_file(value)))
    if annotation is bytes:
        return Kind(_FILE, lambda value, open_file: open_file(value).read_bytes())
    if issubclass(annotation, io.IOBase):
        return Kind(_FILE, lambda value, open_file: io.BytesIO(open_file(value).read_bytes()))
    if issubclass(annotation, Enum):
        return _choice(annotation, [(member.value, member) for member in annotation])
    if annotation in inside:
        return Kind({"type": "object"}, _as_it_is)
    if is_typeddict(annotation):
        return _typed_dict(annotation, (*inside, annotation))
    if dataclasses.is_dataclass(annotation):
        return _dataclass(annotation, (*inside, annotation))
    raise InexpressibleError(annotation)


def _as_it_is(value: Any, _: OpenFile) -> Any:
    return value


def _number(kind: Callable[[Any], Any]) -> Callable[[Any, OpenFile], Any]:
    """JSON has one kind of number: 1.0 fits an int, 1 a float."""
    return lambda value, _: kind(value)


def _choice(annotation: object, members: list[tuple[Any, Any]]) -> Kind:
    """One of these: as JSON has each, and as the function gets it."""
    values = [value for value, _ in members]
    if not all(isinstance(value, str | int | float) for value in values):
        raise InexpressibleError(annotation, "the values to choose from are not all texts or numbers")
    types = {json_type(value) for value in values}
    schema: Schema = {"enum": values} | ({"type": types.pop()} if len(types) == 1 else {})
    return Kind(schema, lambda given, _: next(member for value, member in members if is_same(value, given)))


def _literal(annotation: object) -> Kind:
    members = [(value.value if isinstance(value, Enum) else value, value) for value in get_args(annotation)]
    some = [(value, member) for value, member in members if value is not None]
    kind = _choice(annotation, some)
    return kind if len(some) == len(members) else nullable(kind)


def _union(annotation: object, inside: tuple[type[Any], ...]) -> Kind:
    members = [member for member in get_args(annotation) if member is not NoneType]
    if len(members) > 1:
        raise InexpressibleError(annotation, "a model's schema has one type, or one type and None")
    return nullable(kind_of(members[0], inside))


def nullable(kind: Kind) -> Kind:
    """The same, or null and None."""
    return Kind(
        kind.schema | {"nullable": True},
        lambda value, open_file: None if value is None else kind.read(value, open_file),
    )


def _list(item: Kind) -> Kind:
    return Kind(
        {"type": "array", "items": item.schema},
        lambda value, open_file: [item.read(each, open_file) for each in value],
    )


def _dict(annotation: object, inside: tuple[type[Any], ...]) -> Kind:
    key, value = get_args(annotation) or (str, Any)
    if key not in (str, Any):
        raise InexpressibleError(annotation, "the names in a JSON object are str")
    kind = kind_of(value, inside)
    schema: Schema = {"type": "object"} | ({"additionalProperties": kind.schema} if kind.schema else {})
    return Kind(
        schema,
        lambda value, open_file: {name: kind.read(item, open_file) for name, item in value.items()},
    )


def _limited(annotation: object, inside: tuple[type[Any], ...]) -> Kind:
    """The type in an `Annotated`, with the limits of annotated-types and the description beside it."""
    inner, *remarks = get_args(annotation)
    kind = kind_of(inner, inside)
    schema = kind.schema
    for remark in remarks:
        for text in (remark, getattr(remark, "documentation", None), getattr(remark, "description", None)):
            if isinstance(text, str):
                schema = schema | {"description": text}
        try:
            schema = limited(schema, remark)
        except ValueError as error:
            raise InexpressibleError(inner, str(error)) from error
    return Kind(schema, kind.read)


def _typed_dict(annotation: type[Any], inside: tuple[type[Any], ...]) -> Kind:
    always: frozenset[str] = getattr(annotation, "__required_keys__")  # noqa: B009 -- unknown to checkers
    fields = fields_of(annotation)
    required = [name for name, field in fields.items() if _is_required(field, name in always)]
    kinds = {name: kind_of(_unqualified(field), inside) for name, field in fields.items()}
    return _object(kinds, required, dict)


def _dataclass(annotation: type[Any], inside: tuple[type[Any], ...]) -> Kind:
    hints = fields_of(annotation)
    kinds = {field.name: kind_of(hints[field.name], inside) for field in dataclasses.fields(annotation)}
    undefined = [
        field.name
        for field in dataclasses.fields(annotation)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    blank = {name: None for name in undefined if "nullable" in kinds[name].schema}  # may be left out, as with Cog
    return _object(
        kinds,
        [name for name in undefined if name not in blank],
        lambda values: annotation(**blank | {name: values[name] for name in values if name in kinds}),
    )


def _object(kinds: dict[str, Kind], required: list[str], make: Callable[[dict[str, Any]], Any]) -> Kind:
    properties = {name: {"title": title_of(name), **kind.schema} for name, kind in kinds.items()}
    schema: Schema = {"type": "object", "properties": properties} | ({"required": required} if required else {})
    anything = Kind({}, _as_it_is)
    return Kind(
        schema,
        lambda value, open_file: make(
            {name: kinds.get(name, anything).read(item, open_file) for name, item in value.items()}
        ),
    )


def _is_required(field: object, otherwise: bool) -> bool:
    """Whether a key is: in annotations that are strings, `Required` and `NotRequired` did not count."""
    qualifier = get_origin(field)
    return qualifier is Required or (otherwise and qualifier is not NotRequired)


def _unqualified(field: Any) -> Any:
    return get_args(field)[0] if get_origin(field) in (Required, NotRequired) else field
