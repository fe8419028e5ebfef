"""The generated models: what the service may send is read and comes back, and anything else is named."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import attrs
import pytest
import yaml
from generating import SPEC
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import Spec

from replicate_api.models.account_type import AccountType
from replicate_api.models.prediction import Prediction
from replicate_api.models.prediction_metrics import PredictionMetrics
from replicate_api.models.prediction_page import PredictionPage
from replicate_api.models.prediction_status import PredictionStatus
from replicate_api.reading import UndecodableError
from replicate_api.types import OpenStrEnum, Operation
from replicate_typed import models

DOCUMENT: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
SPEC_BODIES = Spec(DOCUMENT)
SCHEMAS = SPEC_BODIES.schemas
CLASSES: list[str] = [name for name in models.__all__ if SPEC_BODIES.is_class(name)]
ENUMS: list[str] = [name for name in models.__all__ if "enum" in SCHEMAS[name]]
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

URLS = {"get": "https://api.test/p/1", "cancel": "https://api.test/p/1/cancel"}
PREDICTION: dict[str, Any] = {
    "id": "p1",
    "version": "hidden",
    "status": "succeeded",
    "input": {"prompt": "a", "sizes": [1, 2]},
    "created_at": "2023-10-12T17:10:07.956869Z",
    "urls": URLS,
}
EDGE: dict[str, Any] = {
    **PREDICTION,
    "model": "acme/echo",
    "logs": "",
    "metrics": {},
    "started_at": "2023-10-12T17:10:07.95Z",
}
DATABASE: dict[str, Any] = {
    **dict.fromkeys(("completed_at", "error", "logs", "metrics", "output", "started_at", "webhook_completed")),
    **PREDICTION,
    "created_at": "2023-10-12T17:10:07Z",
}


def model(name: str) -> Any:
    return getattr(models, name)


def smallest(schema: dict[str, Any]) -> Any:
    """A body with every field, each as simple as it can be."""
    schema, kind, _ = SPEC_BODIES.kind(schema)
    if kind == "object":
        return {name: smallest(field) for name, field in schema.get("properties", {}).items()}
    if kind == "array":
        return [smallest(schema["items"])]
    text = "2023-01-02T03:04:05Z" if schema.get("format") == "date-time" else schema.get("enum", ["text"])[0]
    return {"string": text, "integer": 3, "number": 1.5, "boolean": True, None: {"any": [1]}}[kind]


def places(
    schema: dict[str, Any], value: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every place in a body that the schema says something about, with the schema of what stands there."""
    resolved, kind, _ = SPEC_BODIES.kind(schema)
    yield at, schema
    if kind == "object":
        for name, field in resolved.get("properties", {}).items():
            yield from places(field, value[name], (*at, name))
    elif kind == "array":
        yield from places(resolved["items"], value[0], (*at, 0))


def replaced(body: Any, at: tuple[str | int, ...], value: Any) -> Any:
    """A copy of the body in which something else stands at one place."""
    if not at:
        return value
    changed = copy.copy(body)
    changed[at[0]] = replaced(body[at[0]], at[1:], value)
    return changed


def spelt(name: str, at: tuple[str | int, ...]) -> str:
    """`PredictionPage.results[0].status`."""
    return name + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at)


WRONG: dict[str | None, list[Any]] = {
    "string": [5, 1.5, True, [], {}],
    "integer": [1.5, 2.0, "5", True, [], {}],
    "number": ["5", True, [], {}],
    "boolean": [0, 1, "true", [], {}],
    "array": [5, "text", True, {}],
    "object": [5, "text", True, []],
    None: [],
}


def test_every_schema_that_is_answered_has_a_class() -> None:
    """Only what is sent, and flattened into arguments, has none."""
    assert len(CLASSES) > 25
    assert len(ENUMS) >= 8
    requests = {name for name in SCHEMAS if re.search("Request$|Update$|Upload$", name)}
    assert set(models.__all__) == SCHEMAS.keys() - requests


@pytest.mark.parametrize("name", CLASSES)
def test_what_the_service_may_send_comes_back(name: str) -> None:
    """Read and written, a body differs by nulls and digits of a second; read again, the model is the same."""

    @QUICK
    @given(SPEC_BODIES.bodies(SCHEMAS[name]))
    def comes_back(body: dict[str, Any]) -> None:
        before = copy.deepcopy(body)
        value = model(name).from_dict(body)
        assert body == before, "from_dict changed its argument"
        written = value.to_dict()
        assert SPEC_BODIES.essence(SCHEMAS[name], json.loads(json.dumps(written))) == SPEC_BODIES.essence(
            SCHEMAS[name], json.loads(json.dumps(body))
        )
        assert model(name).from_dict(written) == value

    comes_back()


@pytest.mark.parametrize("name", CLASSES)
def test_a_model_pickles_and_copies(name: str) -> None:
    """Each copy is equal, and keeps what was unknown."""
    value = model(name).from_dict({**smallest(SCHEMAS[name]), "new": [1]})
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert again.additional_properties == {"new": [1]}
        assert again.to_dict() == value.to_dict()


@pytest.mark.parametrize("name", CLASSES)
def test_a_missing_required_field_is_named(name: str) -> None:
    """Missing, or null: the error says which field of what."""
    body = smallest(SCHEMAS[name])
    for field in SCHEMAS[name]["properties"]:
        without = {key: value for key, value in body.items() if key != field}
        for lacking in (without, {**body, field: None}):
            if SPEC_BODIES.must(SCHEMAS[name], field):
                with pytest.raises(
                    UndecodableError, match=rf"^{name}\.{field}: expected .*, but it is missing or null$"
                ):
                    model(name).from_dict(lacking)
            else:
                value = model(name).from_dict(lacking)
                assert getattr(value, field) == ([] if field == "results" else None)


@pytest.mark.parametrize("name", CLASSES)
def test_a_value_of_a_wrong_type_is_named_with_its_whole_path(name: str) -> None:
    """`PredictionPage.results[0].urls.get`: at any depth."""
    body = smallest(SCHEMAS[name])
    for at, schema in places(SCHEMAS[name], body):
        resolved, kind, _ = SPEC_BODIES.kind(schema)
        wrong = ["yesterday", *WRONG["string"]] if resolved.get("format") == "date-time" else WRONG[kind]
        for value in wrong:
            with pytest.raises(UndecodableError, match=f"^{re.escape(spelt(name, at))}: expected .*, got ") as caught:
                model(name).from_dict(replaced(body, at, value))
            assert repr(value) in str(caught.value)


def test_the_item_that_is_wrong_is_counted() -> None:
    """The fourth result is number 3."""
    page = {"results": [PREDICTION, PREDICTION, PREDICTION, {**PREDICTION, "status": 7}]}
    with pytest.raises(UndecodableError, match=r"^PredictionPage\.results\[3\]\.status: expected a string, got 7$"):
        PredictionPage.from_dict(page)


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("body", [None, [], "text", 5, True])
def test_what_is_no_object_is_not_a_model(name: str, body: Any) -> None:
    """`null` in place of a page, for example."""
    with pytest.raises(UndecodableError, match=f"^{name}: expected an object"):
        model(name).from_dict(body)


def test_an_error_shows_only_the_beginning_of_what_is_wrong() -> None:
    """An answer may be a megabyte long."""
    with pytest.raises(UndecodableError) as caught:
        Prediction.from_dict({**PREDICTION, "error": ["x" * 10_000]})
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("body", [EDGE, DATABASE], ids=["edge", "database"])
def test_both_serializers_are_read(body: dict[str, Any]) -> None:
    """One leaves out what it does not know yet, the other writes null."""
    value = Prediction.from_dict(body)
    assert (value.version, value.output, value.error, value.completed_at) == ("hidden", None, None, None)
    assert value.to_dict() == {key: item for key, item in body.items() if item is not None} | {
        key: item.replace(".95Z", ".950000Z") for key, item in body.items() if key == "started_at" and item
    }


def test_an_empty_error_and_a_negative_time_are_read() -> None:
    """Both have been recorded."""
    value = Prediction.from_dict({**PREDICTION, "error": "", "metrics": {"predict_time": -11136021.18}})
    assert value.error == ""
    assert value.metrics == PredictionMetrics(predict_time=-11136021.18)


@pytest.mark.parametrize("digits", ["", *("123456789"[:length] for length in range(1, 10))])
@pytest.mark.parametrize("zone", ["Z", "+00:00", "+02:00", "-09:30"])
def test_times_have_any_number_of_digits(digits: str, zone: str) -> None:
    """What is past the sixth digit is cut; `Z` is written."""
    text = f"2023-10-12T17:10:07{f'.{digits}' if digits else ''}{zone}"
    value = Prediction.from_dict({**PREDICTION, "created_at": text})
    offset = {"Z": 0, "+00:00": 0, "+02:00": 120, "-09:30": -570}[zone]
    expected = datetime(2023, 10, 12, 17, 10, 7, tzinfo=timezone(timedelta(minutes=offset)))
    assert value.created_at == expected.replace(microsecond=int(digits.ljust(6, "0")[:6]))
    written = value.to_dict()["created_at"]
    assert written.endswith("Z")
    assert datetime.fromisoformat(written) == value.created_at


def test_a_time_without_a_zone_is_in_utc() -> None:
    """A naive datetime would compare with nothing."""
    value = Prediction.from_dict({**PREDICTION, "created_at": "2023-10-12T17:10:07"})
    assert value.created_at == datetime(2023, 10, 12, 17, 10, 7, tzinfo=UTC)


def test_unknown_fields_are_kept_apart() -> None:
    """They are written again, and never stand for a field that is known."""
    value = Prediction.from_dict({**PREDICTION, "cost": {"usd": 1}, "webhook_completed": None})
    assert value.additional_properties == {"cost": {"usd": 1}}
    assert value.to_dict() == {**PREDICTION, "cost": {"usd": 1}}
    value.additional_properties["id"] = "another"
    assert value.to_dict()["id"] == "p1"


def test_what_is_shared_with_the_body_is_free_form_json_only() -> None:
    """Free-form objects are handed over as they are; lists of a model and what is unknown are not the body's own."""
    body: dict[str, Any] = {"results": [copy.deepcopy(PREDICTION)], "new": 1}
    page = PredictionPage.from_dict(body)
    assert page.results[0].input is body["results"][0]["input"]
    page.results.clear()
    page.additional_properties.clear()
    assert len(body["results"]) == 1
    assert body["new"] == 1
    assert page.to_dict()["results"] is not page.results


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_has_exactly_the_values_of_the_spec(name: str) -> None:
    """Known values are members, equal to their text."""
    kind = model(name)
    assert [member.value for member in kind] == SCHEMAS[name]["enum"]
    assert issubclass(kind, OpenStrEnum)
    for value in SCHEMAS[name]["enum"]:
        assert kind(value) == value
        assert kind(value) is kind(value)
        assert kind(value).is_known


@pytest.mark.parametrize("name", ENUMS)
@given(st.text())
@settings(max_examples=20)
def test_an_enum_takes_a_value_that_it_does_not_know(name: str, value: str) -> None:
    """It is a member that equals its text, hashes like it, and lives through pickle and copy."""
    kind = model(name)
    member = kind(value)
    assert isinstance(member, kind)
    assert member == value == str(member) == member.value == f"{member}"
    assert {value: 1}[member] == 1
    assert {member: 1}[value] == 1
    assert member.is_known is (value in SCHEMAS[name]["enum"])
    for again in (pickle.loads(pickle.dumps(member)), copy.copy(member), copy.deepcopy(member)):
        assert isinstance(again, kind)
        assert again == member
    assert json.dumps(member) == json.dumps(value)
    assert list(kind) == [kind(each) for each in SCHEMAS[name]["enum"]], "a new value became a known one"


def test_an_unknown_value_says_so() -> None:
    """Its repr tells it from a known one."""
    value = Prediction.from_dict({**PREDICTION, "status": "paused"})
    assert repr(value.status) == "<PredictionStatus: 'paused', a value not known here>"
    assert repr(PredictionStatus.SUCCEEDED) == "<PredictionStatus.SUCCEEDED: 'succeeded'>"
    assert value.to_dict()["status"] == "paused"
    assert type(value.to_dict()["status"]) is str
    with pytest.raises(ValueError, match="5 is not a valid AccountType"):
        AccountType(cast("Any", 5))


def test_a_page_pickles_with_the_operation_that_it_answered() -> None:
    """And pages are equal whatever they answered."""
    from replicate_api.api.predictions.predictions_list import predictions_list

    page = PredictionPage.from_dict({"results": [PREDICTION], "next": "https://api.test/?cursor=a"})
    page.operation = predictions_list(source="web")
    again: PredictionPage = pickle.loads(pickle.dumps(page))
    assert again == page == PredictionPage.from_dict(page.to_dict())
    assert isinstance(again.operation, Operation)
    assert (again.operation.path, again.operation.query) == ("/predictions", {"source": "web"})
    assert "operation" not in repr(page)


def test_every_model_has_a_module_of_its_own() -> None:
    """It is imported on first use."""
    for name in models.__all__:
        kind = model(name)
        assert importlib.import_module(kind.__module__) is not None
        assert kind.__module__.startswith("replicate_api.models.")
    with pytest.raises(AttributeError, match="no attribute 'Predictoin'"):
        _ = cast("Any", models).Predictoin
