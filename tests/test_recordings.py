"""Every recorded answer of the real service is read, and comes back as it was."""

from __future__ import annotations

import importlib
import json
import re
from typing import Any, cast

import httpx
import pytest
import yaml
from cassettes import FOLDER, Exchange, exchanges, needs_cassettes
from generating import SPEC
from strategies import Spec

DOCUMENT: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
RECORDED = exchanges()
DUPLICATE_KEYS = '{"key": "a", "key": "whsec_b"}'


def described(exchange: Exchange) -> dict[str, Any]:
    """The operation of the spec that was called."""
    for path, item in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), exchange.path) and exchange.method.lower() in item:
            operation: dict[str, Any] = item[exchange.method.lower()]
            return operation
    raise AssertionError(f"{exchange.method} {exchange.path} is not in openapi.yaml")


def parsed(operation: dict[str, Any], response: httpx.Response) -> Any:
    """What the generated code reads from an answer."""
    path = operation["operationId"].split(".")
    module = importlib.import_module(f"replicate_api.api.{'_'.join(path[:-1])}.{'_'.join(path)}")
    return module._parse(response)


def written(value: Any) -> Any:
    if isinstance(value, list):
        return [written(item) for item in cast("Any", value)]
    return value.to_dict()


@needs_cassettes
def test_there_are_recordings() -> None:
    """The folder has exchanges of several kinds; else the tests below would say nothing."""
    assert len({each.cassette for each in RECORDED}) >= 5, FOLDER
    assert {each.status for each in RECORDED} >= {200, 201}


@pytest.mark.parametrize("exchange", RECORDED, ids=str)
@needs_cassettes
def test_a_recorded_answer_comes_back_as_it_was(exchange: Exchange) -> None:
    """The status is described, and reading and writing keep everything but nulls and digits of a second."""
    operation = described(exchange)
    assert str(exchange.status) in operation["responses"]
    response = httpx.Response(
        exchange.status, headers={"content-type": exchange.content_type}, content=exchange.text.encode()
    )
    value = parsed(operation, response)
    answer = operation["responses"][str(exchange.status)]
    schema = answer["content"]["application/json"]["schema"]
    spec, again = Spec(DOCUMENT), written(value)
    assert spec.essence(schema, json.loads(json.dumps(again))) == spec.essence(schema, exchange.json)


def test_of_a_key_that_is_there_twice_the_last_one_counts() -> None:
    """As in some recordings, which were edited by hand."""
    operation = DOCUMENT["paths"]["/webhooks/default/secret"]["get"]
    response = httpx.Response(200, headers={"content-type": "application/json"}, text=DUPLICATE_KEYS)
    assert parsed(operation, response).key == "whsec_b"
