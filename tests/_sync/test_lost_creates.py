# Made by scripts/unasync.py from tests/_async/test_lost_creates.py; do not edit.
"""A create whose answer was lost: it is looked for, and never sent again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from losing import LOST, NOT_MADE, Fate, Losing, late
from predictions import VERSION

from replicate_typed import (
    AmbiguousCreateError,
    APIConnectionError,
    APITimeoutError,
    Client,
    InternalServerError,
    MockTransport,
    NotSupportedError,
    UndecodableResponseError,
)
from replicate_typed.creates import create_operation

pytestmark = pytest.mark.anyio

INPUT: dict[str, Any] = {"text": "hello"}
HOUR = 3600.0


FAULTS: dict[str, Callable[[MockTransport], None]] = {
    "the connection broke": lambda mock: mock.disconnect("predictions.create", when="after"),
    "500": lambda mock: mock.fail("predictions.create", when="after"),
    "502": lambda mock: mock.fail("predictions.create", when="after", status=502),
    "half an answer": lambda mock: mock.truncate("predictions.create"),
    "no JSON": lambda mock: mock.garbage("predictions.create"),
}


@pytest.mark.parametrize("break_it", FAULTS.values(), ids=FAULTS.keys())
def test_a_run_goes_on_though_the_answer_to_its_create_was_lost(
    break_it: Callable[[MockTransport], None],
) -> None:
    """One prediction is made, found, and followed to its output; the create is sent once (V1)."""
    service = Losing()
    break_it(service.mock)
    assert Client(transport=service).run("acme/echo", INPUT) == "hello"
    assert (service.creates, len(service.ids), service.looks) == (1, 1, 1)
    assert service.clock.now() < 12


@pytest.mark.parametrize("reference", ["acme/echo", "version", "acme/echo:version", "deployments/acme/prod"])
def test_every_way_of_creating_is_looked_for(reference: str) -> None:
    """By the name of the model, by a version's id, on a deployment."""
    service = Losing(LOST)
    client = Client(transport=service)
    reference = reference.replace("version", VERSION)
    created = client.predictions.create(reference, INPUT)
    assert [created.id] == service.ids
    service.fates.append(LOST)
    made = {
        "acme/echo": client.models.predictions.create,
        "deployments/acme/prod": client.deployments.predictions.create,
    }.get(reference, client.predictions.create)
    again = made(reference.removeprefix("deployments/"), {"text": "again"})
    assert [created.id, again.id] == service.ids
    assert service.creates == 2


def test_a_read_that_times_out_while_the_answer_is_held_back_means_no_second_prediction() -> None:
    """The peers send the paid request again (V1, pain 3)."""
    service = Losing(late(100))
    client = Client(transport=service, timeout=5)
    assert client.run("acme/echo", INPUT, hold=60) == "hello"
    assert service.creates == 1


def anything(**inputs: object) -> str:
    return "done"


def test_the_input_is_compared_as_json() -> None:
    """The service may write it in another order, and 1.0 as 1."""
    service = Losing(LOST)
    service.mock.model("acme/any")(anything)
    service.listed = lambda listed: [
        each | {"input": {"b": [{"y": 1, "x": True}], "a": 2.0, "text": "\u003c\u2028"}} for each in listed
    ]
    sent = {"text": "<\u2028", "a": 2, "b": [{"x": True, "y": 1.0}]}
    assert Client(transport=service).run("acme/any", sent) == "done"


def test_one_that_was_not_made_is_not_sent_again() -> None:
    """It is looked for a few times within a few seconds; the error says so, and what had happened is its cause."""
    service = Losing(NOT_MADE)
    with pytest.raises(AmbiguousCreateError) as caught:
        Client(transport=service).run("acme/echo", INPUT)
    assert caught.value.candidates == []
    assert isinstance(caught.value.__cause__, APIConnectionError)
    assert "reset; it was sent, so a prediction may have been created, and was not asked for again" in str(caught.value)
    assert "none is surely the one" in str(caught.value)
    assert service.mock.predictions == []
    assert service.looks == 4
    assert service.clock.now() <= 5


def test_one_that_the_list_shows_late_is_found() -> None:
    """The record may appear a moment after it was made."""
    service = Losing(LOST)
    shown = [[], [], ["all"]]
    service.listed = lambda listed: listed if shown.pop(0) else []
    assert Client(transport=service).run("acme/echo", INPUT) == "hello"
    assert shown == []


OTHERS: dict[str, dict[str, Any]] = {
    "another input": {"input": {"text": "other"}},
    "more input": {"input": {"text": "hello", "times": 1}},
    "another type": {"input": {"text": True}},
    "no input": {"input": {}},
    "another model": {"model": "acme/other"},
    "no model": {"model": None},
    "a deployment": {"deployment": "acme/prod"},
    "made on the website": {"source": "web"},
    "made before": {"created_at": "2024-12-31T23:59:55Z"},
    "made an hour before": {"created_at": "2024-12-31T23:00:00Z"},
    "made afterwards": {"created_at": "2025-01-01T00:00:06Z"},
    "made an hour afterwards": {"created_at": "2025-01-01T01:00:00Z"},
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_not_surely_the_one_is_never_adopted(change: dict[str, Any]) -> None:
    """A stranger's prediction is nobody's candidate."""
    service = Losing(LOST)
    service.listed = lambda listed: [each | change for each in listed]
    with pytest.raises(AmbiguousCreateError) as caught:
        Client(transport=service).predictions.create("acme/echo", INPUT)
    assert caught.value.candidates == []


@pytest.mark.parametrize(
    ("reference", "change"), [(VERSION, {"version": "0" * 64}), ("deployments/acme/prod", {"deployment": "acme/x"})]
)
def test_another_version_or_deployment_is_never_adopted(reference: str, change: dict[str, Any]) -> None:
    """As far as the record says."""
    service = Losing(LOST)
    service.listed = lambda listed: [each | change for each in listed]
    with pytest.raises(AmbiguousCreateError):
        Client(transport=service).run(reference, INPUT)


def test_of_several_none_is_adopted() -> None:
    """Another process may have asked for the same; all of them are in the error."""
    service = Losing(LOST)
    service.listed = lambda listed: [*listed, *(each | {"id": "stranger"} for each in listed)]
    with pytest.raises(AmbiguousCreateError) as caught:
        Client(transport=service).run("acme/echo", INPUT)
    assert [candidate.id for candidate in caught.value.candidates] == [*service.ids, "stranger"]
    assert f"it may be any of {service.ids[0]}, stranger, or none of them" in str(caught.value)


def test_what_this_process_was_answered_with_is_not_adopted() -> None:
    """An earlier call for the same has it, by whatever way it was made and by whatever client."""
    service = Losing()
    client = Client(transport=service)
    client.predictions.create("acme/echo", INPUT)
    client.request("POST", "/models/acme/echo/predictions", {"input": INPUT})
    client.send_raw(create_operation("acme/echo", INPUT))
    Client(transport=service).send(create_operation("acme/echo", INPUT))
    service.fates.append(NOT_MADE)
    with pytest.raises(AmbiguousCreateError) as caught:
        client.run("acme/echo", INPUT)
    assert caught.value.candidates == []
    service.fates.append(LOST)
    service.clock.sleep(20)
    found = client.predictions.create("acme/echo", INPUT)
    assert found.id == service.ids[4]


def test_what_was_lost_and_given_up_is_in_the_way_of_others() -> None:
    """A bare `send` looks for nothing; the one prediction that there is may be its."""
    service = Losing(LOST, NOT_MADE)
    client = Client(transport=service)
    with pytest.raises(AmbiguousCreateError, match="look for it before you do"):
        client.send(create_operation("acme/echo", INPUT))
    assert service.looks == 0
    with pytest.raises(AmbiguousCreateError) as caught:
        client.run("acme/echo", INPUT)
    assert [candidate.id for candidate in caught.value.candidates] == service.ids
    assert "another call that asked for the same may have made that" in str(caught.value)
    service.clock.sleep(30)
    service.fates.append(LOST)
    assert client.run("acme/echo", INPUT) == "hello"  # long after that, it is not


def test_what_was_looked_for_in_vain_is_in_the_way_of_others_too() -> None:
    """Two predictions for two calls would be enough, but one of them may be a stranger's."""
    service = Losing(LOST, NOT_MADE)
    service.listed = lambda listed: [*listed, *(each | {"id": "stranger"} for each in listed)]
    client = Client(transport=service)
    for _ in range(2):
        with pytest.raises(AmbiguousCreateError) as caught:
            client.run("acme/echo", INPUT)
        assert len(caught.value.candidates) == 2


def test_what_was_interrupted_is_in_the_way_of_others_for_a_while_only() -> None:
    """Of the search, and of the next create, which goes out at once."""
    service = Losing(Fate(error=KeyboardInterrupt), LOST)
    client = Client(transport=service)
    with pytest.raises(KeyboardInterrupt):
        client.send(create_operation("acme/echo", INPUT))
    service.clock.sleep(30)
    assert (client.predictions.create("acme/echo", INPUT)).id == service.ids[1]
    assert service.clock.now() == 30


def test_what_was_never_sent_is_in_nobodys_way() -> None:
    """The transport said that it could not be."""

    def unable() -> BaseException:
        return NotSupportedError("no such thing here")

    service = Losing(Fate(arrives=False, error=unable), LOST)
    client = Client(transport=service)
    with pytest.raises(NotSupportedError):
        client.run("acme/echo", INPUT)
    assert (client.predictions.create("acme/echo", INPUT)).id == service.ids[0]


@pytest.mark.parametrize("skew", [-HOUR, HOUR])
def test_a_clock_that_is_wrong_does_not_matter(monkeypatch: pytest.MonkeyPatch, skew: float) -> None:
    """The service's own `Date` tells when it was sent; this machine's clock may be an hour off."""
    service = Losing(LOST)
    zero = 1_735_689_600  # of the mock
    monkeypatch.setattr(time, "time", lambda: zero + service.clock.now() + skew)
    service.clock.sleep(1000)
    client = Client(transport=service)
    assert client.run("acme/echo", INPUT) == "hello"
    service.fates.append(LOST)
    service.clock.sleep(1000)
    created = client.predictions.create("acme/echo", INPUT)  # the service's time is known from the start
    assert [created.id] == service.ids[1:]


@pytest.mark.parametrize("date", [None, "soon", ""])
def test_without_the_services_time_nothing_is_adopted(date: str | None) -> None:
    """What was made when cannot be told then."""

    class Timeless(Losing):
        def _answer(self, request: httpx.Request, fate: Fate, response: httpx.Response) -> httpx.Response:
            answer = super()._answer(request, fate, response)
            headers = {} if date is None else {"date": date}
            return httpx.Response(answer.status_code, json=answer.json(), headers=headers)

    service = Timeless(LOST)
    with pytest.raises(AmbiguousCreateError):
        Client(transport=service).run("acme/echo", INPUT)
    assert service.creates == 1


def test_it_is_found_on_a_later_page() -> None:
    """Many may have been made at the same time; the look ends where the window does."""
    service = Losing(LOST, page_size=2)
    client = Client(transport=service)
    for n in range(6):
        service.mock.model(f"acme/old-{n}")(lambda: "old")
        service.fates.insert(0, Fate())
        client.predictions.create(f"acme/old-{n}")
        service.clock.sleep(10)

    def crowd(request: httpx.Request) -> None:
        if request.method == "GET" and service.looks == 0:
            for _ in range(5):
                body = {"input": {"text": "another"}}
                service.mock.handle_request(
                    httpx.Request("POST", "https://api.replicate.com/v1/models/acme/echo/predictions", json=body)
                )

    service.before = crowd
    assert client.run("acme/echo", INPUT) == "hello"
    assert service.looks == 3


def test_a_look_asks_for_what_is_new_only() -> None:
    """From a few seconds before it was sent, by the service's time in an earlier answer."""
    service = Losing(LOST)
    client = Client(transport=service)
    client.account.get()
    service.clock.sleep(100.5)
    client.run("acme/echo", INPUT)
    (listed,) = [request for request in service.mock.requests if request.operation == "predictions.list"]
    assert "2025-01-01T00:01:37" in str(listed)


def test_when_the_service_cannot_be_asked_the_error_is_the_first_one() -> None:
    """With the network gone, the look ends after a few seconds."""
    service = Losing(LOST)

    def break_down(request: httpx.Request) -> None:
        if request.method == "GET":
            raise httpx.ConnectError("no network")

    service.before = break_down
    with pytest.raises(AmbiguousCreateError) as caught:
        Client(transport=service).run("acme/echo", INPUT)
    assert "reset" in str(caught.value.__cause__)
    assert service.clock.now() <= 5


@pytest.mark.parametrize("status", [500, 429])
def test_a_look_that_fails_is_not_the_last(status: int) -> None:
    """The service that lost the answer may be in trouble for a while."""
    service = Losing(LOST)
    service.mock.fail("predictions.list", times=2, status=status)
    assert Client(transport=service, retries=0).run("acme/echo", INPUT) == "hello"
    assert service.looks == 3


def test_an_error_of_the_service_is_the_cause_of_the_ambiguity() -> None:
    """It is there with all that it said."""
    service = Losing()
    service.mock.fail("predictions.create", status=500, detail="no luck")
    with pytest.raises(AmbiguousCreateError, match="no luck") as caught:
        Client(transport=service).run("acme/echo", INPUT)
    assert isinstance(caught.value.__cause__, InternalServerError)


def test_an_answer_that_cannot_be_read_but_for_its_id_keeps_it() -> None:
    """The prediction is known then, and looked for by nobody else."""

    class Odd(Losing):
        def _answer(self, request: httpx.Request, fate: Fate, response: httpx.Response) -> httpx.Response:
            answer = super()._answer(request, fate, response)
            if request.method == "POST":
                return httpx.Response(201, json={"id": answer.json()["id"]})
            return answer

    service = Odd()
    with pytest.raises(UndecodableResponseError) as caught:
        Client(transport=service).run("acme/echo", INPUT)
    assert service.ids[0] in caught.value.body.decode()
    assert service.looks == 0


def test_what_was_surely_not_accepted_is_not_looked_for() -> None:
    """It was refused, or never sent."""
    service = Losing(Fate(arrives=False, error=lambda: httpx.ConnectError("refused")))
    service.mock.fail("predictions.create", status=429, retry_after=1)
    assert Client(transport=service).run("acme/echo", INPUT) == "hello"
    service.mock.fail("predictions.create", status=402)
    with pytest.raises(Exception, match="402"):
        Client(transport=service).run("acme/echo", INPUT)
    assert service.looks == 0


def test_a_create_is_refused_in_time_when_nothing_comes() -> None:
    """A silent service: the create times out, and so do the looks."""
    service = Losing(late(1000))

    def silent(request: httpx.Request) -> None:
        if request.method == "GET":
            raise httpx.ReadTimeout("silent")

    service.before = silent
    with pytest.raises(AmbiguousCreateError) as caught:
        Client(transport=service, timeout=7).run("acme/echo", INPUT)
    assert isinstance(caught.value.__cause__, APITimeoutError)
    assert service.clock.now() <= 12
