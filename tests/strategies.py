"""What the service may send, derived from a spec: JSON for each of its schemas, and what reading it must keep."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

Schema = dict[str, Any]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
OBJECTS = st.dictionaries(st.text(max_size=5), JSON, max_size=3)


class Spec:
    """A spec as a source of bodies."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas: dict[str, Schema] = document["components"]["schemas"]

    def resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        return schema

    def kind(self, schema: Schema) -> tuple[Schema, str | None, bool]:
        """The schema behind references and choices, its type apart from null, and whether null is one of its values."""
        schema = self.resolved(schema)
        options = [*schema.get("oneOf", []), *schema.get("anyOf", [])]
        if options:
            inner = next(option for option in options if option != {"type": "null"})
            return (*self.kind(inner)[:2], True)
        types = schema["type"] if isinstance(schema.get("type"), list) else [schema.get("type")]
        return schema, next(each for each in types if each != "null"), "null" in types

    def is_class(self, name: str) -> bool:
        return "properties" in self.schemas[name]

    def must(self, schema: Schema, field: str) -> bool:
        """Whether an answer without the field is not one."""
        _, kind, nullable = self.kind(schema["properties"][field])
        return field in schema.get("required", []) and not nullable and kind is not None

    def bodies(self, schema: Schema, depth: int = 0) -> st.SearchStrategy[Any]:
        """JSON that fits a schema, as the service would write it."""
        schema, kind, nullable = self.kind(schema)
        values = self._values(schema, kind, depth)
        return st.none() | values if nullable else values

    def _values(self, schema: Schema, kind: str | None, depth: int) -> st.SearchStrategy[Any]:
        match kind:
            case None:
                return JSON
            case "string" if "enum" in schema:
                return st.sampled_from(schema["enum"]) | st.text(max_size=8)
            case "string" if schema.get("format") == "date-time":
                return times()
            case "string":
                return st.text(max_size=8)
            case "integer":
                return st.integers()
            case "number":
                return st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**6), 10**6)
            case "boolean":
                return st.booleans()
            case "array":
                return st.lists(self.bodies(schema["items"], depth + 1), max_size=2 if depth < 3 else 0)
            case _ if "properties" not in schema:
                return OBJECTS
            case _:
                return self._objects(schema, depth)

    def _objects(self, schema: Schema, depth: int) -> st.SearchStrategy[dict[str, Any]]:
        """Objects in either serializer: what is not known is left out or null; and with fields that nobody knows."""
        required = {
            name: self.bodies(field, depth + 1)
            for name, field in schema["properties"].items()
            if self.must(schema, name)
        }
        optional = {
            name: st.none() | (self.bodies(field, depth + 1) if depth < 3 else st.none())
            for name, field in schema["properties"].items()
            if name not in required
        }
        known = st.fixed_dictionaries(required, optional=optional)
        unknown = st.dictionaries(st.text(max_size=5).map(lambda name: f"x{name}?"), JSON, max_size=1)
        return st.tuples(unknown, known).map(lambda pair: {**pair[0], **pair[1]})

    def essence(self, schema: Schema, value: Any) -> Any:
        """What must survive: null is absent, a missing page is empty, and a time is its moment to the microsecond."""
        schema, kind, _ = self.kind(schema)
        if value is None:
            return None
        if kind == "array":
            return [self.essence(schema["items"], item) for item in value]
        if kind == "string" and schema.get("format") == "date-time":
            return moment(value)
        fields = schema.get("properties", {})
        if kind != "object" or not fields:
            return value
        kept = {
            name: self.essence(fields[name], item) if name in fields else item
            for name, item in value.items()
            if not (name in fields and item is None)
        }
        return {"results": [], **kept} if {"results", "next"} <= fields.keys() else kept


@st.composite
def times(draw: st.DrawFn) -> str:
    """RFC 3339 with 0 to 9 digits of a second, in any zone."""
    when = draw(st.datetimes(datetime(1970, 1, 2), datetime(2999, 12, 30)))
    digits = draw(st.text("0123456789", max_size=9))
    zone = draw(st.sampled_from(["Z", "+00:00", "+05:30", "-11:00"]))
    return f"{when:%Y-%m-%dT%H:%M:%S}{f'.{digits}' if digits else ''}{zone}"


def moment(text: str) -> datetime:
    """The moment that a time names, read by hand."""
    found = re.fullmatch(r"(.{19})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)", text)
    assert found, text
    sign = -1 if found[3][0] == "-" else 1
    offset = timedelta() if found[3] == "Z" else sign * timedelta(hours=int(found[3][1:3]), minutes=int(found[3][4:]))
    microseconds = int((found[2] or "").ljust(6, "0")[:6])
    return datetime.strptime(found[1], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC, microsecond=microseconds) - offset
