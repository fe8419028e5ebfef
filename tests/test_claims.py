"""Calls for the same thing at the same time: no two of them ever take the same prediction for theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio
import pytest
from clocks import forbid_real_sleep, run_threads
from happenings import PREDICTION
from losing import GOOD, LOST, NOT_MADE, Fate, Losing, late

from replicate_api.types import Operation
from replicate_typed import AmbiguousCreateError, AsyncClient, Client, ReplicateError, VirtualClock
from replicate_typed.claims import MOST_CLAIMED, Claims, Flight, claims_of
from replicate_typed.clock import SystemClock
from replicate_typed.creates import create_operation
from replicate_typed.models import Prediction

INPUT: dict[str, Any] = {"text": "hello"}
Outcome = str | AmbiguousCreateError


@pytest.fixture(autouse=True)
def _no_real_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_real_sleep(monkeypatch)


def by_threads(service: Losing, number: int) -> list[Outcome]:
    """The id that each of so many calls for the same was given, or its error."""
    outcomes: list[Outcome] = []
    client = Client(transport=service)

    def create() -> None:
        try:
            outcomes.append(client.predictions.create("acme/echo", INPUT).id)
        except AmbiguousCreateError as error:
            outcomes.append(error)

    run_threads(service.clock, [create] * number)
    return outcomes


def by_tasks(service: Losing, number: int) -> list[Outcome]:
    """The same with tasks."""
    outcomes: list[Outcome] = []

    async def main() -> None:
        client = AsyncClient(transport=service)

        async def create() -> None:
            try:
                outcomes.append((await client.predictions.create("acme/echo", INPUT)).id)
            except AmbiguousCreateError as error:
                outcomes.append(error)

        async with anyio.create_task_group() as tasks:
            for _ in range(number):
                tasks.start_soon(create)

    anyio.run(main)
    return outcomes


def by_clients(service: Losing, number: int) -> list[Outcome]:
    """The same with a client for each thread."""
    outcomes: list[Outcome] = []

    def create() -> None:
        try:
            outcomes.append(Client(transport=service).predictions.create("acme/echo", INPUT).id)
        except AmbiguousCreateError as error:
            outcomes.append(error)

    run_threads(service.clock, [create] * number)
    return outcomes


WAYS = pytest.mark.parametrize("calls", [by_threads, by_tasks, by_clients])
Calls = Callable[[Losing, int], list[Outcome]]


@WAYS
def test_two_that_were_both_lost_take_one_each(calls: Calls) -> None:
    """As many predictions as were lost: all are surely theirs."""
    service = Losing(LOST, LOST)
    outcomes = calls(service, 2)
    assert sorted(map(str, outcomes)) == sorted(service.ids)
    assert len(set(outcomes)) == 2


@WAYS
def test_of_many_that_were_lost_each_takes_another(calls: Calls) -> None:
    """And those that were answered keep theirs."""
    service = Losing(LOST, GOOD, LOST, GOOD, LOST, LOST)
    outcomes = calls(service, 8)
    assert sorted(map(str, outcomes)) == sorted(service.ids)
    assert service.creates == 8


@WAYS
def test_of_two_that_were_lost_neither_takes_the_only_one(calls: Calls) -> None:
    """It may be the other's; both are told of it."""
    service = Losing(LOST, NOT_MADE)
    outcomes = calls(service, 2)
    assert len(service.ids) == 1
    for outcome in outcomes:
        assert isinstance(outcome, AmbiguousCreateError)
        assert [candidate.id for candidate in outcome.candidates] == service.ids


@WAYS
@pytest.mark.parametrize("seconds", [2.0, 50.0])
def test_what_another_call_is_about_to_be_answered_with_is_not_adopted(calls: Calls, seconds: float) -> None:
    """Its prediction is in the list already, though its answer is still on the way: for a moment, or for long."""
    service = Losing(Fate(arrives=False, seconds=0.6, error=NOT_MADE.error), late(seconds))
    outcomes = calls(service, 2)
    assert len(service.ids) == 1
    assert sorted(isinstance(outcome, AmbiguousCreateError) for outcome in outcomes) == [False, True]
    assert service.ids[0] in outcomes


@WAYS
def test_one_that_was_lost_is_found_beside_one_that_was_answered_late(calls: Calls) -> None:
    """As soon as the other has its own."""
    service = Losing(Fate(seconds=0.6, error=LOST.error), late(2))
    outcomes = calls(service, 2)
    assert sorted(map(str, outcomes)) == sorted(service.ids)


def prediction(id: str, second: int = 0) -> Prediction:
    return Prediction.from_dict(PREDICTION | {"id": id, "created_at": f"2026-01-01T00:00:{second:02}Z"})


def departed(claims: Claims, now: float, text: str = "a") -> Flight:
    operation: Operation[Any] = create_operation("acme/echo", {"text": text})
    return claims.depart(operation, b'{"input":{"text":"%b"}}' % text.encode(), now)


def looked_for(claims: Claims, now: float, text: str = "a") -> Flight:
    flight = departed(claims, now, text)
    claims.lose(flight, now)
    flight.is_looked_for = True
    return flight


def test_only_the_same_at_about_the_same_time_is_in_the_way() -> None:
    """Not what asks for something else, or was over long before."""
    claims = Claims()
    departed(claims, 0.0, "goes on and on")  # so that nothing is forgotten
    long_ago = departed(claims, 0.0)
    claims.lose(long_ago, 1.0)
    other = departed(claims, 100.0, "b")
    flight = looked_for(claims, 100.0)
    found = prediction("p")
    assert claims.adopt(flight, [found]) == (found, [found])
    claims.lose(other, 101.0)
    again = looked_for(claims, 102.0)
    assert claims.adopt(again, [found]) == (None, [])
    late_one = departed(claims, 103.0)
    assert claims.adopt(again, [prediction("q")])[0] is None
    claims.land(late_one, "r")
    assert claims.adopt(again, [prediction("q"), prediction("r")])[0] == prediction("q")


def test_each_takes_the_one_in_the_order_of_sending() -> None:
    """Whoever looks first; the service made them in that order."""
    for first in (0, 1):
        claims = Claims()
        flights = [looked_for(claims, 1.0), looked_for(claims, 2.0)]
        newest_first = [prediction("two", 2), prediction("one", 1)]
        adopted = {n: claims.adopt(flights[n], newest_first)[0] for n in (first, 1 - first)}
        assert [adopted[n].id for n in (0, 1) if adopted[n]] == ["one", "two"]  # type: ignore[union-attr]  # they are


def test_claims_and_what_was_given_up_take_bounded_memory() -> None:
    """Only what is new matters; what is under way is never forgotten."""
    claims = Claims()
    under_way = departed(claims, 0.0)
    for n in range(MOST_CLAIMED + 100):
        claims.land(departed(claims, 1.0), f"p{n}")
    assert len(claims._claimed) == MOST_CLAIMED  # pyright: ignore[reportPrivateUsage] -- what memory it takes
    claims.land(under_way, None)
    for n in range(100):
        claims.lose(departed(claims, 100.0 * n), 100.0 * n)
    assert len(claims._flights) == 1  # pyright: ignore[reportPrivateUsage] -- what memory it takes


def test_the_claims_of_one_clock_are_those_of_all_its_clients() -> None:
    """Each mock service has its own; a clock that can be no key will do."""

    class Slotted(VirtualClock):
        __hash__ = None  # type: ignore[assignment]  # as attrs makes it

    clock = VirtualClock()
    assert claims_of(clock) is claims_of(clock)
    assert claims_of(clock) is not claims_of(VirtualClock())
    assert claims_of(Slotted()) is claims_of(Slotted())
    assert claims_of(SystemClock()) is not claims_of(clock)


def test_what_was_lost_by_a_bare_request_leaves_no_one_hanging() -> None:
    """A plain request for something that is no create of ours is compared with nothing."""
    service = Losing(LOST)
    client = Client(transport=service)
    with pytest.raises(ReplicateError):
        client.request("POST", "/nowhere/predictions", {"input": INPUT})
    service.fates.append(LOST)
    assert client.run("acme/echo", INPUT) == "hello"
