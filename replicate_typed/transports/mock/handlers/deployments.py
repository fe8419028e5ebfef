"""Deployments: their releases, their scaling, and when one may be deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from replicate_typed.transports.mock.exchanges import Reply, json_reply
from replicate_typed.transports.mock.handlers.lists import page_reply
from replicate_typed.transports.mock.handlers.models import checked_hardware, new_name
from replicate_typed.transports.mock.problems import (
    InvalidField,
    ProblemError,
    invalid_input,
    invalid_version,
)
from replicate_typed.transports.mock.times import MINUTE

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.models import MockVersion
    from replicate_typed.transports.mock.state import State

_IDLE = 15 * MINUTE


def create(state: State, call: Call) -> Reply:
    body = call.body
    name = new_name(state.account, body["name"])
    _check_instances(body["min_instances"], body["max_instances"])
    with state.lock:
        if name in state.deployments:
            raise ProblemError(409, f"There is a deployment {name} already")
        model = state.model(body["model"])
        deployment = state.add_deployment(
            name,
            _version(state, model.name, body["version"]),
            hardware=checked_hardware(body["hardware"]),
            min_instances=body["min_instances"],
            max_instances=body["max_instances"],
        )
    return json_reply(deployment.as_json())


def get(state: State, call: Call) -> Reply:
    return json_reply(state.deployment("/".join(call.names)).as_json())


def update(state: State, call: Call) -> Reply:
    deployment = state.deployment("/".join(call.names))
    changes = dict(call.body)
    if "hardware" in changes:
        checked_hardware(changes["hardware"])
    if "version" in changes:
        changes["version"] = _version(state, deployment.release.version.model, changes["version"])
    changes = {name: value for name, value in changes.items() if name in _CHANGEABLE}
    with state.lock:
        release = deployment.release
        _check_instances(
            changes.get("min_instances", release.min_instances), changes.get("max_instances", release.max_instances)
        )
        deployment.release = evolve(release, number=release.number + 1, created=call.now, **changes)
        deployment.pool.most = deployment.release.max_instances
        deployment.pool.always_up = deployment.release.min_instances
        deployment.pool.boot = deployment.release.version.pool.boot
        deployment.pool.plan_again(state.now())
    return json_reply(deployment.as_json())


def delete(state: State, call: Call) -> Reply:
    deployment = state.deployment("/".join(call.names))
    with state.lock:
        used_until = max((run.ends for run in state.predictions if run.deployment == deployment.name), default=0)
        if deployment.release.min_instances or call.now - used_until < _IDLE:
            raise ProblemError(
                400,
                f"The deployment {deployment.name} cannot be deleted: it must be offline (min_instances 0), and not "
                "used for 15 minutes",
            )
        state.deployments.pop(deployment.name, None)
    return Reply(204, b"", {})


def list_(state: State, call: Call) -> Reply:
    with state.lock:
        deployments = sorted(state.deployments.values(), key=lambda deployment: -deployment.sequence)
    return page_reply(
        state,
        call,
        "deployments",
        deployments,
        lambda deployment: -deployment.sequence,
        lambda deployment: deployment.as_json(),
    )


_CHANGEABLE = {"version", "hardware", "min_instances", "max_instances"}


def _check_instances(least: int, most: int) -> None:
    if least > most:
        row = InvalidField("number_lte", "min_instances", f"Must be less than or equal to max_instances, {most}")
        raise invalid_input([row])


def _version(state: State, model: str, id: str) -> MockVersion:
    version = state.versions.get(id)
    if version is None or version.model != model or state.is_doomed(version):
        raise invalid_version()
    return version


HANDLERS: dict[str, Handler] = {
    "deployments.create": create,
    "deployments.get": get,
    "deployments.update": update,
    "deployments.delete": delete,
    "deployments.list": list_,
}
