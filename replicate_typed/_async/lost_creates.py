"""Looking for a prediction whose create was not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from replicate_api.api.predictions.predictions_list import predictions_list
from replicate_typed.answers import value_of
from replicate_typed.errors import APIConnectionError, InternalServerError, RateLimitError, ReplicateError
from replicate_typed.lost_creates import LONGEST_SEARCH, LOOKS, MOST_PAGES, Window, may_be, window_of
from replicate_typed.pages import next_operation

if TYPE_CHECKING:
    from datetime import datetime

    from replicate_api.models.prediction import Prediction
    from replicate_typed._async.session import AsyncSession
    from replicate_typed.claims import Flight
    from replicate_typed.deadlines import Deadline


class Found(NamedTuple):
    """What a search came to."""

    prediction: Prediction | None
    """The one that the create made, if it surely is; now it is nobody else's."""
    candidates: list[Prediction]
    """All that it may be."""


async def find(session: AsyncSession, flight: Flight) -> Found:
    """The prediction that a create made whose answer was lost, within a few seconds."""
    candidates: list[Prediction] = []
    deadline = session.deadline(LONGEST_SEARCH)
    window: Window | None = None
    flight.is_looked_for = True
    try:
        for pause in LOOKS:
            await session.clock.asleep(min(pause, deadline.remaining))
            try:
                window, found = await _look(session, flight, window, deadline)
            except (APIConnectionError, InternalServerError, RateLimitError):
                if deadline.has_passed:
                    break
                continue
            except (ReplicateError, ValueError):  # there is no list, or none that can be read
                break
            prediction, candidates = flight.claims.adopt(flight, found)
            if prediction is not None:
                return Found(prediction, candidates)
    finally:
        flight.is_looked_for = False
    return Found(None, candidates)


async def _look(
    session: AsyncSession, flight: Flight, window: Window | None, deadline: Deadline
) -> tuple[Window | None, list[Prediction]]:
    """The window of the create, and the predictions in it that may be its."""
    start = window.start if window else _start(session, flight)
    operation = predictions_list(created_after=start)
    found: list[Prediction] = []
    for _ in range(MOST_PAGES):
        response, token = await session.answer(operation, deadline)
        page = value_of(operation, response, token)
        window = window or window_of(response.headers.get("date", ""), session.clock.now(), flight.sent)
        if window is None or flight.sought is None:
            break
        found += [prediction for prediction in page.results if may_be(prediction, flight.sought, window)]
        following = next_operation(operation, page, session.settings.base_url)
        if following is None or not page.results or page.results[-1].created_at < window.start:
            break
        operation = following
    return window, found


def _start(session: AsyncSession, flight: Flight) -> datetime | None:
    """How far to look back, by the service's time in the last answer, if there was one."""
    if session.connection.last_answer is None:
        return None
    headers, at = session.connection.last_answer
    window = window_of(headers.get("date", ""), at, flight.sent)
    return window and window.start
