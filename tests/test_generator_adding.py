"""A new operation in the spec is a typed method of both clients after one command, with no line written by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from generating import ROOT, Document, command, json_answer, python, the_spec, written

BINARY = {"type": "string", "format": "binary"}
WIDGETS = {
    "Widget": {
        "type": "object",
        "description": "A thing.",
        "required": ["id", "colour"],
        "properties": {
            "id": {"type": "string", "description": "Its id."},
            "colour": {"$ref": "#/components/schemas/Colour", "description": "Its colour."},
            "made_at": {"type": "string", "format": "date-time", "description": "When it was made."},
            "key": {"type": "string", "format": "password", "description": "What opens it."},
        },
    },
    "Colour": {"type": "string", "enum": ["red", "dark blue"], "description": "What it looks like."},
    "WidgetPage": {
        "type": "object",
        "description": "One page of widgets.",
        "properties": {
            "next": {"type": ["string", "null"]},
            "previous": {"type": ["string", "null"]},
            "results": {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}},
        },
    },
    "PartRequest": {
        "type": "object",
        "description": "The part to make.",
        "required": ["colour", "count"],
        "properties": {
            "colour": {"$ref": "#/components/schemas/Colour"},
            "count": {"type": "integer", "minimum": 1, "maximum": 9},
            "list": {"type": "array", "items": {"type": "string", "maxLength": 3}},
        },
    },
}


def content(media: str, schema: Any, status: str = "200") -> Document:
    return {status: {"description": "It.", "content": {media: {"schema": schema}}}}


def with_more_operations() -> Document:
    """openapi.yaml with operations in an existing, a nested and two new resources, and of every kind of answer."""
    document = the_spec()
    document["components"]["schemas"] |= WIDGETS
    document["tags"].append({"name": "widgets", "description": 'Things that "people" make.'})
    owned = [{"$ref": f"#/components/parameters/Model{each}"} for each in ("Owner", "Name")]
    version = {"$ref": "#/components/parameters/VersionId"}
    widget = {"name": "widget_id", "in": "path", "required": True, "schema": {"type": "string"}}
    size = {"name": "size", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50, "default": 20}}
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/PartRequest"}}}}
    nothing = {"202": {"description": "It will be done."}}

    def add(path: str, method: str, id: str, responses: Document, **more: Any) -> None:
        operation = {"operationId": id, "summary": f"Summary of {id}", "responses": responses, **more}
        document["paths"].setdefault(path, {})[method] = operation

    prediction = [{"$ref": "#/components/parameters/PredictionId"}]
    add("/predictions/{prediction_id}/archive", "post", "predictions.archive", nothing, parameters=prediction)
    pin = "/models/{model_owner}/{model_name}/versions/{version_id}/pin"
    add(pin, "put", "models.versions.pin", json_answer("ModelVersion"), parameters=[*owned, version])
    add("/widgets", "get", "widgets.list", json_answer("WidgetPage"), parameters=[size])
    add("/widgets", "post", "widgets.import", json_answer("Widget", "201") | {"204": {"description": "Known."}})
    add("/widgets/{widget_id}", "get", "widgets.get", json_answer("Widget"), parameters=[widget], security=[])
    add(
        "/widgets/{widget_id}/notes",
        "get",
        "widgets.notes",
        content("text/markdown", {"type": "string"}),
        parameters=[widget],
    )
    add("/widgets/{widget_id}/picture", "get", "widgets.picture", content("image/png", BINARY), parameters=[widget])
    parts = {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}}
    path = "/widgets/{widget_id}/parts"
    add(path, "get", "widgets.parts.list", content("application/json", parts), parameters=[widget])
    add(path, "post", "widgets.parts.create", json_answer("Widget", "201"), parameters=[widget], requestBody=body)
    tags = {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
    order = {"name": "order", "in": "query", "schema": {"type": "string", "enum": ["up", "down"]}}
    size = {"type": "object", "required": ["width"], "properties": {"width": {"type": "number"}}}
    wanted = {"type": "object", "properties": {"shape": {"type": "string", "enum": ["round"]}, "size": size}}
    found = {"type": "object", "required": ["best"], "properties": {"best": {**size, "type": ["object", "null"]}}}
    in_place = {"required": True, "content": {"application/json": {"schema": wanted}}}
    add(
        "/widgets/find",
        "post",
        "widgets.find",
        content("application/json", found),
        parameters=[tags, order],
        requestBody=in_place,
    )
    add("/ping", "get", "ping", content("text/plain", {"type": "string"}))
    return document


CALLS = """
import asyncio, inspect, json
import httpx
from replicate_api.models.colour import Colour
from replicate_typed import AsyncClient, Client
from replicate_typed.models import Widget, WidgetPage, WidgetsFindRequestSize

WIDGET = {"id": "w1", "colour": "green", "made_at": "2024-01-02T03:04:05Z", "new": 1}
VERSION = {"id": "v1", "created_at": "2024-01-02T03:04:05Z"}
ANSWERS = {
    "POST /v1/predictions/p1/archive": (202, None),
    "PUT /v1/models/acme/echo/versions/v1/pin": (200, VERSION),
    "GET /v1/widgets?size=50": (200, {"results": [WIDGET]}),
    "POST /v1/widgets": (204, None),
    "GET /v1/widgets/w1": (200, WIDGET),
    "GET /v1/widgets/w%2F1/notes": (200, "# Notes"),
    "GET /v1/widgets/w1/picture": (200, b"PNG"),
    "GET /v1/widgets/w1/parts": (200, [WIDGET, WIDGET]),
    "POST /v1/widgets/w1/parts": (201, WIDGET),
    "POST /v1/widgets/find?tags=a&tags=b+c&order=up": (200, {"best": {"width": 2.5}}),
    "GET /v1/ping": (200, "pong"),
}
seen = []

def handle(request):
    name = f"{request.method} {request.url.raw_path.decode()}"
    seen.append([name, request.content.decode(), "authorization" in request.headers])
    status, body = ANSWERS[name]
    if body is None:
        return httpx.Response(status)
    if isinstance(body, bytes):
        return httpx.Response(status, content=body, headers={"content-type": "image/png"})
    if isinstance(body, str):
        return httpx.Response(status, text=body)
    return httpx.Response(status, json=body)

async def calls(client):
    async def got(value):
        return await value if inspect.isawaitable(value) else value

    assert await got(client.predictions.archive("p1")) is None
    assert (await got(client.models.versions.pin("acme/echo", "v1"))).id == "v1"
    page = await got(client.widgets.list(size=50))
    assert isinstance(page, WidgetPage) and page.results == [Widget.from_dict(WIDGET)]
    assert page.results[0].colour == "green" and not page.results[0].colour.is_known
    assert await got(getattr(client.widgets, "import_")()) is None
    widget = await got(client.widgets.get("w1"))
    assert widget.additional_properties == {"new": 1}
    assert await got(client.widgets.notes("w/1")) == "# Notes"
    picture = await got(client.widgets.picture(widget))
    assert (await picture.aread() if isinstance(client, AsyncClient) else picture.read()) == b"PNG"
    assert await got(client.widgets.parts.list(widget)) == [widget, widget]
    assert await got(client.widgets.parts.create("w1", colour=Colour.DARK_BLUE, count=9, list=["abc"])) == widget
    red = {"colour": "red", "count": 1}
    for wrong in (red | {"colour": "green"}, red | {"count": 10}, red | {"list": ["abcd"]}):
        try:
            await got(client.widgets.parts.create("w1", **wrong))
        except ValueError as error:
            assert str(error).startswith(("colour must", "count must", "list[0] must")), error
        else:
            raise AssertionError(wrong)
    size = WidgetsFindRequestSize(width=1)
    found = await got(client.widgets.find(tags=["a", "b c"], order="up", shape="round", size=size))
    assert found.best.width == 2.5
    assert await got(client.ping()) == "pong"

for kind in (Client, AsyncClient):
    asyncio.run(calls(kind(token="t", transport=httpx.MockTransport(handle))))
print(json.dumps(seen))
"""

TYPED = """
from typing import assert_type

from replicate_api.api.widgets.resource import AsyncWidgetsProtocol, WidgetsProtocol
from replicate_api.types import BinaryResponse
from replicate_typed import AsyncClient, Client
from replicate_typed.models import (
    ModelVersion,
    Widget,
    WidgetPage,
    WidgetsFindResponse,
    WidgetsFindResponseBest,
)


def sync(client: Client) -> None:
    client.predictions.archive("p1")
    assert_type(client.models.versions.pin("acme/echo", "v1"), ModelVersion)
    assert_type(client.widgets.list(size=5), WidgetPage)
    assert_type(client.widgets.import_(), Widget | None)
    assert_type(client.widgets.notes("w1"), str)
    assert_type(client.widgets.picture("w1"), BinaryResponse)
    assert_type(client.widgets.parts.list("w1"), list[Widget])
    assert_type(client.widgets.parts.create("w1", colour="dark blue", count=1, list=("a",)), Widget)
    found = client.widgets.find(tags=["a"], order="down", shape="round")
    assert_type(found, WidgetsFindResponse)
    assert_type(found.best, WidgetsFindResponseBest | None)
    assert_type(client.ping(), str)
    for widget in client.paginate(client.widgets.list):
        assert_type(widget, Widget)
    stand_in: WidgetsProtocol = client.widgets
    parts = client.widgets.parts
    parts.create("w1", colour="blu", count=1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    parts.lst  # type: ignore[attr-defined] # pyright: ignore
    del stand_in


async def coloured(client: AsyncClient) -> None:
    await client.predictions.archive("p1")
    assert_type(await client.models.versions.pin("acme/echo", "v1"), ModelVersion)
    assert_type(await client.widgets.list(size=5), WidgetPage)
    assert_type(await client.widgets.parts.list("w1"), list[Widget])
    assert_type(await client.widgets.picture("w1"), BinaryResponse)
    stand_in: AsyncWidgetsProtocol = client.widgets
    del stand_in
"""


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the hand-written part beside what is generated from the changed spec."""
    folder = tmp_path_factory.mktemp("more")
    done = command("--spec", str(written(with_more_operations(), folder)), "--output", str(folder))
    assert done.returncode == 0, done.stderr
    for path in (ROOT / "replicate_typed").rglob("*"):
        copy = folder / path.relative_to(ROOT)
        if path.is_file() and "__pycache__" not in path.parts and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (folder / "program.py").write_text(TYPED, encoding="utf-8")
    return folder


def test_new_operations_are_methods_of_both_clients(more: Path) -> None:
    """Each call sends what the spec says, and reads what the service answers."""
    done = python("-c", CALLS, paths=[more / "generated", more], cwd=more)
    assert done.returncode == 0, done.stderr
    seen: list[tuple[str, str, bool]] = [(name, body, token) for name, body, token in json.loads(done.stdout)]
    assert seen[: len(seen) // 2] == seen[len(seen) // 2 :], "the colours differ"
    assert {name for name, _, token in seen if not token} == {"GET /v1/widgets/w1"}
    assert ("POST /v1/widgets/find?tags=a&tags=b+c&order=up", '{"shape":"round","size":{"width":1}}', True) in seen
    assert ("POST /v1/widgets/w1/parts", '{"colour":"dark blue","count":9,"list":["abc"]}', True) in seen


SHOWN = """
from replicate_typed import AsyncClient, Client
from replicate_typed.models import Widget

widget = Widget.from_dict({"id": "w1", "colour": "red", "key": "secret"})
assert widget.key == "secret" == widget.to_dict()["key"]
print(widget)
for kind in (Client, AsyncClient):
    client = kind(token="t")
    print(type(client).widgets.__doc__, type(client.widgets).__doc__, client.widgets.parts.__doc__, sep="|")
"""


def test_new_models_and_resources_are_shown(more: Path) -> None:
    """A password is not; a resource says what its tag says, if there is one."""
    done = python("-c", SHOWN, paths=[more / "generated", more], cwd=more)
    assert done.returncode == 0, done.stderr
    said = 'Things that "people" make.|Things that "people" make.|The resource `widgets.parts`.'
    assert done.stdout.splitlines() == ["Widget(id='w1', colour='red')", said, said]


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_type_checkers_know_the_new_methods(more: Path, checker: str) -> None:
    """And refuse what is not one: the expected errors are marked, and an unused mark is an error."""
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "extraPaths": ["generated"],
        "include": ["program.py"],
        "reportUnnecessaryTypeIgnoreComment": True,
        "enableTypeIgnoreComments": False,
    }
    (more / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    config = more / "mypy.ini"
    config.write_text("[mypy]\nstrict = True\npython_version = 3.11\nmypy_path = generated\n", encoding="utf-8")
    commands = {
        "mypy": ["mypy", "--config-file", str(config), "--cache-dir", str(more / ".cache"), "program.py"],
        "pyright": ["pyright", "--pythonpath", sys.executable],
    }
    done = subprocess.run(
        [sys.executable, "-m", *commands[checker]], capture_output=True, text=True, cwd=more, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
