"""What a published schema says: of OpenAPI, as Cog writes it, to shapes."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeGuard

from replicate_typed.errors import UnusableSchemaError
from replicate_typed.typed_models.annotations import Limits
from replicate_typed.typegen.limits import finite, is_regex, lengths, number_limits
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

Schema: TypeAlias = dict[str, Any]

MOST_PARTS = 100_000
"""Schemas of one document that are looked at: references can make a small document say very much."""
MOST_DEEP = 24
MOST_OPTIONS = 40
NULL = {"type": "null"}
_NO_WORDS = "An enumeration."  # what pydantic says of choices that nobody has described
_POINTER = "#/components/schemas/"


def described(document: object) -> Description:
    """What a model takes and gives, by its OpenAPI document; raises `UnusableSchemaError` that says what is wrong."""
    return _Reader(schemas_of(document)).description()


def schemas_of(document: object) -> Schema:
    """The named schemas of a document."""
    components = document.get("components") if is_object(document) else None
    schemas = components.get("schemas") if is_object(components) else None
    if not is_object(schemas) or not is_object(schemas.get("Input")):
        raise UnusableSchemaError("its schema has no components.schemas.Input")
    return schemas


def interface_of(document: object) -> Schema:
    """The part of a document that says what the model takes and gives: `Input`, `Output`, and what they refer to."""
    schemas = schemas_of(document)
    kept: Schema = {}
    waiting: list[object] = ["Input", "Output"]
    while waiting:
        name = waiting.pop()
        if isinstance(name, str) and name in schemas and name not in kept:
            kept[name] = schemas[name]
            waiting += _references(schemas[name])
    return {"components": {"schemas": kept}}


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether this is a JSON object."""
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _references(schema: object) -> list[str]:
    """The names of schemas that one refers to, anywhere in it."""
    found: list[str] = []
    waiting: list[object] = [schema]
    while waiting:
        part = waiting.pop()
        if is_object(part):
            reference = part.get("$ref")
            if isinstance(reference, str) and reference.startswith(_POINTER):
                found.append(_unescaped(reference))
            waiting += part.values()
        elif _is_array(part):
            waiting += part
    return found


def _unescaped(reference: str) -> str:
    return reference.removeprefix(_POINTER).replace("~1", "/").replace("~0", "~")


class _Reader:
    """The course of one reading."""

    def __init__(self, schemas: Schema) -> None:
        self._schemas = schemas
        self._parts = 0

    def description(self) -> Description:
        given = self._flat(self._schemas["Input"], "Input")
        inputs = self._fields(given, "Input", (), is_input=True)
        output = self._schemas.get("Output")
        return Description(tuple(inputs), Simple.ANYTHING if output is None else self._shape(output, "Output", ()))

    def _fields(self, schema: Schema, where: str, inside: tuple[str, ...], *, is_input: bool = False) -> list[Field]:
        """The named parts of an object: the required ones first, else in the author's order."""
        properties = schema.get("properties", {})
        if not is_object(properties):
            raise UnusableSchemaError(f"{where}.properties is no object")
        listed: object = schema.get("required")
        required = [name for name in listed if isinstance(name, str)] if _is_array(listed) else []
        parts: Schema = {**properties, **{name: {} for name in required if name not in properties}}
        fields: list[tuple[bool, float, Field]] = []
        for name, part in parts.items():
            flat = self._flat(part, f"{where}.{name}")
            order: object = flat.get("x-order")
            default = flat.get("default")
            shape = self._shape(part, f"{where}.{name}", inside, is_input=is_input)
            description: object = flat.get("description")
            field = Field(
                name,
                shape.shape if is_input and isinstance(shape, Nullable) else shape,  # None is: not given
                is_required=name in required,
                default=default,
                description=description if isinstance(description, str) and description != _NO_WORDS else "",
                is_deprecated=flat.get("deprecated") is True,
            )
            fields.append((not field.is_required, order if isinstance(order, int) else len(parts), field))
        return [field for _, _, field in sorted(fields, key=lambda each: each[:2])]

    def _flat(self, schema: object, where: str) -> Schema:
        """The schema with all that it refers to and is made of in one object; what stands beside a reference counts."""
        flat: Schema = {}
        seen: set[str] = set()
        waiting = [schema]
        while waiting:
            self._count()
            part = waiting.pop()
            if not is_object(part):
                raise UnusableSchemaError(f"{where} is no schema: {str(part)[:60]}")
            flat = _merged(flat, part)
            reference = part.get("$ref")
            if reference is not None:
                if reference in seen:
                    raise UnusableSchemaError(f"{where} refers to itself, by {reference}")
                seen.add(reference)
                waiting.append(self._referred(reference, where))
            all_of: object = part.get("allOf")
            if _is_array(all_of):
                waiting += all_of
        return flat

    def _referred(self, reference: object, where: str) -> object:
        if isinstance(reference, str) and reference.startswith(_POINTER):
            name = _unescaped(reference)
            if name in self._schemas:
                return self._schemas[name]
        raise UnusableSchemaError(f"{where} refers to {str(reference)[:100]}, which is not there")

    def _count(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise UnusableSchemaError(f"its schema is too large: it says more than {MOST_PARTS} things")

    def _shape(self, schema: object, where: str, inside: tuple[str, ...], *, is_input: bool = False) -> Shape:
        """What a schema says; `inside` are the references that led here: one in itself may be anything."""
        references = _direct_references(schema)
        if set(references) & set(inside) or len(inside) > MOST_DEEP:
            return Simple.ANYTHING
        inside = (*inside, *(references or [""]))
        flat = self._flat(schema, where)
        kinds, can_be_null = _kinds(flat)
        enum: object = [flat["const"]] if "const" in flat else flat.get("enum")
        if _is_array(enum) and None in enum:
            can_be_null = True
        options: object = flat.get("anyOf", flat.get("oneOf"))
        shape: Shape
        if _is_array(enum) and (chosen := _chosen([value for value in enum if value is not None])):
            shape = chosen
        elif len(kinds) == 1:
            shape = self._typed(kinds[0], flat, where, inside, is_input=is_input)
        elif len(kinds) > 1:
            shape = _options([self._typed(kind, flat, where, inside, is_input=is_input) for kind in kinds])
        elif _is_array(options) and 0 < len(options) <= MOST_OPTIONS:
            some = [option for option in options if option != NULL]
            shape = _options([self._shape(option, f"{where}[]", inside, is_input=is_input) for option in some])
        elif is_object(flat.get("properties")):
            shape = self._typed("object", flat, where, inside, is_input=is_input)
        else:
            return Simple.ANYTHING
        if shape is Simple.ANYTHING or isinstance(shape, Nullable):
            return shape
        return Nullable(shape) if can_be_null else shape

    def _typed(self, kind: str, flat: Schema, where: str, inside: tuple[str, ...], *, is_input: bool) -> Shape:
        match kind:
            case "string":
                return _text(flat)
            case "integer" | "number":
                return Number(kind == "integer", number_limits(flat))
            case "boolean":
                return Simple.BOOLEAN
            case "array":
                item = self._shape(flat.get("items", {}), f"{where}[]", inside, is_input=is_input)
                is_text = item == Text()
                if not is_input and is_text and flat.get("x-cog-array-display") == "concatenate":
                    return Simple.CONCATENATED
                return Items(item, lengths(flat, "minItems", "maxItems"))
            case "object" if not is_input and is_object(flat.get("properties")):
                return Record(tuple(self._fields(flat, where, inside)))
            case "object":
                more = flat.get("additionalProperties")
                is_free = is_input and is_object(flat.get("properties"))
                named = is_object(more) and not is_free
                return Members(self._shape(more, f"{where}.*", inside, is_input=is_input) if named else Simple.ANYTHING)
            case _:
                return Simple.ANYTHING


def _merged(first: Schema, second: Schema) -> Schema:
    """Both in one object: what the first says stands, and the fields are those of both."""
    merged = {**second, **first}
    if is_object(first.get("properties")) and is_object(second.get("properties")):
        merged["properties"] = {**second["properties"], **first["properties"]}
    if _is_array(first.get("required")) and _is_array(second.get("required")):
        merged["required"] = [*first["required"], *second["required"]]
    return merged


def _direct_references(schema: object) -> list[str]:
    """The references of a schema itself, not of what is in it."""
    if not is_object(schema):
        return []
    all_of: object = schema.get("allOf")
    parts: list[Any] = [schema, *(all_of if _is_array(all_of) else [])]
    return [str(part["$ref"]) for part in parts if is_object(part) and "$ref" in part]


def _kinds(flat: Schema) -> tuple[list[str], bool]:
    """The types that a schema names, and whether null is one."""
    named: object = flat.get("type")
    kinds = [str(kind) for kind in named] if _is_array(named) else [named] if isinstance(named, str) else []
    options: object = flat.get("anyOf", flat.get("oneOf"))
    has_null_option = _is_array(options) and NULL in options
    can_be_null = flat.get("nullable") is True or "null" in kinds or has_null_option
    return [kind for kind in dict.fromkeys(kinds) if kind != "null"], can_be_null


def _options(shapes: list[Shape]) -> Shape:
    """One shape for a value that may fit any of several."""
    can_be_null = any(isinstance(shape, Nullable) for shape in shapes)
    flat: list[Shape] = []
    for shape in shapes:
        inner = shape.shape if isinstance(shape, Nullable) else shape
        flat += inner.options if isinstance(inner, Options) else (inner,)
    distinct = [shape for index, shape in enumerate(flat) if shape not in flat[:index]]
    if Simple.ANYTHING in distinct or not distinct:
        return Simple.ANYTHING
    one: Shape = distinct[0] if len(distinct) == 1 else Options(tuple(distinct))
    return Nullable(one) if can_be_null else one


def _chosen(values: list[Any]) -> Shape | None:
    """The shape of an `enum`; None if it says nothing that an annotation can say."""
    if values and all(isinstance(value, str | int) for value in values):  # of which bool is one
        kinds: dict[tuple[object, Any], Any] = {(type(value), value): value for value in values}
        return Choice(tuple(kinds.values()))
    numbers = [number for value in values if (number := finite(value)) is not None]
    return Number(False, Limits(choices=tuple(numbers))) if numbers and len(numbers) == len(values) else None


def _text(flat: Schema) -> Shape:
    if flat.get("x-cog-secret") is True or flat.get("format") == "password":
        return Simple.SECRET
    if flat.get("format") == "uri":
        return Simple.FILE
    pattern = flat.get("pattern")
    usable = pattern if isinstance(pattern, str) and is_regex(pattern) else None
    return Text(lengths(flat, "minLength", "maxLength")._replace(pattern=usable))
