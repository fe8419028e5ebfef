"""The annotations of functions and classes, as objects also where they were written as strings."""

from __future__ import annotations

import functools
import inspect
import sys
import typing
from collections import abc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FunctionType
from typing import Any, get_type_hints

from replicate_typed.transports.mock.signatures.inexpressible import InexpressibleError

_WELL_KNOWN: dict[str, Any] = {
    name: meaning for module in (typing, abc) for name, meaning in vars(module).items() if name[0].isupper()
} | {"Path": Path}
"""What names mean that a module imports for type checkers only."""


def signature(function: Callable[..., Any]) -> inspect.Signature:
    """The parameters and what is returned, as annotated; what cannot be read yet is left as it is."""
    if sys.version_info >= (3, 14):
        from annotationlib import Format

        return inspect.signature(function, annotation_format=Format.FORWARDREF)
    return inspect.signature(function)


def names_around(function: Any) -> dict[str, Any]:
    """What names mean in the function's annotations: those of its module, and of the functions around it."""
    while isinstance(function, functools.partial):
        function = function.func
    if not inspect.isroutine(function):
        function = type(function).__call__
    function = inspect.unwrap(function)
    function = getattr(function, "__func__", function)
    if not isinstance(function, FunctionType):
        return _WELL_KNOWN
    names = _WELL_KNOWN | function.__globals__
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        with suppress(ValueError):  # empty: it is assigned later
            names[name] = cell.cell_contents
    return names


def resolved(annotation: object, names: dict[str, Any]) -> Any:
    """The annotation without strings in it; `InexpressibleError` if a name in them means nothing."""

    def bearer() -> None: ...

    bearer.__annotations__ = {"it": annotation}
    try:
        return get_type_hints(bearer, globalns=names, include_extras=True)["it"]
    except Exception as error:  # a string is code
        raise InexpressibleError(annotation, _unreadable(error)) from error


def fields_of(kind: type) -> dict[str, Any]:
    """What the fields of a class are annotated with, its bases' included."""
    try:
        try:
            return get_type_hints(kind, include_extras=True)
        except NameError:
            module = vars(sys.modules[kind.__module__])
            missing = {name: meaning for name, meaning in _WELL_KNOWN.items() if name not in module}
            return get_type_hints(kind, localns=missing, include_extras=True)
    except Exception as error:
        raise InexpressibleError(kind, _unreadable(error)) from error


def _unreadable(error: Exception) -> str:
    if isinstance(error, NameError):
        return (
            f"{error.name or error} means nothing in its module; define it there, or give it as an object: "
            "without quotes, and without `from __future__ import annotations`"
        )
    return f"it cannot be read ({error})"
