"""What each operation becomes: its place on the client, its arguments, its request and how its answer is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import AnyProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty

from . import document as spec
from .answers import answer_of
from .arguments import Argument, path_and_arguments
from .document import described
from .properties import (
    UnsupportedSpecError,
    annotation,
    argument_annotation,
    identifier,
    in_order,
    inner_models,
    is_mapping,
    raw,
    without_null,
)
from .vocabulary import resolve

REPEATABLE = {"get", "head", "put", "delete", "options", "trace"}
READERS = (
    *("read_bool", "read_enum", "read_float", "read_int", "read_json", "read_list", "read_object"),
    *("read_string", "read_text", "read_time"),
)
WRITERS = (
    *("file_part", "form_part", "path_id", "path_owned", "path_slug", "path_value", "query_text", "write_bool"),
    *("write_enum", "write_file", "write_list", "write_number", "write_object", "write_string", "write_time"),
)
LIMIT_ARGUMENTS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "uniqueItems": "unique",
}


@dataclass
class OperationPlan:
    """An operation as the templates need it."""

    id: str
    http_method: str
    path: str
    """The source of an expression that makes the escaped path."""
    raw_path: str
    arguments: list[Argument]
    returns: str
    parse: list[str]
    """The body of the function that reads a successful answer."""
    summary: str
    description: str
    models: list[ModelProperty | EnumProperty] = field(default_factory=list[ModelProperty | EnumProperty])
    has_json_body: bool = False
    has_multipart_body: bool = False
    needs_token: bool = True
    is_repeatable: bool = False
    is_streamed: bool = False
    is_page: bool = False
    is_facade: bool = False
    is_deprecated: bool = False

    @property
    def names(self) -> set[str]:
        """What the arguments are called, which hides built-in names inside the function."""
        return {argument.name for argument in self.arguments}

    @property
    def resource(self) -> tuple[str, ...]:
        return spec.resource_path(self.id)

    @property
    def function(self) -> str:
        return spec.module_name(self.id.split("."))

    @property
    def method(self) -> str:
        return identifier(self.id.rpartition(".")[2])

    @property
    def positional(self) -> list[Argument]:
        """What callers may give without a name: what the path needs, else a lone required value."""
        in_path = [argument for argument in self.arguments if argument.place == "path"]
        required = [argument for argument in self.arguments if argument.required]
        return in_path or (required if len(required) == 1 else [])

    @property
    def keyword_only(self) -> list[Argument]:
        others = [argument for argument in self.arguments if argument not in self.positional]
        return sorted(others, key=lambda argument: not argument.required)

    def of(self, place: str) -> list[Argument]:
        return [argument for argument in self.arguments if argument.place == place]


def plan(
    document: dict[str, Any], path: str, method: str, operation: dict[str, Any], endpoint: Endpoint
) -> OperationPlan:
    """Everything the templates need to know of one operation; raises rather than lose something."""
    where = operation["operationId"]
    parameters = spec.parameters(document, path, operation)
    path_source, arguments = path_and_arguments(path, parameters)
    for place, props in (("query", endpoint.query_parameters), ("header", endpoint.header_parameters)):
        for prop in props:
            parameter = parameters[place, raw(prop.name)]
            limits = spec.limits(document, parameter["schema"], f"{where}: {raw(prop.name)}")
            arguments.append(_argument(prop, place, limits, described(parameter)))
            _refuse_structure(where, arguments[-1])
    kind = _add_body(document, where, operation, endpoint, arguments)
    answer = answer_of(where, endpoint)
    result = OperationPlan(
        id=where,
        http_method=method.upper(),
        path=path_source,
        raw_path=path,
        arguments=arguments,
        returns=answer.returns,
        parse=answer.parse,
        summary=operation.get("summary", "").strip(),
        description=operation.get("description", "").strip(),
        models=answer.models,
        has_json_body=kind == "json",
        has_multipart_body=kind == "files",
        needs_token=bool(operation.get("security", document.get("security"))),
        is_repeatable=method in REPEATABLE or bool(operation.get("x-idempotent")),
        is_streamed=answer.returns == "BinaryResponse",
        is_page=answer.is_page,
        is_facade=bool(operation.get("x-facade")),
        is_deprecated=bool(operation.get("deprecated")),
    )
    for argument in arguments:
        result.models += inner_models(argument.prop) if argument.prop else []
    _refuse_collisions(result)
    return result


def _argument(prop: PropertyProtocol, place: str, limits: dict[str, Any], description: str) -> Argument:
    name = identifier(raw(prop.name).lower().replace("-", "_") if place == "header" else raw(prop.name))
    value = writer(prop, f'"{name}"', name, limits)
    return Argument(
        name, raw(prop.name), place, argument_annotation(prop), value, prop.required, description.strip(), prop
    )


def writer(prop: PropertyProtocol, where: str, source: str, limits: dict[str, Any]) -> str:
    """An expression that checks an argument, not None, and gives what is sent."""
    prop, _ = without_null(prop)
    limits = {name: _strict(value) if name == "pattern" else value for name, value in limits.items()}
    extra = "".join(f", {LIMIT_ARGUMENTS[name]}={value!r}" for name, value in limits.items() if name != "items")
    match prop:
        case StringProperty():
            return f"write_string({where}, {source}{extra})"
        case IntProperty():
            return f"write_number({where}, {source}, integer=True{extra})"
        case FloatProperty():
            return f"write_number({where}, {source}{extra})"
        case BooleanProperty():
            return f"write_bool({where}, {source})"
        case DateTimeProperty():
            return f"write_time({where}, {source})"
        case EnumProperty():
            return f"write_enum({where}, {source}, {annotation(prop)})"
        case FileProperty():
            return f"write_file({where}, {source})"
        case ListProperty():
            inner = writer(prop.inner_property, "where", "item", limits.get("items", {}))
            inner = f"None if item is None else {inner}" if without_null(prop.inner_property)[1] else inner
            return f"write_list({where}, {source}, lambda where, item: {inner}{extra})"
        case ModelProperty() if is_mapping(prop):
            return f"write_object({where}, {source})"
        case ModelProperty():
            return f"{source}.to_dict()"
        case _:
            return source


def _strict(pattern: str) -> str:
    """The pattern as the spec means it: Python's `$` would let a newline at the end pass."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\$", r"\1\\Z", pattern)


def _add_body(
    document: dict[str, Any], where: str, operation: dict[str, Any], endpoint: Endpoint, arguments: list[Argument]
) -> str | None:
    """Adds what the body is made of to the arguments; gives the kind of body."""
    if not endpoint.bodies:
        return None
    (body,) = endpoint.bodies
    kind = str(body.body_type.value)
    if not isinstance(body.prop, ModelProperty):
        raise UnsupportedSpecError(f"{where}: a request body must be a JSON object or multipart/form-data")
    schema = spec.request_schema(document, operation)
    if schema.get("required") and not resolve(document, operation["requestBody"]).get("required"):
        raise UnsupportedSpecError(f"{where}: a request body that may be left out, but has required fields")
    if is_mapping(body.prop):
        raise UnsupportedSpecError(f"{where}: a request body without named fields is not supported")
    fields = schema.get("properties", {})
    for prop in in_order(body.prop, fields):
        name = raw(prop.name)
        field = fields.get(name, {})
        limits = spec.limits(document, field, f"{where}: {name}")
        description = described(field, resolve(document, field).get("description", ""))
        arguments.append(_argument(prop, "body", limits, description))
        item = without_null(prop)[0]
        is_list = isinstance(item, ListProperty)
        while isinstance(item, ListProperty):
            item = without_null(item.inner_property)[0]
        if isinstance(item, FileProperty) and (is_list or kind == "json"):
            raise UnsupportedSpecError(f"{where}: {name}: bytes are supported as a field of multipart/form-data only")
    return kind


def _refuse_structure(where: str, argument: Argument) -> None:
    prop = without_null(argument.prop)[0] if argument.prop else None
    if isinstance(prop, ListProperty) and argument.place == "query":
        prop = without_null(prop.inner_property)[0]
    if isinstance(prop, (ListProperty, ModelProperty, AnyProperty, FileProperty)):
        kind = argument.place
        raise UnsupportedSpecError(f"{where}: {argument.wire_name}: only plain values in the {kind} are supported")


def _refuse_collisions(plan: OperationPlan) -> None:
    names = [argument.name for argument in plan.arguments]
    taken = {"self", "extra_body", plan.function, *READERS, *WRITERS}
    taken |= {"Any", "builtins", "Operation", "Part", "QueryValue"}
    taken |= {str(model.class_info.name) for model in plan.models}
    for argument in plan.arguments:
        if names.count(argument.name) > 1:
            raise UnsupportedSpecError(f"{plan.id}: two arguments would be called {argument.name!r}")
        if argument.name in taken:
            raise UnsupportedSpecError(f"{plan.id}: {argument.wire_name} has the name of something else in the code")
