"""The Python module of a model: the class of its input, the classes of its output, and the reference to it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

from attrs import frozen

from replicate_typed.typegen.annotations import input_annotation, limits_in_words, output_annotation
from replicate_typed.typegen.literals import docstring, literal, pieces, quoted
from replicate_typed.typegen.names import IN_CLASSES, IN_MODULES, class_name, field_names, unused
from replicate_typed.typegen.shapes import (
    Choice,
    Description,
    Field,
    Items,
    Members,
    Nullable,
    Number,
    Options,
    Record,
    Shape,
    Simple,
    Text,
)

WIDTH = 120
COMMAND = "replicate-typed types add"
REST = "additional_properties"
STANDARD = frozenset({"Annotated", "Any", "Literal", "Mapping", "Sequence", "TypeAlias"})
OURS = frozenset(
    {"ConcatenatedText", "FileInput", "Limits", "ModelReference", "Output", "OutputFile", "SecretInput", "WireName"}
)
_LONG_DEFAULT = 70


@frozen
class Source:
    """What a module is about."""

    model: str
    """`owner/name`."""
    module: str
    """The name of the module, and of the reference in it."""
    version: str | None
    """The version that runs; None for a model that runs by its name."""
    asked: str
    """What was asked for: the model, perhaps with a version."""
    about: str = ""
    """The model's own description."""


def module_text(source: Source, description: Description) -> str:
    """The module: the same text for the same model, formatted."""
    return _Module(source, description).text()


def first_line(source: Source) -> str:
    """How a module begins that was written here, and may be written again."""
    return f"# Made by `{COMMAND} {source.asked}`; do not edit."


class _Module:
    """The course of writing one module."""

    def __init__(self, source: Source, description: Description) -> None:
        self._source = source
        self._description = description
        self._taken = {*IN_MODULES, source.module}
        self._aliases: list[str] = []
        self._classes: list[str] = []
        self._names: dict[Record, str] = {}

    def text(self) -> str:
        input_class = self._class_name("Input")
        inputs = self._input_class(input_class)
        output = output_annotation(self._prepared(self._description.output), self._names.__getitem__)
        reference = self._reference(input_class, output)
        body = "\n\n\n".join(["\n".join(self._aliases)] * bool(self._aliases) + [inputs, *self._classes, reference])
        return "\n".join([self._head(body), *([] if self._aliases else [""]), f"{body}\n"])

    def _head(self, body: str) -> str:
        model = self._source.model
        about = docstring([f"{model}, a model on Replicate: what it takes, and what it gives."], "", WIDTH)
        return "\n".join([first_line(self._source), about, "", *_imports(body), ""])

    def _input_class(self, name: str) -> str:
        fields = self._description.inputs
        names = field_names([field.name for field in fields], IN_CLASSES)
        intro = [f"What {self._source.model} takes.", self._source.about]
        lines = ["@define(kw_only=True)", f"class {name}:", docstring(intro, "    ", WIDTH)]
        lines += [""] * bool(fields)
        for field in fields:
            default = None if field.is_required else _default(field)
            lines += self._lines_of(field, names[field.name], input_annotation(field.shape), default)
            if any(paragraph.strip() for paragraph in _about(field)):
                lines.append(docstring(_about(field), "    ", WIDTH))
        return "\n".join(lines)

    def _prepared(self, shape: Shape, *words: str) -> Shape:
        """The shape, once there is a class for each of the objects in it."""
        match shape:
            case Record(fields) if shape not in self._names:
                for field in fields:
                    self._prepared(field.shape, *words, field.name)
                self._names[shape] = self._class_name("Output", *words)
                self._classes.append(self._output_class(self._names[shape], fields, words))
            case Items(item) | Members(item) | Nullable(item):
                self._prepared(item, *words)
            case Options(options):
                for option in options:
                    self._prepared(option, *words)
            case _:
                pass
        return shape

    def _output_class(self, name: str, fields: tuple[Field, ...], words: tuple[str, ...]) -> str:
        names = field_names([field.name for field in fields], {*IN_CLASSES, REST})
        part = f" under {', '.join(words)}" if words else ""
        lines = ["@define(kw_only=True)", f"class {name}:"]
        lines += [docstring([f"What {self._source.model} gives{part}."], "    ", WIDTH), ""]
        for field in fields:
            annotation = output_annotation(field.shape, self._names.__getitem__)
            lines += self._lines_of(field, names[field.name], annotation, None if field.is_required else "None")
            if field.description.strip():
                lines.append(docstring([field.description], "    ", WIDTH))
        lines.append(f"    {REST}: dict[str, Any] = attribute(factory=dict[str, Any], repr=False)")
        lines.append('    """What it gave beyond the fields above, as it came."""')
        return "\n".join(lines)

    def _reference(self, input_class: str, output: str) -> str:
        constant = self._source.module
        arguments = [quoted(self._source.model), input_class, f"Output[{output}]"]
        arguments += [f"version={quoted(self._source.version)}"] if self._source.version else []
        line = f"{constant} = ModelReference({', '.join(arguments)})"
        if len(line) > WIDTH:
            line = "\n".join([f"{constant} = ModelReference(", *(f"    {each}," for each in arguments), ")"])
        return f'{line}\n"""Run it with `client.run({constant}(…))`."""'

    def _lines_of(self, field: Field, name: str, annotation: str, default: str | None) -> list[str]:
        """The lines that declare a field; choices too many for a line get an alias."""
        annotation = _marked(annotation, field.name, name)
        annotation = annotation if field.is_required else _or_none(annotation)
        ending = "" if default is None else f" = {default}"
        line = f"    {name}: {annotation}{ending}"
        if len(line) <= WIDTH:
            return [line]
        for values in _choices_in(field.shape):
            choices = input_annotation(Choice(values))
            alias = self._class_name(field.name)
            self._aliases += [f"{alias}: TypeAlias = Literal[", *(f"    {literal(value)}," for value in values), "]"]
            annotation = annotation.replace(choices, alias)
        line = f"    {name}: {annotation}{ending}"
        if len(line) > WIDTH and isinstance(field.default, str) and default not in (None, "None"):
            parts = pieces(field.default, WIDTH - 20)
            return [f"    {name}: {annotation} = (", *(f"        {part}" for part in parts), "    )"]
        return [line]

    def _class_name(self, *words: str) -> str:
        name = unused(class_name(self._source.module, *words), self._taken)
        self._taken.add(name)
        return name


def _imports(body: str) -> Iterator[str]:
    """The imports that a module needs."""
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    yield "from __future__ import annotations"
    yield ""
    yield from _import("collections.abc", used & {"Mapping", "Sequence"})
    yield from _import("typing", used & {"Annotated", "Any", "Literal", "TypeAlias"})
    yield from [""] if used & STANDARD else []
    yield from _import("attrs", {"define"} | ({"field as attribute"} if "attribute" in used else set()))
    yield ""
    yield from _import("replicate_typed.typed_models", used & OURS)


def _import(module: str, names: set[str]) -> list[str]:
    return [f"from {module} import {', '.join(sorted(names))}"] if names else []


def _choices_in(shape: Shape) -> list[tuple[str | int, ...]]:
    match shape:
        case Choice(values):
            return [values]
        case Items(inner) | Members(inner) | Nullable(inner):
            return _choices_in(inner)
        case _:
            return []


def _marked(annotation: str, name: str, python_name: str) -> str:
    """The annotation with the name that the model has for a field, if that is another."""
    return annotation if name == python_name else f"Annotated[{annotation}, WireName({quoted(name)})]"


def _or_none(annotation: str) -> str:
    return annotation if annotation == "Any" or annotation.endswith(" | None") else f"{annotation} | None"


def _default(field: Field) -> str:
    """What the model takes when a field is not given, as far as its annotation allows that; else None."""
    return literal(field.default) if _fits(field.default, field.shape) else "None"


def _fits(value: Any, shape: Shape) -> bool:
    match shape:
        case Text() | Simple.FILE:
            return isinstance(value, str)
        case Number(is_whole, _):
            is_number = isinstance(value, int) or (isinstance(value, float) and isfinite(value) and not is_whole)
            return is_number and not isinstance(value, bool)
        case Simple.BOOLEAN:
            return isinstance(value, bool)
        case Choice(values):
            return any(type(choice) is type(value) and choice == value for choice in values)
        case _:
            return False


def _about(field: Field) -> list[str]:
    """The paragraphs of a field's documentation."""
    facts = [limits_in_words(field.shape)]
    if field.default is not None and field.shape is not Simple.SECRET:
        default = json.dumps(field.default, ensure_ascii=False)
        facts.append(f"default: {default}" if len(default) <= _LONG_DEFAULT else "")
    facts.append("deprecated" if field.is_deprecated else "")
    sentences = [f"{fact[0].upper()}{fact[1:]}." for fact in facts if fact]
    return [field.description, " ".join(sentences)]
