"""The generated enums: the values of the spec, and those that it does not know yet."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, cast

import pytest
from bodies import ENUMS, PREDICTION, SCHEMAS, model
from hypothesis import given, settings, strategies as st

from replicate_api.models.account_type import AccountType
from replicate_api.models.prediction import Prediction
from replicate_api.models.prediction_status import PredictionStatus
from replicate_api.types import OpenStrEnum


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
