"""What each operation becomes: its place on the client, its arguments, its request and how its answer is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
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
from .properties import (
    Place,
    UnsupportedSpecError,
    annotation,
    argument_annotation,
    identifier,
    inner_models,
    is_mapping,
    is_page,
    properties_of,
    raw,
    read,
    without_null,
)

PAIR = re.compile(r"\{(?P<noun>\w+)_owner\}/\{(?P=noun)_name\}")
VARIABLE = re.compile(r"\{(\w+)\}")
REPEATABLE = {"get", "head", "put", "delete", "options", "trace"}
LIMIT_ARGUMENTS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
}


@dataclass
class Argument:
    """One argument of an endpoint function, and where its value goes."""

    name: str
    wire_name: str
    place: str
    type: str
    value: str
    required: bool
    description: str = ""
    prop: PropertyProtocol | None = None

    @property
    def declaration(self) -> str:
        return f"{self.name}: {self.type}" if self.required else f"{self.name}: {self.type} | None = None"


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
    takes_extra_body: bool = False
    needs_token: bool = True
    is_repeatable: bool = False
    is_streamed: bool = False
    is_page: bool = False
    is_facade: bool = False

    @property
    def resource(self) -> tuple[str, ...]:
        return spec.resource_path(self.id)

    @property
    def function(self) -> str:
        return identifier(self.id.replace(".", "_"))

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
    path_source, arguments = _path(path, parameters)
    for place, props in (("query", endpoint.query_parameters), ("header", endpoint.header_parameters)):
        for prop in props:
            parameter = parameters[place, raw(prop.name)]
            limits = spec.limits(document, parameter["schema"], f"{where}: {raw(prop.name)}")
            arguments.append(_argument(prop, place, limits, parameter.get("description", "")))
    if endpoint.cookie_parameters:
        raise UnsupportedSpecError(f"{where}: cookie parameters are not supported")
    kind = _add_body(document, where, operation, endpoint, arguments)
    _refuse_collisions(where, arguments)
    answer = _answer(where, endpoint)
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
        takes_extra_body=kind == "json",
        needs_token=bool(operation.get("security", document.get("security"))),
        is_repeatable=method in REPEATABLE or bool(operation.get("x-idempotent")),
        is_streamed=answer.returns == "BinaryResponse",
        is_page=answer.is_page,
        is_facade=bool(operation.get("x-facade")),
    )
    for argument in arguments:
        result.models += inner_models(argument.prop) if argument.prop else []
    return result


def _path(path: str, parameters: dict[tuple[str, str], dict[str, Any]]) -> tuple[str, list[Argument]]:
    """The path as an f-string, and its arguments: `{x_owner}/{x_name}` is one, `{x_id}` may be an object."""
    arguments: list[Argument] = []

    def describe(name: str) -> str:
        return str(parameters["path", name].get("description", "")).strip()

    def pair(match: re.Match[str]) -> str:
        noun = match["noun"]
        text = f"The {noun} as `owner/name`, or an object that has an owner and a name."
        arguments.append(Argument(noun, noun, "path", "str | Owned", f'path_owned("{noun}", {noun})', True, text))
        return f"\0{noun}\0"

    def variable(match: re.Match[str]) -> str:
        name = match[1]
        noun, _, attribute = name.rpartition("_")
        if noun and attribute in {"id", "slug"}:
            kind = {"id": "HasId", "slug": "HasSlug"}[attribute]
            argument = Argument(
                noun,
                name,
                "path",
                f"str | {kind}",
                f'path_{attribute}("{noun}", {noun})',
                True,
                f"{describe(name)} An object that has the {attribute} will do.",
            )
        else:
            own = identifier(name)
            argument = Argument(own, name, "path", "str | int", f'path_value("{own}", {own})', True, describe(name))
        arguments.append(argument)
        return f"\0{argument.name}\0"

    source = VARIABLE.sub(variable, PAIR.sub(pair, path))
    order = re.findall("\0(.+?)\0", source)
    arguments.sort(key=lambda argument: order.index(argument.name))
    for argument in arguments:
        source = source.replace(f"\0{argument.name}\0", f"{{{argument.value}}}")
    return (f"f{source!r}" if arguments else repr(source)), arguments


def _argument(prop: PropertyProtocol, place: str, limits: dict[str, Any], description: str) -> Argument:
    name = identifier(raw(prop.name).lower().replace("-", "_") if place == "header" else raw(prop.name))
    value = writer(prop, f'"{name}"', name, limits)
    return Argument(
        name, raw(prop.name), place, argument_annotation(prop), value, prop.required, description.strip(), prop
    )


def writer(prop: PropertyProtocol, where: str, source: str, limits: dict[str, Any]) -> str:
    """An expression that checks an argument, not None, and gives what is sent."""
    prop, _ = without_null(prop)
    extra = "".join(f", {LIMIT_ARGUMENTS[name]}={value!r}" for name, value in limits.items())
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
            inner = writer(prop.inner_property, "where", "item", {})
            return f"write_list({where}, {source}, lambda where, item: {inner})"
        case ModelProperty() if is_mapping(prop):
            return f"write_object({where}, {source})"
        case ModelProperty():
            return f"{source}.to_dict()"
        case _:
            return source


def _add_body(
    document: dict[str, Any], where: str, operation: dict[str, Any], endpoint: Endpoint, arguments: list[Argument]
) -> str | None:
    """Adds what the body is made of to the arguments; gives the kind of body."""
    if not endpoint.bodies:
        return None
    if len(endpoint.bodies) > 1 or len(spec.resolve(document, operation["requestBody"])["content"]) > 1:
        raise UnsupportedSpecError(f"{where}: a choice of request bodies is not supported")
    body = endpoint.bodies[0]
    kind = str(body.body_type.value)
    if kind not in {"json", "files"} or not isinstance(body.prop, ModelProperty):
        raise UnsupportedSpecError(f"{where}: a request body must be a JSON object or multipart/form-data")
    schema = spec.request_schema(document, operation)
    if is_mapping(body.prop):
        raise UnsupportedSpecError(f"{where}: a request body without named fields is not supported")
    order = list(schema.get("properties", {}))
    props = sorted(
        properties_of(body.prop), key=lambda prop: order.index(raw(prop.name)) if raw(prop.name) in order else -1
    )
    for prop in props:
        name = raw(prop.name)
        described = schema.get("properties", {}).get(name, {})
        limits = spec.limits(document, described, f"{where}: {name}")
        description = described.get("description", "") or spec.resolve(document, described).get("description", "")
        arguments.append(_argument(prop, "body", limits, description))
    return kind


def _refuse_collisions(where: str, arguments: list[Argument]) -> None:
    names = [argument.name for argument in arguments]
    for name in names:
        if names.count(name) > 1 or name in {"self", "extra_body"}:
            raise UnsupportedSpecError(f"{where}: two arguments would be called {name!r}")


@dataclass
class Answer:
    returns: str
    parse: list[str]
    models: list[ModelProperty | EnumProperty] = field(default_factory=list[ModelProperty | EnumProperty])
    is_page: bool = False


def _answer(where: str, endpoint: Endpoint) -> Answer:
    """How success is read: by status where the statuses differ, else in one way for all of them."""
    if endpoint.errors:
        raise UnsupportedSpecError(f"{where}: {'; '.join(str(error.detail) for error in endpoint.errors)}")
    answers: dict[str, tuple[Answer, list[int]]] = {}
    for response in endpoint.responses.patterns:
        low, high = response.status_code.range or (0, 0)
        if not 200 <= low <= high < 300:
            continue
        if low != high:
            raise UnsupportedSpecError(f"{where}: a range of success statuses is not supported")
        source = response.source["attribute"]
        answer = _one_answer(response.prop, source)
        answers.setdefault(answer.returns, (answer, []))[1].append(low)
    if not answers:
        raise UnsupportedSpecError(f"{where}: no success status is described")
    if len(answers) == 1:
        return next(iter(answers.values()))[0]
    if any(answer.is_page or answer.returns == "BinaryResponse" for answer, _ in answers.values()):
        raise UnsupportedSpecError(f"{where}: a page or a file beside other answers is not supported")
    *first, (last, _) = answers.values()
    lines = [
        line
        for answer, statuses in first
        for line in (f"if response.status_code in {{{', '.join(map(str, statuses))}}}:", f"    {answer.parse[0]}")
    ]
    models = [model for answer, _ in answers.values() for model in answer.models]
    return Answer(" | ".join(answers), [*lines, *last.parse], models)


def _one_answer(prop: PropertyProtocol, source: str) -> Answer:
    match source:
        case "None":
            return Answer("None", ["return read_nothing(response)"])
        case "response.text":
            return Answer("str", ["return read_text(response)"])
        case "response.content":
            return Answer("BinaryResponse", ["return BinaryResponse(response)"])
        case _:
            pass
    if isinstance(prop, ModelProperty) and not is_mapping(prop):
        name = annotation(prop)
        return Answer(name, [f"return {name}.from_dict(read_json(response))"], [prop], is_page(prop))
    _, nullable = without_null(prop)
    expression = read(prop, Place("answer"), "value" if nullable else "read_json(response)")
    if nullable:
        return Answer(
            f"{annotation(prop)} | None",
            [f"return None if (value := read_json(response)) is None else {expression}"],
            inner_models(prop),
        )
    return Answer(annotation(prop), [f"return {expression}"], inner_models(prop))
