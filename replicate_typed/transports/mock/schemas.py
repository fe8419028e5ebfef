"""What in a JSON value does not fit a JSON Schema, in the words of the service.

The service validates with the Go library gojsonschema, whose names and texts of errors these are. As there, all that
is wrong is found, but a value of the wrong type is not looked into. Cog wraps named choices in `allOf`; of these the
service reports what the choice says, and nothing of the `allOf`.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from replicate_typed.transports.mock.problems import InvalidField, is_object

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII | re.IGNORECASE,
)
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x1f\x7f\\]*", re.IGNORECASE)


def misfits(value: object, schema: Mapping[str, Any], *, field: str, root: Mapping[str, Any]) -> list[InvalidField]:
    """What in the value does not fit the schema (OpenAPI 3.1), in the schema's order; nothing if all fits.

    `field` is where the value stands in the request, dotted, "" at the top; references point into `root`.
    `nullable` and exclusive limits that are booleans mean what they mean in OpenAPI 3.0, for Cog writes that.
    Keywords that neither the API's description nor Cog uses are ignored, as are formats other than `date-time` and
    `uri`.
    """
    check = _Check(root, field)
    check.judge(value, schema, field)
    return check.found


class _Check:
    """The course of one check."""

    def __init__(self, root: Mapping[str, Any], start: str) -> None:
        self.found: list[InvalidField] = []
        self._root = root
        self._start = start

    def judge(self, value: object, schema: Mapping[str, Any], field: str) -> None:
        if value is None and schema.get("nullable"):
            return
        if "type" in schema and not _has_type(value, schema["type"]):
            self._say("invalid_type", field, _wrong_type(schema["type"], value))
            return
        self._compositions(value, schema, field)
        if isinstance(value, str):
            self._string(value, schema, field)
        elif _is_number(value):
            self._number(value, schema, field)
        elif is_array(value):
            self._array(value, schema, field)
        elif is_object(value):
            self._object(value, schema, field)
        self._choices(value, schema, field)
        if is_object(value):
            for name, inner in schema.get("properties", {}).items():
                if name in value:
                    self.judge(value[name], inner, _below(field, name))

    def _say(self, type: str, field: str, text: str) -> None:
        self.found.append(InvalidField(type, field, text))

    def _compositions(self, value: object, schema: Mapping[str, Any], field: str) -> None:
        if "$ref" in schema:
            self.judge(value, self._reached(schema["$ref"]), field)
        if "anyOf" in schema:
            tries = self._tries(value, schema["anyOf"], field)
            if all(tries):
                self._say("number_any_of", field, "Must validate at least one schema (anyOf)")
                self.found += _closest(tries, field)
        if "oneOf" in schema:
            tries = self._tries(value, schema["oneOf"], field)
            if tries.count([]) != 1:
                self._say("number_one_of", field, "Must validate one and only one schema (oneOf)")
            if all(tries):
                self.found += _closest(tries, field)
        for part in schema.get("allOf", ()):
            self.judge(value, part, field)

    def _tries(self, value: object, options: list[Mapping[str, Any]], field: str) -> list[list[InvalidField]]:
        """What does not fit each of the options."""
        tries = [_Check(self._root, self._start) for _ in options]
        for check, option in zip(tries, options, strict=True):
            check.judge(value, option, field)
        return [check.found for check in tries]

    def _array(self, value: list[Any], schema: Mapping[str, Any], field: str) -> None:
        if "items" in schema:
            for index, item in enumerate(value):
                self.judge(item, schema["items"], _below(field, str(index)))
        if len(value) < schema.get("minItems", 0):
            self._say("array_min_items", field, f"Array must have at least {schema['minItems']} items")
        if len(value) > schema.get("maxItems", len(value)):
            self._say("array_max_items", field, f"Array must have at most {schema['maxItems']} items")
        if schema.get("uniqueItems"):
            seen: dict[Hashable, int] = {}
            for index, item in enumerate(map(_identity, value)):
                if item in seen:
                    self._say("unique", field, f"array items[{seen[item]},{index}] must be unique")
                seen[item] = index

    def _object(self, value: dict[str, Any], schema: Mapping[str, Any], field: str) -> None:
        for name in schema.get("required", ()):
            if name not in value:
                self.found.append(InvalidField.required(field, name))
        more = schema.get("additionalProperties", True)
        if more is True:
            return
        known = schema.get("properties", {})
        for name in value:
            if name in known:
                continue
            if more is False:
                self.found.append(InvalidField.unexpected(field, name))
            else:
                self.judge(value[name], more, _below(field, name))

    def _string(self, value: str, schema: Mapping[str, Any], field: str) -> None:
        if len(value) < schema.get("minLength", 0):
            self._say("string_gte", field, f"String length must be greater than or equal to {schema['minLength']}")
        if len(value) > schema.get("maxLength", len(value)):
            self._say("string_lte", field, f"String length must be less than or equal to {schema['maxLength']}")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            self._say("pattern", field, f"Does not match pattern '{schema['pattern']}'")
        if "format" in schema and not _has_format(value, schema["format"]):
            self._say("format", field, f"Does not match format '{schema['format']}'")

    def _number(self, value: float, schema: Mapping[str, Any], field: str) -> None:
        most, below = _limits(schema, "maximum", "exclusiveMaximum")
        least, above = _limits(schema, "minimum", "exclusiveMinimum")
        if most is not None and value > most:
            self._say("number_lte", field, f"Must be less than or equal to {_printed(most)}")
        if below is not None and value >= below:
            self._say("number_lt", field, f"Must be less than {_printed(below)}")
        if least is not None and value < least:
            self._say("number_gte", field, f"Must be greater than or equal to {_printed(least)}")
        if above is not None and value <= above:
            self._say("number_gt", field, f"Must be greater than {_printed(above)}")

    def _choices(self, value: object, schema: Mapping[str, Any], field: str) -> None:
        if "const" in schema and not is_same(value, schema["const"]):
            self._say("const", field, f"{self._name(field)} does not match: {_json(schema['const'])}")
        if "enum" in schema and _identity(value) not in map(_identity, schema["enum"]):
            allowed = ", ".join(map(_json, schema["enum"]))
            self._say("enum", field, f"{self._name(field)} must be one of the following: {allowed}")

    def _name(self, field: str) -> str:
        """What a text calls a field: its path from where the check began, for that is all the validator sees."""
        if field == self._start:
            return field.rpartition(".")[2] or "(root)"
        return field.removeprefix(f"{self._start}.")

    def _reached(self, reference: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._root
        for key in reference.removeprefix("#/").split("/"):
            found = found[key.replace("~1", "/").replace("~0", "~")]
        return found


def _limits(schema: Mapping[str, Any], inclusive: str, exclusive: str) -> tuple[float | None, float | None]:
    """The limit that a number may reach, and the one that it may not."""
    limit, excluded = schema.get(inclusive), schema.get(exclusive)
    if isinstance(excluded, bool):  # as OpenAPI 3.0 has it
        return (None, limit) if excluded else (limit, None)
    return limit, excluded


def _closest(tries: list[list[InvalidField]], field: str) -> list[InvalidField]:
    """The errors of the option that was probably meant: one of the value's own type, and with the fewest."""
    return min(tries, key=lambda rows: (rows[0].type == "invalid_type" and rows[0].field == field, len(rows)))


def _has_type(value: object, types: str | list[str]) -> bool:
    kind = json_type(value)
    wanted = [types] if isinstance(types, str) else types
    return kind in wanted or (kind == "integer" and "number" in wanted)


def json_type(value: object) -> str:
    """The type of a JSON value, in JSON Schema's words: 1.0 is an integer."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _wrong_type(types: str | list[str], value: object) -> str:
    expected = types if isinstance(types, str) else f"[{','.join(types)}]"
    return f"Invalid type. Expected: {expected}, given: {json_type(value)}"


def _has_format(value: str, format: str) -> bool:
    match format:
        case "date-time":
            found = _DATE_TIME.fullmatch(value)
            return found is not None and _is_date(found[1])
        case "uri":
            return bool(_URI.fullmatch(value))
        case _:
            return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether this is a JSON array."""
    return isinstance(value, list)


def _identity(value: object) -> Hashable:
    """Equal for equal JSON: 1 and 1.0 are, 1 and true are not."""
    if is_array(value):
        return ("array", *map(_identity, value))
    if is_object(value):
        return frozenset((name, _identity(item)) for name, item in value.items())
    return isinstance(value, bool), value


def is_same(one: object, other: object) -> bool:
    """Whether two values are the same JSON."""
    return _identity(one) == _identity(other)


def _below(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _printed(value: float) -> str:
    """As Go prints a number: with as few digits as say it, and an exponent from a million on."""
    exact = Decimal(repr(value)).normalize()
    power = exact.adjusted()
    return f"{exact:f}" if -4 <= power < 6 else f"{exact.scaleb(-power).normalize():f}e{power:+03}"
