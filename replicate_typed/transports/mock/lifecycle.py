"""The life of one run, a prediction or a training: what is seen of it depends on the time alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from attrs import define, field, frozen

from replicate_typed.alarms import Alarm
from replicate_typed.transports.mock.times import HOUR, NEVER

if TYPE_CHECKING:
    from replicate_typed.transports.mock.runs import Outcome

KEPT = HOUR
"""How long input, output and logs are kept after the end: https://replicate.com/docs/topics/predictions/data-retention."""

EventKind = Literal["start", "logs", "output", "completed"]


@frozen
class Work:
    """What is done in one run, and how long it takes, in microseconds."""

    perform: Callable[[MockRun], Outcome]
    starting: int
    processing: int
    is_iterator: bool
    """Whether its output comes bit by bit, and can be streamed."""


@frozen
class Event:
    """Something that happened in a run, and when: a line of logs or an item of output has a value."""

    at: int
    kind: EventKind
    value: Any = None


@frozen
class Snapshot:
    """What is seen of a run at one instant."""

    status: str
    logs: str
    output: Any = None
    error: str | None = None
    started: int | None = None
    completed: int | None = None
    is_removed: bool = False

    @property
    def has_ended(self) -> bool:
        return self.completed is not None


@define(eq=False)
class MockRun:
    """One run. Nothing happens in the background: its state is worked out when somebody looks."""

    kept: ClassVar[int] = KEPT
    """How long its data are kept after the end."""

    id: str
    work: Work
    input: dict[str, Any]
    created: int
    sequence: int
    root: str
    """The address of the API that it was created at."""
    starts: int
    """When its work begins, unless it is stopped before; may change while it waits in a queue."""
    deadline: int | None = None
    webhook: str | None = None
    webhook_events_filter: tuple[str, ...] | None = None
    _canceled: int | None = field(default=None, init=False)
    _outcome: Outcome | None = field(default=None, init=False)
    _running: bool = field(default=False, init=False)
    _story: list[Event] | None = field(default=None, init=False)
    _changed: Alarm | None = field(default=None, init=False)
    _lock: threading.RLock = field(factory=threading.RLock, init=False, repr=False)

    @property
    def changed(self) -> Alarm:
        """Rings when what was to come has changed: it was canceled, or starts at another time."""
        with self._lock:
            if self._changed is None:
                self._changed = Alarm()
            return self._changed

    @property
    def ends(self) -> int:
        """When it ends, as far as is known."""
        natural = min(self.starts + self.work.processing, NEVER)
        return min(natural, self._stopped(natural))

    @property
    def kept_until(self) -> int:
        """When its input, its output, its files and its logs are removed."""
        return self.ends + self.kept

    def cancel(self, now: int) -> None:
        """End it at this instant; a run that has ended stays as it is."""
        with self._lock:
            if now >= self.ends:
                return
            self._look(now)  # what it logged so far stays
            self._canceled = now
        self.ring()

    def start_at(self, instant: int) -> None:
        """Move its start."""
        if instant != self.starts:
            self.starts = instant
            self.ring()

    def ring(self) -> None:
        """Tell whoever waits for it that what is to come has changed."""
        with self._lock:
            alarm = self._changed
        if alarm is not None:
            alarm.ring()

    def at(self, now: int) -> Snapshot:
        """What is seen of it now."""
        with self._lock:
            outcome = self._look(now)
            ends = self.ends
            seen = min(now, ends)
            started = self.starts if self.starts <= seen else None
            if now < ends or self._running:
                if started is None:
                    return Snapshot("starting", "")
                items = self._items(outcome, seen)
                return Snapshot("processing", self._logs(outcome, seen), items, started=started)
            if started is None:  # the service recorded a start 3 microseconds before the end
                started = max(ends - 3, self.created)
            status = self._final_status(outcome, ends)
            if now >= ends + self.kept:
                error = outcome.error if outcome and status == "failed" else None
                return Snapshot(status, "", None, error, started, ends, is_removed=True)
            logs = self._logs(outcome, ends)
            if status == "succeeded" and outcome:
                return Snapshot(status, logs, outcome.output, None, started, ends)
            error = outcome.error if outcome and status == "failed" else None
            return Snapshot(status, logs, self._items(outcome, ends), error, started, ends)

    def events(self, now: int) -> list[Event]:
        """All that has happened up to now, in order."""
        with self._lock:
            outcome = self._look(now)
            ends = self.ends
            seen = min(now, ends)
            events: list[Event] = []
            if self.starts <= seen:
                events.append(Event(self.starts, "start"))
            if outcome:
                events += self._steps(outcome)[: self._shown(outcome, seen)]
            if now >= ends and not self._running:
                if outcome and outcome.last_words and ends == self.starts + self.work.processing:
                    events.append(Event(ends, "logs", outcome.last_words.rstrip("\n")))
                events.append(Event(ends, "completed"))
            return events

    def next_event_at(self, now: int) -> int | None:
        """When the next thing happens, as far as is known; None once it has ended."""
        with self._lock:
            ends = self.ends
            if now >= ends:
                return None
            if now < self.starts:
                return min(self.starts, ends)
            outcome = self._look(now)
            shown = self._shown(outcome, now) if outcome else 0
            steps = self._steps(outcome) if outcome else []
            return min(steps[shown].at, ends) if shown < len(steps) else ends

    def _stopped(self, natural: int) -> int:
        """When it is stopped, if that is before its natural end; else never."""
        stops = [stop for stop in (self._canceled, self.deadline) if stop is not None and stop < natural]
        return min(stops, default=NEVER)

    def _look(self, now: int) -> Outcome | None:
        """What its work gave, done at the first look from its start on, if it starts at all."""
        is_due = self.starts <= min(now, self.ends)
        if is_due and self._outcome is None and not self._running:  # running: its function looks at it itself
            self._running = True
            try:
                self._outcome = self.work.perform(self)
            finally:
                self._running = False
        return self._outcome

    def _final_status(self, outcome: Outcome | None, ends: int) -> str:
        if ends < min(self.starts + self.work.processing, NEVER):
            return "aborted" if self._canceled is None and ends < self.starts else "canceled"
        return "failed" if outcome is None or outcome.error is not None else "succeeded"

    def _logs(self, outcome: Outcome | None, seen: int) -> str:
        if outcome is None:
            return ""
        done = seen >= self.starts + self.work.processing
        return outcome.logs(self._shown(outcome, seen)) + (outcome.last_words if done else "")

    def _items(self, outcome: Outcome | None, seen: int) -> list[Any] | None:
        """The output so far, of what comes bit by bit."""
        if outcome is None or not self.work.is_iterator:
            return None
        return outcome.items(self._shown(outcome, seen)) or None

    def _shown(self, outcome: Outcome, seen: int) -> int:
        """How many of its n steps are seen: the i-th comes at i / (n + 1) of its time."""
        elapsed, count = max(seen - self.starts, 0), len(outcome.steps)
        if elapsed >= self.work.processing:
            return count
        return elapsed * (count + 1) // self.work.processing

    def _steps(self, outcome: Outcome) -> list[Event]:
        """What it does on the way, all of it, each at its instant."""
        if self._story is None:
            share = len(outcome.steps) + 1
            self._story = [
                Event(self.starts - (-number * self.work.processing // share), step.kind, step.value)
                for number, step in enumerate(outcome.steps, 1)
            ]
        return self._story
