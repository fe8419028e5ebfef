"""Annotations that the schema of a model cannot express, and what can be written in their place."""

from __future__ import annotations

import collections
import inspect
from collections import abc
from types import NoneType, UnionType
from typing import Union, get_args, get_origin

_EXPRESSIBLE = (
    "What can: str, int, float, bool, bytes, pathlib.Path, Literal, an Enum, a TypedDict, a dataclass, "
    "list[...], dict[str, ...], any of these with `| None`, and Any."
)
_INSTEAD = {
    "PIL.Image.Image": "pathlib.Path",
    "collections.abc.AsyncGenerator": "Iterator",
    "collections.abc.AsyncIterable": "Iterator",
    "collections.abc.AsyncIterator": "Iterator",
    "cog.types.AsyncConcatenateIterator": "ConcatenateIterator",
    "cog.types.Secret": "str",
    "datetime.date": "str",
    "datetime.time": "str",
    "datetime.timedelta": "float",
    "decimal.Decimal": "float",
    "fractions.Fraction": "float",
    "builtins.bytearray": "bytes",
    "builtins.memoryview": "bytes",
    "numbers.Number": "float",
    "numpy.ndarray": "list[float]",
    "pydantic.main.BaseModel": "a TypedDict or a dataclass",
    "re.Pattern": "str",
    "torch.Tensor": "list[float]",
    "uuid.UUID": "str",
}
_LISTS = (tuple, set, frozenset, abc.Set, abc.Iterable, abc.Iterator, abc.Generator, abc.Collection, collections.deque)


class InexpressibleError(TypeError):
    """An annotation that a schema has no words for."""

    def __init__(self, annotation: object, reason: str | None = None) -> None:
        instead = _instead_of(annotation)
        use = f"; use {instead}" if instead else ""
        if reason is None:
            text = f"{shown(annotation)} cannot be expressed in the schema of a model{use}. {_EXPRESSIBLE}"
        else:
            text = f"{shown(annotation)}: {reason}{use}"
        super().__init__(text)


def shown(annotation: object) -> str:
    """The annotation as it is written."""
    if isinstance(annotation, str):
        return annotation
    forward: str | None = getattr(annotation, "__forward_arg__", None)
    return forward or inspect.formatannotation(annotation)


def _instead_of(annotation: object) -> str | None:
    origin, arguments = get_origin(annotation) or annotation, get_args(annotation)
    if origin in (Union, UnionType) and all(argument in (int, float, NoneType) for argument in arguments):
        return "float | None" if NoneType in arguments else "float"
    if not isinstance(origin, type):
        return None
    if origin in _LISTS:
        items = {shown(argument) for argument in arguments if argument is not ...}
        return f"list[{items.pop()}]" if len(items) == 1 else "list"
    names = (f"{base.__module__}.{base.__qualname__}" for base in origin.__mro__)
    return next((_INSTEAD[name] for name in names if name in _INSTEAD), None)
