"""One run of the mock service over time: whatever it does, and whenever one looks, it tells one story."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, strategies as st

from replicate_typed.transports.mock.lifecycle import KEPT, MockRun, Work
from replicate_typed.transports.mock.runs import Outcome, Step

_ORDER = ["starting", "processing", "succeeded", "failed", "canceled", "aborted"]

steps = st.lists(st.builds(Step, st.sampled_from(["logs", "output"]), st.text(max_size=3)), max_size=5)
outcomes = st.builds(
    Outcome, st.just("done"), st.none() | st.just("broken"), steps.map(tuple), st.sampled_from(["", "last words\n"])
)


@st.composite
def runs(draw: st.DrawFn) -> MockRun:
    """A run whose times are small numbers, so that they often coincide."""
    outcome = draw(outcomes)
    starting, processing = draw(st.integers(0, 6)), draw(st.integers(0, 12))
    work = Work(lambda _: outcome, starting, processing, draw(st.booleans()))
    deadline = draw(st.none() | st.integers(1, 20))
    return MockRun("id", work, {}, 100, 1, "https://x", 100 + starting, deadline and 100 + deadline)


moments = st.lists(st.integers(100, 125), min_size=1, max_size=8).map(sorted)


@given(runs(), moments, st.none() | st.integers(100, 120))
def test_its_story_only_goes_on(run: MockRun, moments: list[int], canceled: int | None) -> None:
    """The status moves forward, logs and events grow, and the end stays as it is."""
    statuses: list[str] = []
    stories: list[list[Any]] = []
    for now in moments:
        if canceled is not None and canceled <= now:
            run.cancel(canceled)
            canceled = None
        statuses.append(run.at(now).status)
        stories.append(run.events(now))
    numbers = [_ORDER.index(status) for status in statuses]
    assert numbers == sorted(numbers)
    assert len(set(numbers) - {0, 1}) <= 1
    for before, after in pairwise(stories):
        assert after[: len(before)] == before
    assert [event.at for event in stories[-1]] == sorted(event.at for event in stories[-1])


@given(runs(), st.integers(100, 125))
def test_what_is_seen_is_what_has_happened(run: MockRun, now: int) -> None:
    """The logs are those of the events so far, and so is the output of what comes bit by bit."""
    seen, events = run.at(now), run.events(now)
    lines = [event.value for event in events if event.kind == "logs"]
    assert seen.logs == "".join(f"{line}\n" for line in lines)
    items = [event.value for event in events if event.kind == "output"]
    if run.work.is_iterator and seen.status != "succeeded":
        assert (seen.output or []) == items
    assert seen.has_ended == any(event.kind == "completed" for event in events)
    assert (seen.started is not None) == (seen.has_ended or any(event.kind == "start" for event in events))


@given(runs(), st.integers(100, 125))
def test_nothing_happens_before_the_next_event(run: MockRun, now: int) -> None:
    """And something does then; after the end there is nothing more."""
    coming = run.next_event_at(now)
    if coming is None:
        assert run.at(now).has_ended
        assert run.events(now + 1000) == run.events(now)
    else:
        assert now < coming
        assert run.events(coming - 1) == run.events(now)
        assert len(run.events(coming)) > len(run.events(now))


@given(runs())
def test_an_hour_after_the_end_the_data_are_gone(run: MockRun) -> None:
    """Not a moment earlier; status, error and times stay."""
    before, after = run.at(run.ends + KEPT - 1), run.at(run.ends + KEPT)
    assert not before.is_removed
    assert after.is_removed
    assert (after.logs, after.output) == ("", None)
    assert (after.status, after.error, after.started, after.completed) == (
        *(before.status, before.error, before.started, before.completed),
    )
