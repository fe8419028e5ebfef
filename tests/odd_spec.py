"""A spec full of what is legal and seldom: names that Python needs, deep nesting, prose with quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generating import Document, spec

TEXT: Document = {"type": "string"}
TIME: Document = {"type": "string", "format": "date-time"}
NULL: Document = {"type": "null"}
FREE: Document = {"type": "object"}
NASTY = 'A """quoted" \\ text {{ x }}, é \u2028 ends with a backslash and a quote \\"'
WORDS = " ".join(
    [
        "Any Mapping None additional_properties attribute bool builtins class classmethod cls datetime default",
        "dict enum field float format from_dict id import input int isinstance lambda list name operation pop",
        "property read_enum rest result schema self source str to_dict type wrong x-y @at _links a.b Über",
    ]
).split(" ")
ARGUMENTS = [word for word in WORDS if word not in {"Any", "builtins", "read_enum", "self"}]


def to(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def many(items: Document, **more: Any) -> Document:
    return {"type": "array", "items": items, **more}


def or_null(schema: Document) -> Document:
    return {"oneOf": [schema, NULL]}


def fields(required: Sequence[str] = (), **properties: Document) -> Document:
    return {"type": "object", "required": list(required), "properties": properties}


ANSWERED = {
    "Words": fields(WORDS[::2], **dict.fromkeys(WORDS, TEXT)),
    "Times": fields(
        datetime=TIME, dict=FREE, str=TEXT, list=many(TEXT), others=many(TIME), at=TIME, bool={"type": "boolean"}
    ),
    "Tree": {
        **fields(
            ["name"],
            name={**TEXT, "description": NASTY},
            children=many(to("Tree")),
            parent=or_null(to("Tree")),
            leaf=to("Leaf"),
        ),
        "description": NASTY,
    },
    "Leaf": fields(tree=to("Tree"), size={"type": ["integer", "null"], "minimum": 3, "default": 5, "deprecated": True}),
    "Nested": fields(
        ["matrix", "nullable"],
        matrix=many(many({"type": "number"})),
        cube=many(many(many(to("Kind")))),
        rows=many(many(to("Leaf"))),
        holes=many({"type": ["string", "null"]}),
        times=many(or_null(TIME)),
        leaves=many(or_null(to("Leaf"))),
        kinds=many(to("Kind")),
        kind=or_null(to("Kind")),
        maybe={"anyOf": [{"type": "integer"}, NULL]},
        nullable={"type": ["string", "null"]},
        any={},
        anything=many({}),
        free=many(FREE),
    ),
    "Aliases": fields(["alias", "tags"], alias=to("Alias"), tags=to("Tags"), short=to("Short"), free=to("Free")),
    "Alias": to("Leaf"),
    "List": fields(list=many(to("List"))),
    "Type": fields(type=TEXT),
    "Settings": {**fields(type={**TEXT, "title": "T"}, default=TEXT, key={**TEXT, "format": "uuid"}), "title": "Else"},
    "Closed": {**fields(on={"type": "boolean", "default": True}), "additionalProperties": False},
}
OTHERS = {
    "Kind": {
        "type": "string",
        "enum": ["a b", "K_EULER", "1.0", "", "é", 'say "hi"', "back\\slash", "class", "name", "mro"],
    },
    "Short": {**TEXT, "maxLength": 5},
    "Tags": many(to("Short")),
    "Free": FREE,
    "Body": fields(["class", "list"], **dict.fromkeys(ARGUMENTS, TEXT)),
    "Deep": fields(
        ["kinds"],
        kinds=many(to("Kind"), uniqueItems=True),
        tags=to("Tags"),
        short=or_null(to("Short")),
        leaf=to("Leafy"),
        holes=many({"type": ["string", "null"], "pattern": "^a$"}),
        matrix=many(many({"type": "integer", "minimum": 1})),
        any={},
        times=many(TIME),
        free=many(FREE),
        most={"type": ["number", "null"], "maximum": 2.5},
    ),
    "Leafy": fields(size={"type": "integer"}),
    "Form": fields(
        ["file"], file={**TEXT, "format": "binary"}, leaf=to("Leafy"), kind=to("Kind"), on={"type": "boolean"}
    ),
}


def operation(id: str, answers: Document, **more: Any) -> Document:
    return {"operationId": id, "responses": answers, **more}


def answer(media: str, schema: Document, status: str = "200") -> Document:
    return {status: {"description": "It.", "content": {media: {"schema": schema}}}}


def body(name: str, media: str = "application/json") -> Document:
    return {"required": True, "content": {media: {"schema": to(name)}}}


JSON = "application/json"
NOTHING = {"204": {"description": "Done."}}
QUERY = {
    "list": TEXT,
    "on": {"type": "boolean"},
    "str": {"type": "integer"},
    "kind": to("Kind"),
    "at": TIME,
    "filter[x]": TEXT,
}
HEADERS = {"X-On": {"type": "boolean"}, "X-Size": {"type": "integer", "minimum": 1}, "X-Kind": to("Kind")}
PARAMETERS = [
    {"name": name, "in": place, "schema": schema}
    for place, schemas in (("query", QUERY), ("header", HEADERS))
    for name, schema in schemas.items()
]
IN_PATH = [
    {"name": name, "in": "path", "required": True, "schema": TEXT}
    for name in ("class_id", "import_owner", "import_name", "it_slug", "lambda")
]
PATHS = {
    "/import": {
        "get": operation("import.list", answer(JSON, many(to("Leaf"))), parameters=PARAMETERS, deprecated=True),
        "post": operation("import.class", NOTHING, requestBody=body("Body")),
    },
    "/list": {
        "get": operation("list.get", answer(JSON, to("Leaf")) | NOTHING, security=[]),
        "post": operation("list.dict", NOTHING, requestBody=body("Deep")),
        "put": operation("list.str", NOTHING, requestBody=body("Form", "multipart/form-data")),
    },
    "/it's": {
        "get": operation("widgets.import.return", answer("text/plain", TEXT)),
        "post": operation(
            "widgets.list", answer(JSON, to("Leaf")) | answer("text/plain", TEXT, "201") | {"202": NOTHING["204"]}
        ),
        "put": operation("widgets.get", answer(JSON, many(many({"type": "integer"})))),
        "delete": operation("widgets.delete", answer(JSON, {"type": ["string", "null"]})),
    },
    "/x/{class_id}/{import_owner}/{import_name}/{it_slug}/{lambda}": {
        "get": operation("type", answer("image/png", {**TEXT, "format": "binary"})),
        "parameters": IN_PATH,
    },
    "/any": {"get": operation("bytes", answer(JSON, {})), "post": operation("print", answer(JSON, FREE))},
    "/deep": {
        "get": operation("a.b.c.d", answer(JSON, many(or_null(to("Leaf"))))),
        "put": operation("a.b_c", answer("application/hal+json", to("Leaf"))),
    },
}


def odd_spec() -> Document:
    document = spec(schemas=ANSWERED, paths=PATHS)
    document["components"]["schemas"] = {**ANSWERED, **OTHERS}
    return document
