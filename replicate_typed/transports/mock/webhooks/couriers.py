"""Sending webhooks of the mock service, each at its instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from attrs import define, evolve, frozen

from replicate_typed.transports.mock.exchanges import to_json
from replicate_typed.transports.mock.webhooks.receivers import Receipt
from replicate_typed.transports.mock.webhooks.webhook import (
    PAUSES,
    MockWebhook,
    body_of,
    message_id,
    webhooks_of,
)
from replicate_typed.webhooks import sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from replicate_typed.agenda import Happening
    from replicate_typed.transports.mock.lifecycle import Event
    from replicate_typed.transports.mock.predictions import MockPrediction
    from replicate_typed.transports.mock.trainings import MockTraining
    from replicate_typed.transports.mock.webhooks.receivers import Receiver


class Webhooks:
    """The webhooks of a service: the tries to deliver them, and what is needed for that.

    Args:
        secret: What they are signed with.
        now: The present instant.
        clock: The time in seconds, for who looks at the tries.
        schedule: Has something happen at an instant.
    """

    def __init__(
        self,
        secret: str,
        *,
        now: Callable[[], int],
        clock: Callable[[], float],
        schedule: Callable[[int, Happening], None],
    ) -> None:
        self.secret: str = secret
        self.receiver: Receiver | None = None
        """Nothing is sent without one."""
        self.tries: list[MockWebhook] = []
        self.now: Callable[[], int] = now
        self.clock: Callable[[], float] = clock
        self.schedule: Callable[[int, Happening], None] = schedule

    def follow(self, run: MockPrediction | MockTraining) -> None:
        """Send the webhooks of a new run, as it advances."""
        if run.webhook is not None:
            courier = Courier(run, self)
            run.changed.listen(courier.look_again)
            courier.come_back(run.next_event_at(run.created - 1))


@define(eq=False)
class Courier:
    """Looks at a run whenever something happens in it, and has the webhooks sent."""

    run: MockPrediction | MockTraining
    webhooks: Webhooks
    _sent: int = 0
    _returns_at: int | None = None

    def happen(self) -> None:
        now = self.webhooks.now()
        events = self.run.events(now)
        due = webhooks_of(events, self.run.webhook_events_filter)
        new, self._sent = range(self._sent, len(due)), len(due)
        for number in new:
            self.webhooks.schedule(now, self._delivery(due[number], number))
        if events and events[-1].kind == "completed":
            self.run.changed.forget(self.look_again)
        else:
            self.come_back(self.run.next_event_at(now))

    async def ahappen(self) -> None:
        self.happen()

    def look_again(self) -> None:
        """What was to come has changed: perhaps it has ended."""
        self.webhooks.schedule(self.webhooks.now(), self)

    def come_back(self, at: int | None) -> None:
        """Look at it at this instant, unless that is planned already."""
        if at is not None and at != self._returns_at:
            self._returns_at = at
            self.webhooks.schedule(at, self)

    def _delivery(self, event: Event, number: int) -> Delivery:
        assert self.run.webhook is not None
        return Delivery(
            event=event,
            url=self.run.webhook,
            id=message_id(self.webhooks.secret, self.run.id, number),
            content=to_json(body_of(event, self.run.database_json(event.at))),
            webhooks=self.webhooks,
        )


@frozen(eq=False, kw_only=True)
class Delivery:
    """One try to deliver a webhook; if it is the last one of its run, and fails, there will be another."""

    event: Event
    url: str
    id: str
    content: bytes
    webhooks: Webhooks
    attempt: int = 1

    def happen(self) -> None:
        request, receiver = self._request(), self.webhooks.receiver
        try:
            receipt = receiver.deliver(request) if receiver else Receipt()
        except Exception as error:
            self._note(request, Receipt(error=repr(error)))
            raise
        self._end(request, receipt)

    async def ahappen(self) -> None:
        request, receiver = self._request(), self.webhooks.receiver
        try:
            receipt = await receiver.adeliver(request) if receiver else Receipt()
        except Exception as error:
            self._note(request, Receipt(error=repr(error)))
            raise
        self._end(request, receipt)

    def _request(self) -> httpx.Request:
        # At the real time, which is what receivers check it against, whatever time it is in the service.
        headers = sign(self.content, secret=self.webhooks.secret, id=self.id)
        return httpx.Request("POST", self.url, headers=headers, content=self.content)

    def _end(self, request: httpx.Request, receipt: Receipt) -> None:
        self._note(request, receipt)
        if receipt.is_refusal and self.event.kind == "completed" and self.attempt <= len(PAUSES):
            next_try = evolve(self, attempt=self.attempt + 1)
            self.webhooks.schedule(self.webhooks.now() + PAUSES[self.attempt - 1], next_try)

    def _note(self, request: httpx.Request, receipt: Receipt) -> None:
        self.webhooks.tries.append(
            MockWebhook(
                event=self.event.kind,
                url=self.url,
                headers=dict(request.headers),
                content=self.content,
                attempt=self.attempt,
                at=self.webhooks.clock(),
                status=receipt.status,
                error=receipt.error,
            )
        )
