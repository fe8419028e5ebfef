"""The generated models: what the service may send is read, and comes back."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import attrs
import pytest
from bodies import CLASSES, ENUMS, PREDICTION, SCHEMAS, SPEC_BODIES, model, smallest
from hypothesis import HealthCheck, given, settings

from replicate_api.models.prediction import Prediction
from replicate_api.models.prediction_metrics import PredictionMetrics
from replicate_api.models.prediction_page import PredictionPage
from replicate_api.types import Operation
from replicate_typed import models

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

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
