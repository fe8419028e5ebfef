"""What the generated functions send: the wire of every operation, and what they refuse to send."""

from __future__ import annotations

import inspect
import io
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast
from urllib.parse import unquote

import httpx
import pytest
from described import DOCUMENT, Described, operations
from hypothesis import assume, given, strategies as st
from strategies import Schema, Spec

from replicate_api.api.deployments.deployments_create import deployments_create
from replicate_api.api.deployments.deployments_update import deployments_update
from replicate_api.api.files.files_create import files_create
from replicate_api.api.files.files_get import files_get
from replicate_api.api.models.models_get import models_get
from replicate_api.api.models.models_list import models_list
from replicate_api.api.models.models_update import models_update
from replicate_api.api.models_versions.models_versions_get import models_versions_get
from replicate_api.api.predictions.predictions_create import predictions_create
from replicate_api.api.predictions.predictions_list import predictions_list
from replicate_api.api.root.search import search
from replicate_api.models.model_sort_by import ModelSortBy
from replicate_api.models.sort_direction import SortDirection
from replicate_api.models.webhook_event import WebhookEvent
from replicate_api.types import Operation, Part
from replicate_typed import Deployment, Model

SPEC = Spec(DOCUMENT)
OPERATIONS = operations()
WHEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=2)))


def sample(name: str, schema: Schema) -> tuple[Any, Any]:
    """An argument, and what it is on the wire."""
    resolved, kind, _ = SPEC.kind(schema)
    if "enum" in resolved:
        return resolved["enum"][0], resolved["enum"][0]
    if resolved.get("format") == "date-time":
        return WHEN, "2024-05-06T05:08:09Z"
    if resolved.get("format") == "binary":
        return b"bytes", b"bytes"
    if kind == "array":
        item, wire = sample(name, resolved["items"])
        return (item,), [wire]
    values = {
        "string": {"prefer": "wait=5", "cancel_after": "1h30m"}.get(name, "a/ü"),
        "integer": resolved.get("maximum", 7),
        "boolean": False,
        "object": {"prompt": "a", "n": [1]},
    }
    return values[str(kind)], values[str(kind)]


def everything(operation: Described, *, optional: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arguments for the required, or for all of the parameters and fields; and the wire of those not in the path."""
    arguments: dict[str, Any] = {
        noun: "ow ner/näme" if len(variables) == 2 else "i/d ?" for noun, variables in operation.path_arguments.items()
    }
    wire: dict[str, Any] = {}
    for name, (schema, required) in operation.arguments.items():
        if required or optional:
            arguments[name], wire[name] = sample(name, schema)
    return arguments, wire


@pytest.mark.parametrize("optional", [True, False], ids=["all", "required"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_operation_sends_what_the_spec_says(operation: Described, optional: bool) -> None:
    """Method, escaped path, query, headers and body; what is not given is not sent, a default never."""
    arguments, wire = everything(operation, optional=optional)
    made: Operation[Any] = operation.function(**arguments)
    assert (made.id, made.method) == (operation.id, operation.method.upper())
    path = re.sub(r"\{\w+_owner\}/\{\w+_name\}", "ow%20ner/n%C3%A4me", operation.path)
    assert made.path == re.sub(r"\{\w+\}", "i%2Fd%20%3F", path)
    places = {each["name"].lower().replace("-", "_"): (each["in"], each["name"]) for each in operation.parameters}
    for place, given_ in (("query", made.query), ("header", made.headers)):
        expected = {places[name][1]: value for name, value in wire.items() if places.get(name, ("",))[0] == place}
        assert dict(given_ or {}) == expected
    body = {name: value for name, value in wire.items() if name not in places}
    if operation.media == "application/json":
        assert made.body == body
    elif operation.media == "multipart/form-data":
        assert [part.name for part in cast("list[Part]", made.body)] == list(body)
    else:
        assert made.body is None
    assert made.needs_token is (operation.node.get("security") != [])
    assert made.is_repeatable is (
        (operation.method != "post" and operation.method != "patch") or "x-idempotent" in operation.node
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_none_is_not_sent(operation: Described) -> None:
    """An optional argument that is None is as if it were not given."""
    arguments, _ = everything(operation, optional=False)
    nothing = {name: None for name, each in operation.signature.parameters.items() if each.default is None}
    one, other = operation.function(**arguments), operation.function(**arguments, **nothing)
    assert (one.query, one.headers) == (other.query, other.headers)
    if operation.media == "application/json":
        assert one.body == other.body


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_what_is_required_must_be_given(operation: Described) -> None:
    """Left out or None: an error before anything is sent."""
    arguments, _ = everything(operation, optional=False)
    for name in arguments:
        rest = {key: value for key, value in arguments.items() if key != name}
        with pytest.raises(TypeError, match=name):
            operation.function(**rest)
        with pytest.raises(TypeError, match=f"^{name} must be "):
            operation.function(**rest, **{name: None})


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.media == "application/json"], ids=str)
def test_extra_fields_are_merged_into_the_body(operation: Described) -> None:
    """They have the last word, and the caller's mapping is left alone."""
    arguments, wire = everything(operation, optional=True)
    fields = {name: value for name, value in wire.items() if name in operation.body["properties"]}
    extra = {"new": None, next(iter(fields)): "changed"}
    made = operation.function(**arguments, extra_body=extra)
    assert made.body == {**fields, **extra}
    assert extra == {"new": None, next(iter(fields)): "changed"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_limit_and_pattern_is_kept(operation: Described) -> None:
    """Just inside passes; just outside is refused, with the argument's name and without what was sent at length."""
    arguments, _ = everything(operation, optional=False)
    for name, (schema, _) in operation.arguments.items():
        resolved, *_ = SPEC.kind(schema)
        inside: list[Any] = [resolved[limit] for limit in ("minimum", "maximum") if limit in resolved]
        outside: list[Any] = [
            resolved[limit] + step for limit, step in (("minimum", -1), ("maximum", 1)) if limit in resolved
        ]
        if "maxLength" in resolved:
            inside, outside = ["x" * resolved["maxLength"]], ["x" * (resolved["maxLength"] + 1)]
        if "pattern" in resolved:
            outside = ["", "no", "wait=61", "wait\n", "5\n", "wait=5\r\nX: y", "5d"]
        if resolved.get("uniqueItems"):
            outside = [["start", "start"]]
        for value in inside:
            operation.function(**{**arguments, name: value})
        for value in outside:
            with pytest.raises(ValueError, match=f"^{name} must "):
                operation.function(**{**arguments, name: value})


SEGMENTS = st.text(min_size=1, max_size=12).filter(lambda text: text not in {".", ".."})


@given(SEGMENTS)
def test_an_id_is_one_segment_of_the_path(text: str) -> None:
    """Whatever is in it: no slash, no query, no fragment gets out, and it reads back as it was."""
    path = files_get(text).path
    assert re.fullmatch(r"/files/[A-Za-z0-9_.~%-]+", path)
    assert unquote(path.removeprefix("/files/")) == text
    url = httpx.URL(f"https://api.test/v1{path}")
    assert url.raw_path.decode() == f"/v1{path}"
    assert (url.query, url.fragment) == (b"", "")


@given(SEGMENTS, SEGMENTS, SEGMENTS)
def test_an_owner_and_a_name_are_two_segments(owner: str, name: str, version: str) -> None:
    """Nothing else may be in `owner/name`."""
    assume(not set("/:") & {*owner, *name})
    path = models_versions_get(f"{owner}/{name}", version).path
    _, _, *segments = path.split("/")
    assert [unquote(each) for each in segments] == [owner, name, "versions", version]


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_an_id_that_would_change_the_path_is_refused(value: str) -> None:
    """An HTTP client would resolve the dots."""
    with pytest.raises(ValueError, match=r"^file must not be "):
        files_get(value)
    for owned in (f"{value}/name", f"owner/{value}"):
        with pytest.raises(ValueError, match=r"^model must "):
            models_get(owned)


@pytest.mark.parametrize("value", ["owner", "/name", "owner/", "owner/name/", "a/b/c", "owner/name:version", "//"])
def test_what_is_not_owner_and_name_is_refused(value: str) -> None:
    """A version does not belong there."""
    with pytest.raises(ValueError, match=r'^model must be "owner/name", got '):
        models_get(value)


@pytest.mark.parametrize("value", [5, b"id", None, ["id"], object()])
def test_what_is_no_id_is_refused(value: Any) -> None:
    """Bytes and numbers would be sent as their repr."""
    with pytest.raises(TypeError, match=r"^file must be a string"):
        files_get(value)
    with pytest.raises(TypeError, match=r"^model must be "):
        models_get(value)


def test_an_object_stands_for_what_it_is_called() -> None:
    """A model or a deployment for `owner/name`; anything with an id for the id."""
    body = {"url": "u", "owner": "acme", "name": "é", "visibility": "public", "run_count": 1}
    assert models_get(Model.from_dict(body)).path == "/models/acme/%C3%A9"
    assert deployments_update(Deployment(owner="acme", name="prod")).path == "/deployments/acme/prod"


def test_an_enum_is_given_as_a_member_or_as_its_value() -> None:
    """Plain text is sent; a value that is not known here is refused."""
    by_member = models_list(sort_by=ModelSortBy.MODEL_CREATED_AT, sort_direction=SortDirection.ASC)
    by_value = models_list(sort_by="model_created_at", sort_direction="asc")
    assert by_member.query == by_value.query == {"sort_by": "model_created_at", "sort_direction": "asc"}
    assert {type(value) for value in (by_member.query or {}).values()} == {str}
    for unknown in ("name", ModelSortBy("name"), "MODEL_CREATED_AT", ""):
        with pytest.raises(ValueError, match=r"^sort_by must be one of 'model_created_at', "):
            models_list(sort_by=cast("Any", unknown))
    made = predictions_create(version="v", input={}, webhook_events_filter=[WebhookEvent.START, "logs"])
    assert cast("Any", made.body)["webhook_events_filter"] == ["start", "logs"]
    with pytest.raises(ValueError, match=r"^webhook_events_filter\[1\] must be one of"):
        predictions_create(version="v", input={}, webhook_events_filter=["start", cast("Any", "end")])
    with pytest.raises(TypeError, match=r"^webhook_events_filter must be a list"):
        predictions_create(version="v", input={}, webhook_events_filter=cast("Any", "start"))


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (WHEN, "2024-05-06T05:08:09Z"),
        (datetime(2024, 5, 6, 7, 8, 9, 120, tzinfo=UTC), "2024-05-06T07:08:09.000120Z"),
        ("2024-05-06T07:08:09+02:00", "2024-05-06T05:08:09Z"),
        ("2024-05-06T07:08:09.5Z", "2024-05-06T07:08:09.500000Z"),
    ],
)
def test_a_time_is_sent_in_utc(value: datetime | str, wire: str) -> None:
    """RFC 3339, ending in `Z`."""
    assert predictions_list(created_after=value).query == {"created_after": wire}


@pytest.mark.parametrize("value", [datetime(2024, 5, 6), "2024-05-06T07:08:09", "2024-05-06", "yesterday", ""])
def test_a_time_without_a_zone_is_refused(value: datetime | str) -> None:
    """Whose noon it is cannot be known."""
    with pytest.raises(ValueError, match=r"^created_before must "):
        predictions_list(created_before=value)


@pytest.mark.parametrize("value", [True, 5.0, "5", float("nan"), None])
def test_a_number_must_be_of_the_right_kind(value: Any) -> None:
    """Nothing is converted in silence."""
    fields: dict[str, Any] = {"name": "n", "model": "a/b", "version": "v", "hardware": "cpu", "max_instances": 1}
    with pytest.raises(TypeError, match=r"^min_instances must be an integer"):
        deployments_create(**fields, min_instances=value)


def test_a_lone_required_value_needs_no_name() -> None:
    """`search("text")`; several required ones are given by name."""
    assert search("cats", limit=50).query == {"query": "cats", "limit": 50}
    kinds = {each.kind for each in inspect.signature(deployments_create).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}


def test_a_free_form_object_is_copied() -> None:
    """What is changed later is not sent."""
    given_ = {"prompt": "a"}
    made = predictions_create(version="v", input=given_)
    given_["prompt"] = "b"
    assert cast("Any", made.body)["input"] == {"prompt": "a"}
    with pytest.raises(TypeError, match=r"^input must have strings for names, got 1"):
        predictions_create(version="v", input=cast("Any", {1: 2}))
    with pytest.raises(TypeError, match=r"^extra_body must be a mapping"):
        models_update("a/b", extra_body=cast("Any", [1]))


def test_a_multipart_body_is_made_of_parts() -> None:
    """A file keeps its name, text is text, and anything else is JSON."""
    opened = io.BytesIO(b"bytes")
    opened.name = "pictures/cat.png"
    made = files_create(opened, filename="ü.png", type="image/png", metadata={"a": [1, None]})
    content, *fields = cast("list[Part]", made.body)
    assert (content.name, content.content, content.filename) == ("content", opened, "cat.png")
    assert [(each.name, each.content, each.content_type, each.filename) for each in fields] == [
        ("filename", "ü.png", None, None),
        ("type", "image/png", None, None),
        ("metadata", '{"a": [1, null]}', "application/json", None),
    ]
    assert cast("list[Part]", files_create(b"x").body)[0].filename == "content"
    with pytest.raises(TypeError, match=r"^content must be bytes or a file opened in binary mode"):
        files_create(cast("Any", "cat.png"))
    with pytest.raises(ValueError, match="not JSON compliant"):
        files_create(b"x", metadata={"a": float("nan")})
