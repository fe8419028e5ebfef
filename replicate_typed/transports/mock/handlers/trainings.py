"""Trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replicate_typed.transports.mock.exchanges import Reply, json_reply
from replicate_typed.transports.mock.handlers.lists import page_reply
from replicate_typed.transports.mock.problems import ProblemError, invalid_input

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.state import State


def create(state: State, call: Call) -> Reply:
    owner, name, id = call.names
    version = state.version(f"{owner}/{name}", id)
    destination = state.models.get(call.body["destination"])
    if destination is None or destination.owner != state.account:
        raise ProblemError(404, "The specified training destination does not exist")
    if version.trainer is None:
        raise ProblemError(422, f"The version {id} of {owner}/{name} cannot be trained")
    if misfits := version.training_misfits(call.body["input"]):
        raise invalid_input(misfits)
    training = state.add_training(
        version,
        destination.name,
        call.body["input"],
        root=call.root,
        webhook=call.body.get("webhook"),
        webhook_events_filter=call.body.get("webhook_events_filter"),
    )
    return json_reply(training.edge_json(call.now), 201)


def get(state: State, call: Call) -> Reply:
    return json_reply(state.training(*call.names).database_json(call.now))


def cancel(state: State, call: Call) -> Reply:
    training = state.training(*call.names)
    training.cancel(call.now)
    return json_reply(training.database_json(call.now, "predictions"))


def list_(state: State, call: Call) -> Reply:
    return page_reply(
        state,
        call,
        "trainings",
        state.trainings[::-1],
        lambda training: -training.sequence,
        lambda training: training.database_json(call.now),
    )


HANDLERS: dict[str, Handler] = {
    "trainings.create": create,
    "trainings.get": get,
    "trainings.cancel": cancel,
    "trainings.list": list_,
}
