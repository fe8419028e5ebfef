"""What models give: what their annotations say of it, and its JSON."""

from __future__ import annotations

import dataclasses
import inspect
from collections import abc
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import IO, TYPE_CHECKING, Any, TypeAlias, TypeVar, cast, get_args, get_origin

from attrs import frozen

from replicate_typed.transports.mock.problems import is_object
from replicate_typed.transports.mock.signatures.inexpressible import InexpressibleError
from replicate_typed.transports.mock.signatures.kinds import Schema, kind_of

Item = TypeVar("Item")
Publish: TypeAlias = Callable[[Path | bytes | IO[bytes]], str]
"""The address that a file has from now on."""

if TYPE_CHECKING:
    ConcatenateIterator = Iterator
else:

    class ConcatenateIterator(Iterator[Item]):
        """What a model yields that yields parts of one text: `-> ConcatenateIterator[str]`, as with Cog."""


_ITERATORS = (abc.Iterator, abc.Generator, abc.Iterable)


@frozen
class Output:
    """What a model gives."""

    schema: Schema
    is_iterator: bool
    concatenates: bool


def output_of(annotation: Any, function: Callable[..., Any]) -> Output:
    """What the function gives, by what it is annotated with; `InexpressibleError` if no schema says that."""
    yields = inspect.isgeneratorfunction(function)
    kind = get_origin(annotation) or annotation
    arguments = get_args(annotation)
    if annotation is NoneType:
        return Output({}, is_iterator=False, concatenates=False)
    if kind in _ITERATORS:
        return _iterator(kind_of(arguments[0] if arguments else Any).schema)
    if getattr(kind, "__name__", None) == "ConcatenateIterator":  # ours or Cog's
        if arguments not in ((), (str,)):
            raise InexpressibleError(annotation, "only texts can be concatenated; use ConcatenateIterator[str]")
        return _concatenating()
    if not yields:
        return Output(kind_of(annotation).schema, is_iterator=False, concatenates=False)
    if annotation in (inspect.Signature.empty, Any):
        return _iterator({})
    raise InexpressibleError(annotation, "the function yields; use Iterator[...] or ConcatenateIterator[str]")


def json_of(value: Any, publish: Publish) -> Any:
    """The JSON of what a model returned or yielded, as far as it has one: files become their addresses."""
    if isinstance(value, Enum):
        return json_of(value.value, publish)
    if isinstance(value, str):
        return value
    if isinstance(value, Path | bytes) or hasattr(value, "read"):
        return publish(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return json_of(fields, publish)
    if is_object(value):
        return {name: json_of(item, publish) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_of(item, publish) for item in cast("Sequence[Any]", value)]
    return value


def _iterator(item: Schema) -> Output:
    schema = {"type": "array", "items": item, "x-cog-array-type": "iterator"}
    return Output(schema, is_iterator=True, concatenates=False)


def _concatenating() -> Output:
    schema = _iterator({"type": "string"}).schema | {"x-cog-array-display": "concatenate"}
    return Output(schema, is_iterator=True, concatenates=True)
