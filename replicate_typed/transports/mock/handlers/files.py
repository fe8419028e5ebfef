"""Files: uploaded, read, listed, deleted, and downloaded by signed links."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from replicate_typed.transports.mock.calls import read_json
from replicate_typed.transports.mock.exchanges import Reply, json_reply
from replicate_typed.transports.mock.files.uploads import MockFile, file_problem
from replicate_typed.transports.mock.handlers.lists import page_reply
from replicate_typed.transports.mock.problems import InvalidField, ProblemError, invalid_input
from replicate_typed.transports.multipart import Part, parts_of

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.state import State

MOST_BYTES = 100 * 2**20
"""How long a file may be: spec, `files.create`."""

_LONGEST_NAME = 255  # bytes
_TEXTS = ("filename", "type", "metadata")
_ANY_TYPE = "application/octet-stream"


def create(state: State, call: Call) -> Reply:
    form = _form(call)
    values = _values(form)
    if rows := call.operation.misfits_of_body(values) or _misfits_of_name(form):
        raise invalid_input(rows)
    content = form["content"]
    if len(content.content) > MOST_BYTES:
        raise file_problem(413, "Files must be less than 100MB in size")
    file = state.files.add(
        name=values.get("filename") or content.filename or "",
        content_type=values.get("type") or content.content_type or _ANY_TYPE,
        content=content.content,
        metadata=values.get("metadata", {}),
        root=call.root,
    )
    return json_reply(file.as_json(), 201)


def get(state: State, call: Call) -> Reply:
    return json_reply(state.files.get(*call.names).as_json())


def delete(state: State, call: Call) -> Reply:
    state.files.delete(*call.names)
    return Reply(204, b"", {"content-type": "text/plain; charset=UTF-8"})


def download(state: State, call: Call) -> Reply:
    query = call.query
    file = state.files.get_signed(call.names[0], query["owner"], query["expiry"], query["signature"])
    return Reply(200, file.content, {"content-type": _ANY_TYPE})


def list_(state: State, call: Call) -> Reply:
    return page_reply(state, call, "files", state.files.newest_first(), lambda file: -file.sequence, MockFile.as_json)


def _form(call: Call) -> dict[str, Part]:
    """The fields of an upload by their names."""
    try:
        parts = parts_of(call.request.headers.get("content-type", ""), call.request.content)
    except ValueError as error:
        raise ProblemError(400, f"The request body is not multipart/form-data: {error}") from error
    return {part.name: part for part in parts}


def _values(form: dict[str, Part]) -> dict[str, Any]:
    """What the fields say: clients send metadata as a plain field, or as one of JSON."""
    values: dict[str, Any] = {name: form[name].text for name in _TEXTS if name in form}
    if "content" in form:
        values["content"] = ""  # whatever it is, it fits
    if "metadata" in form:
        with contextlib.suppress(ValueError):  # what is no JSON is a text, which does not fit
            values["metadata"] = read_json(form["metadata"].content)
    return values


def _misfits_of_name(form: dict[str, Part]) -> list[InvalidField]:
    """The description counts a name's letters, the service its bytes."""
    if "filename" not in form or len(form["filename"].content) <= _LONGEST_NAME:
        return []
    return [InvalidField("string_lte", "filename", f"Must be at most {_LONGEST_NAME} bytes of UTF-8")]


HANDLERS: dict[str, Handler] = {
    "files.create": create,
    "files.get": get,
    "files.delete": delete,
    "files.download": download,
    "files.list": list_,
}
