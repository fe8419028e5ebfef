"""Predictions: created in three ways, read, listed and canceled."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from replicate_typed.transports.mock.exchanges import Exchange, Reply, json_reply
from replicate_typed.transports.mock.handlers.lists import page_reply
from replicate_typed.transports.mock.predictions import MockPrediction, until_ended
from replicate_typed.transports.mock.problems import InvalidField, ProblemError, invalid_input
from replicate_typed.transports.mock.times import HOUR, MINUTE, NEVER, SECOND, instant_of

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.deployments import MockDeployment
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.models import MockVersion
    from replicate_typed.transports.mock.state import State

_LONGEST_HOLD = 60
_SHORTEST_DEADLINE = 5 * SECOND
_UNITS = {"h": HOUR, "m": MINUTE, "s": SECOND}


def create(state: State, call: Call) -> Reply | Exchange:
    return _created(state, call, state.runnable(call.body["version"]))


def create_of_model(state: State, call: Call) -> Reply | Exchange:
    model = state.model("/".join(call.names))
    if not model.official or model.latest is None:
        raise ProblemError(404, f"The model {model.name} is not official: predict with a version of it")
    return _created(state, call, model.latest)


def create_of_deployment(state: State, call: Call) -> Reply | Exchange:
    deployment = state.deployment("/".join(call.names))
    return _created(state, call, deployment.release.version, deployment)


def get(state: State, call: Call) -> Reply:
    run = state.run(*call.names)
    return json_reply(run.edge_json(call.now) if isinstance(run, MockPrediction) else run.database_json(call.now))


def cancel(state: State, call: Call) -> Reply:
    run = state.run(*call.names)
    run.cancel(call.now)
    if isinstance(run, MockPrediction):
        with state.lock:
            state.pool_of(run).plan_again(state.now())
    return json_reply(run.database_json(call.now))


def list_(state: State, call: Call) -> Reply:
    query = call.query
    predictions = [] if query.get("source") == "web" else state.predictions  # all were made through the API
    first, end = (
        bisect_left(predictions, instant_of(query[name]), key=_creation) if name in query else other
        for name, other in (("created_after", 0), ("created_before", len(predictions)))
    )
    return page_reply(
        state,
        call,
        "predictions",
        predictions[first:end][::-1],
        lambda prediction: -prediction.sequence,
        lambda prediction: prediction.database_json(call.now),
    )


def deadline_of(cancel_after: str | None) -> int | None:
    """The microseconds of a `Cancel-After`; a problem if they are too few."""
    if cancel_after is None:
        return None
    parts = re.findall(r"([0-9]+)([hms]?)", cancel_after)
    deadline = int(min(sum(float(number) * _UNITS[unit or "s"] for number, unit in parts), NEVER))
    if deadline < _SHORTEST_DEADLINE:
        raise invalid_input([InvalidField("number_gte", "Cancel-After", "Must be greater than or equal to 5 seconds")])
    return deadline


def hold_of(prefer: str | None) -> int | None:
    """For how many microseconds the answer is held back; None if it comes at once."""
    if prefer is None:
        return None
    return int(prefer.partition("=")[2] or _LONGEST_HOLD) * SECOND


def _created(
    state: State, call: Call, version: MockVersion, deployment: MockDeployment | None = None
) -> Reply | Exchange:
    input: dict[str, Any] = call.body["input"]
    if misfits := version.misfits(input):
        raise invalid_input(misfits)
    headers = call.request.headers
    prediction = state.add_prediction(
        version,
        input,
        root=call.root,
        deployment=deployment,
        deadline=deadline_of(headers.get("cancel-after")),
        webhook=call.body.get("webhook"),
        webhook_events_filter=call.body.get("webhook_events_filter"),
    )
    prefer = headers.get("prefer")
    hold = hold_of(prefer)
    if hold is None:
        return json_reply(prediction.edge_json(call.now), 201)
    return _held(state, prediction, prediction.created + hold, prefer)


def _held(state: State, prediction: MockPrediction, until: int, prefer: str) -> Exchange:
    """The answer once there is output, or that instant has come."""
    yield from until_ended(prediction, until, state.now)
    now = state.now()
    status = 201 if prediction.at(now).has_ended else 202
    return json_reply(prediction.held_json(now), status, **{"preference-applied": prefer})


def _creation(prediction: MockPrediction) -> int:
    return prediction.created


HANDLERS: dict[str, Handler] = {
    "predictions.create": create,
    "models.predictions.create": create_of_model,
    "deployments.predictions.create": create_of_deployment,
    "predictions.get": get,
    "predictions.cancel": cancel,
    "predictions.list": list_,
}
