"""What the annotations of a model's function say: the schemas that the service shows, and how values become JSON."""

from __future__ import annotations

import copy
import inspect
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import frozen

from replicate_typed.transports.mock.schemas import misfits
from replicate_typed.transports.mock.signatures import openapi, outputs
from replicate_typed.transports.mock.signatures.annotations import names_around, resolved, signature
from replicate_typed.transports.mock.signatures.inputs import REQUIRED
from replicate_typed.transports.mock.signatures.kinds import Kind, OpenFile, Schema, holds_files, kind_of
from replicate_typed.transports.mock.signatures.outputs import output_of
from replicate_typed.transports.mock.signatures.parameters import ModelInput, input_of, kind_of_parameter, parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from replicate_typed.transports.mock.problems import InvalidField
    from replicate_typed.transports.mock.signatures.openapi import Job
    from replicate_typed.transports.mock.signatures.outputs import Publish

_EMPTY = inspect.Parameter.empty


@frozen(eq=False)
class Signature:
    """What a model's function takes and gives, as the service tells it."""

    input_schema: Schema
    """What an input must fit: without further members, unless the function takes any."""
    output_schema: Schema
    openapi_schema: Schema
    """The document that Cog would serve for the function; references point into it."""
    is_iterator: bool
    """Whether the output comes bit by bit."""
    concatenates: bool
    """Whether the bits are parts of one text."""
    gives_files: bool
    kinds: dict[str, Kind]
    """What each parameter's annotation means."""
    more: Kind
    """Of what comes by other names than the parameters'."""
    defaults: dict[str, Any]
    """What the function's own defaults do not say."""

    def misfits(self, input: Mapping[str, Any]) -> list[InvalidField]:
        """What in an input does not fit, in the words of the service."""
        return misfits(input, self.input_schema, field="input", root=self.openapi_schema)

    def arguments(self, input: Mapping[str, Any], open_file: OpenFile) -> dict[str, Any]:
        """What the function gets for an input that fits: members of enums, local copies of files, and its defaults."""
        given = copy.deepcopy(dict(input))
        read = {name: self.kinds.get(name, self.more).read(value, open_file) for name, value in given.items()}
        return copy.deepcopy(self.defaults) | read

    def json_of(self, value: object, publish: Publish) -> Any:
        """The JSON of what the function returned or yielded, as far as it has one: files become their addresses."""
        return outputs.json_of(value, publish)


def signature_of(function: Callable[..., Any], *, what: str) -> Signature:
    """What a model's function takes and gives, by its annotations.

    Raises TypeError for what a schema cannot express, and ValueError for limits and defaults that contradict the
    annotations; both name the model, `what`.
    """
    return _signature(function, what, "prediction")


def training_signature_of(function: Callable[..., Any], *, what: str) -> Signature:
    """What a function that trains a model takes and gives, by its annotations."""
    return _signature(function, what, "training")


def _signature(function: Callable[..., Any], what: str, job: Job) -> Signature:
    with _about(what):
        named, rest = parameters_of(function)
        returned = signature(function).return_annotation
    names = names_around(function)
    inputs: dict[str, ModelInput] = {}
    for order, parameter in enumerate(named):
        with _about(f"{what}: parameter {parameter.name!r}"):
            inputs[parameter.name] = input_of(parameter, order, names)
    more = None
    if rest:
        with _about(f"{what}: **{rest.name}"):
            more = kind_of_parameter(rest, names)
    with _about(f"{what}: what it returns"):
        output = output_of(returned if returned is _EMPTY else resolved(returned, names), function)
    input_schema = _input_schema(job, inputs)
    choices = {name: input.choices for name, input in inputs.items() if input.choices}
    document = openapi.document(job, input_schema, output.schema, choices)
    for input in inputs.values():
        with _about(f"{what}: parameter {input.name!r}"):
            _check_default(input, document)
    return Signature(
        input_schema=input_schema | {"additionalProperties": more.schema if more else False},
        output_schema=output.schema,
        openapi_schema=document,
        is_iterator=output.is_iterator,
        concatenates=output.concatenates,
        gives_files=holds_files(output.schema),
        kinds={name: input.kind for name, input in inputs.items()},
        more=more or kind_of(Any),
        defaults={name: input.default for name, input in inputs.items() if input.default is not REQUIRED},
    )


def _input_schema(job: Job, inputs: dict[str, ModelInput]) -> Schema:
    schema: Schema = {"type": "object", "title": openapi.INPUTS[job]}
    schema["properties"] = {name: input.schema for name, input in inputs.items()}
    required = [name for name, input in inputs.items() if input.is_required]
    return schema | ({"required": required} if required else {})


def _check_default(input: ModelInput, document: Schema) -> None:
    if "default" not in input.schema or holds_files(input.schema):  # a file may be any path
        return
    default = input.schema["default"]
    if rows := misfits(default, input.schema, field=input.name, root=document):
        raise ValueError(f"its default {default!r} does not fit: {rows[0].description}")


@contextmanager
def _about(what: str) -> Generator[None]:
    """Say of what an error is."""
    try:
        yield
    except TypeError as error:
        raise TypeError(f"{what}: {error}") from None
    except ValueError as error:
        raise ValueError(f"{what}: {error}") from None
