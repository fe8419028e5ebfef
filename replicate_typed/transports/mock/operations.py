"""What the mock service can be asked: the operations of openapi.yaml, and what fits them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from attrs import frozen

import replicate_api
from replicate_typed.suggestions import did_you_mean
from replicate_typed.transports.mock.problems import InvalidField, ProblemError
from replicate_typed.transports.mock.schemas import misfits

STREAM, OUTPUT_FILE = "stream", "output_file"
"""What else can be asked for, at addresses of their own, which are in no description."""

_METHODS = ("get", "post", "patch", "put", "delete")
_INTEGER = re.compile(r"-?[0-9]{1,19}")
_JSON, _MULTIPART = "application/json", "multipart/form-data"


@frozen(eq=False)
class MockOperation:
    """One operation: what asks for it, and what may be sent with it."""

    id: str
    method: str
    path: str
    pattern: re.Pattern[str]
    queries: tuple[Mapping[str, Any], ...]
    headers: tuple[Mapping[str, Any], ...]
    body: Mapping[str, Any] | None
    """The schema of the JSON object that is sent."""
    form: Mapping[str, Any] | None
    """The schema of the form that is sent in its place."""
    status: int
    """The first of its successes."""
    needs_token: bool

    def misfits_of(self, values: Mapping[str, str], place: str) -> list[InvalidField]:
        """What in the query or the headers does not fit."""
        rows: list[InvalidField] = []
        for parameter in self.queries if place == "query" else self.headers:
            name: str = parameter["name"] if place == "query" else parameter["name"].lower()
            if name in values:
                value = typed(values[name], parameter["schema"])
                rows += misfits(value, parameter["schema"], field=parameter["name"], root=document())
            elif parameter.get("required"):
                rows.append(InvalidField.required("", parameter["name"]))
        return rows

    def misfits_of_body(self, body: object) -> list[InvalidField]:
        """What in the body does not fit."""
        schema = self.body or self.form
        return misfits(body, schema, field="", root=document()) if schema is not None else []


def typed(text: str, schema: Mapping[str, Any]) -> object:
    """A text from a query as its schema wants it, if it can be that."""
    return int(text) if schema.get("type") == "integer" and _INTEGER.fullmatch(text) else text


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The description of the API, as openapi.yaml has it."""
    path = Path(replicate_api.__file__).with_name("openapi.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1)
def operations() -> dict[str, MockOperation]:
    """Every operation by its id; `models.search` cannot be told in OpenAPI 3.1, as its method is QUERY."""
    found = [
        _operation(path, method, item[method])
        for path, item in document()["paths"].items()
        for method in _METHODS
        if method in item
    ]
    search = _operation("/models", "query", {"operationId": "models.search", "responses": {"200": {}}})
    return {operation.id: operation for operation in [*found, search]}


def find(method: str, path: str) -> tuple[MockOperation, tuple[str, ...]] | None:
    """The operation asked for, and the names in its path; None if there is none."""
    for operation in _by_method().get(method, ()):
        if found := operation.pattern.fullmatch(path):
            return operation, tuple(unquote(name) for name in found.groups())
    return None


def unknown(method: str, path: str) -> ProblemError:
    """The refusal of what is no operation: it names it, and what there is."""
    what = f"the mock service does not know {method} {path}"
    if allowed := [operation.method for operation in operations().values() if operation.pattern.fullmatch(path)]:
        return ProblemError(405, f"{what}; there is {', '.join(allowed)}", headers={"allow": ", ".join(allowed)})
    known = {operation.path for operation in operations().values()}
    return ProblemError(404, what + did_you_mean(path, known))


def checked_operation(id: str) -> str:
    """The id, if an operation has it; raises ValueError with suggestions if none has."""
    known = {*operations(), STREAM, OUTPUT_FILE}
    if id not in known:
        raise ValueError(f"there is no operation {id!r}{did_you_mean(id, known)}")
    return id


def is_meant(rule: str, id: str) -> bool:
    """Whether a rule for one operation is for this one.

    `predictions.create` is for every create of predictions: of a version, of an official model, of a deployment.
    """
    return rule == id or (rule == "predictions.create" and id.endswith(".predictions.create"))


@lru_cache(maxsize=1)
def _by_method() -> dict[str, list[MockOperation]]:
    found: dict[str, list[MockOperation]] = {}
    for operation in operations().values():
        found.setdefault(operation.method, []).append(operation)
    return found


def _operation(path: str, method: str, item: Mapping[str, Any]) -> MockOperation:
    parameters = [_resolved(parameter) for parameter in item.get("parameters", [])]
    content = item.get("requestBody", {}).get("content", {})
    return MockOperation(
        id=item["operationId"],
        method=method.upper(),
        path=path,
        pattern=re.compile(re.sub(r"\\{[^}]*\\}", "([^/]+)", re.escape(path))),
        queries=tuple(parameter for parameter in parameters if parameter["in"] == "query"),
        headers=tuple(parameter for parameter in parameters if parameter["in"] == "header"),
        body=content[_JSON]["schema"] if _JSON in content else None,
        form=content[_MULTIPART]["schema"] if _MULTIPART in content else None,
        status=min(int(status) for status in item["responses"] if status.startswith("2")),
        needs_token=item.get("security") != [],
    )


def _resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    target: Any = document()
    if "$ref" not in node:
        return node
    for name in node["$ref"].removeprefix("#/").split("/"):
        target = target[name]
    return _resolved(target)
