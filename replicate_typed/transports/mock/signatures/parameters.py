"""The parameters of a model's function, as the inputs that they are."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from attrs import evolve, frozen

from replicate_typed.transports.mock.runs import plain
from replicate_typed.transports.mock.signatures import openapi
from replicate_typed.transports.mock.signatures.annotations import resolved, signature
from replicate_typed.transports.mock.signatures.inputs import REQUIRED, Field, is_field, limited
from replicate_typed.transports.mock.signatures.kinds import Kind, Schema, kind_of, nullable, title_of
from replicate_typed.transports.mock.signatures.outputs import json_of

_EMPTY = inspect.Parameter.empty
_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


@frozen(eq=False)
class ModelInput:
    """One input of a model."""

    name: str
    kind: Kind
    schema: Schema
    """As it stands among the properties of the input."""
    choices: Schema | None
    """What the schema calls by the input's name, if there is something to choose from."""
    is_required: bool
    default: Any
    """What the function gets if nothing is given; `REQUIRED` if it has a default of its own, or needs none."""


def parameters_of(function: Callable[..., Any]) -> tuple[list[inspect.Parameter], inspect.Parameter | None]:
    """The parameters that are inputs, and the one that takes all others; TypeError for those that no input reaches."""
    if inspect.isclass(function):
        raise TypeError(f"a mock model is a function; give a method of an object of {function.__name__}")
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError("a mock model is a plain function, not an async one")
    parameters = list(signature(function).parameters.values())
    more = next((each for each in parameters if each.kind is inspect.Parameter.VAR_KEYWORD), None)
    for each in parameters:
        if each.kind is inspect.Parameter.POSITIONAL_ONLY:
            raise TypeError(f"a model's input comes by name, but {each.name!r} is positional only")
        if each.kind is inspect.Parameter.VAR_POSITIONAL and more is None:
            raise TypeError(f"a model's input comes by name, and never by *{each.name}; use **{each.name}")
    return [each for each in parameters if each.kind in _NAMED], more


def input_of(parameter: inspect.Parameter, order: int, names: dict[str, Any]) -> ModelInput:
    """The input that a parameter is.

    Raises `InexpressibleError` for its annotation, and ValueError for limits that its type cannot have.
    """
    kind = kind_of_parameter(parameter, names)
    has_own_default = parameter.default is not _EMPTY and not is_field(parameter.default)
    default, remarks = _default_and_remarks(parameter.default)
    if is_field(parameter.default):
        kind = evolve(kind, schema=limited(kind.schema, parameter.default))
    if default is None:
        kind = nullable(kind)
    schema = kind.schema | remarks | _json_default(default) | {"x-order": order}
    if default is REQUIRED and "nullable" in schema:
        default = None
    choices = None
    if "enum" in schema:
        choices = {"title": parameter.name, "description": "An enumeration."}
        choices |= {name: schema.pop(name) for name in ("type", "enum") if name in schema}
        schema |= openapi.choices_reference(parameter.name)
    else:
        schema = {"title": title_of(parameter.name)} | schema
    return ModelInput(
        name=parameter.name,
        kind=kind,
        schema=schema,
        choices=choices,
        is_required=default is REQUIRED,
        default=REQUIRED if has_own_default else default,
    )


def kind_of_parameter(parameter: inspect.Parameter, names: dict[str, Any]) -> Kind:
    """What its annotation means; without one it may be anything."""
    annotation = parameter.annotation
    return kind_of(annotation if annotation is _EMPTY else resolved(annotation, names))


def _default_and_remarks(default: Any) -> tuple[Any, Schema]:
    """The default value of an input, and what else is said of it; `REQUIRED` if it has none."""
    if default is _EMPTY:
        return REQUIRED, {}
    if not is_field(default):
        return default, {}
    remarks = {"description": default.description, "deprecated": default.deprecated, "x-cog-accept": default.accept}
    has_none = default.default is None and not isinstance(default, Field)  # so Cog writes it
    return (
        REQUIRED if has_none else default.default,
        {name: value for name, value in remarks.items() if value},
    )


def _json_default(default: object) -> Schema:
    """The default value in a schema, if it is one that JSON has."""
    if default is REQUIRED:
        return {}
    try:
        return {"default": plain(json_of(default, _address_of))}
    except (TypeError, ValueError):
        return {}


def _address_of(file: Path | bytes | IO[bytes]) -> str:
    """What stands for a file that is a default value."""
    if isinstance(file, Path):
        return str(file)
    if isinstance(file, bytes):
        return f"data:application/octet-stream;base64,{base64.b64encode(file).decode()}"
    raise TypeError("an open file is no default")
