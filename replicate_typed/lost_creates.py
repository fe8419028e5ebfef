"""What a create asked for whose answer was lost, and which predictions it may have made; pure.

The service has no key by which it would recognize a call, so a prediction is known by what it runs, by its input, and
by the time of its making. That time is told by the service's own clock, as its answers show it in `Date`: this
machine's may be wrong by any amount, and is used for differences only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction

LONGEST_SEARCH = 5.0  # seconds
LOOKS = (0.0, 0.5, 1.0, 2.0)  # seconds before each look: the list may show a prediction a moment late
MOST_PAGES = 5  # of a list, in one look
MARGIN = timedelta(seconds=3)  # between the clocks of the service's machines
RESOLUTION = timedelta(seconds=1)  # of `Date`

PATH = re.compile(r"/(?:(?P<kind>models|deployments)/(?P<name>[^/]+/[^/]+)/)?predictions")


class Sought(NamedTuple):
    """What a create asked for."""

    target: str
    """`models/owner/name`, `deployments/owner/name`, or `versions/` and the id."""
    input: str
    """Canonical: equal for equal inputs, however they are written."""


class Window(NamedTuple):
    """When the service made what was asked for, by its own clock, if it made it."""

    start: datetime
    end: datetime


def window_of(date: str, at: float, sent: float) -> Window | None:
    """The window of a create that was sent at one local time, from the `Date` of an answer that came at another.

    That answer was asked for when the create was already lost. None if the date cannot be read.
    """
    try:
        time = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return None
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return Window(time - timedelta(seconds=at - sent) - MARGIN, time + RESOLUTION + MARGIN)


def sought_in(path: str, body: bytes) -> Sought | None:
    """What a create asked for, given its path and the body that was sent; None if that cannot be told."""
    match = PATH.fullmatch(path)
    try:
        fields = cast("dict[str, Any]", json.loads(body))
        input = canonical(fields.get("input"))
        version = fields.get("version")
    except (ValueError, AttributeError, RecursionError):
        return None
    if match is None:
        return None
    if match["kind"]:
        return Sought(f"{match['kind']}/{match['name']}".lower(), input)
    if not isinstance(version, str):
        return None
    id = version.rpartition(":")[2]
    return Sought(f"models/{id}".lower() if "/" in id else f"versions/{id}", input)


def id_in(body: bytes) -> str | None:
    """The id of the prediction that a create was answered with; None if that cannot be read."""
    try:
        id = cast("dict[str, Any]", json.loads(body)).get("id")
    except (ValueError, AttributeError, RecursionError):
        return None
    return id if isinstance(id, str) else None


def canonical(value: object) -> str:
    """The JSON text of a value, the same for equal ones: names are sorted, and 1.0 is 1."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"))


def may_be(prediction: Prediction, sought: Sought, window: Window) -> bool:
    """Whether a prediction, as the list shows it, is what was asked for: the same, and made in that time."""
    return (
        prediction.source != "web"
        and window.start <= prediction.created_at <= window.end
        and sought.target in _targets(prediction)
        and canonical(prediction.input) == sought.input
    )


def outcome_of_search(reason: str, candidates: Sequence[Prediction]) -> str:
    """What is said of a create whose prediction was not found."""
    if not candidates:
        found = "it was looked for among the newest predictions, but none is surely the one"
    else:
        ids = ", ".join(prediction.id for prediction in candidates)
        found = f"it was looked for, and it may be any of {ids}, or none of them" if candidates[1:] else (
            f"it was looked for, and it may be {ids}, but another call that asked for the same may have made that"
        )  # fmt: skip
    return f"{reason}; it was sent, so a prediction may have been created, and was not asked for again: {found}"


def _targets(prediction: Prediction) -> set[str]:
    """What a prediction may have been asked for as."""
    if prediction.deployment:
        name = prediction.deployment.lower()
        return {f"deployments/{name}"}
    return {f"models/{prediction.model}".lower(), f"versions/{prediction.version}"}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list):
        return [_plain(item) for item in cast("Sequence[Any]", value)]
    return value
