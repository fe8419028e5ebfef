"""Models, their versions, their examples and their READMEs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replicate_typed.transports.mock.accounts import HARDWARE
from replicate_typed.transports.mock.exchanges import Reply, json_reply
from replicate_typed.transports.mock.handlers.lists import page_reply
from replicate_typed.transports.mock.models import MockModel, MockVersion, checked_name
from replicate_typed.transports.mock.problems import InvalidField, ProblemError, invalid_input, invalid_name, not_found
from replicate_typed.transports.mock.schemas import misfits
from replicate_typed.transports.mock.times import MINUTE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.state import State

MOST_MODELS = 1000
"""How many models an account can have: spec, `models.create`."""

_DELETION = 2 * MINUTE  # how long the deletion of a version takes
_DETAILS = ("description", "github_url", "paper_url", "license_url", "cover_image_url")
_CHANGEABLE = ("description", "readme", "github_url", "paper_url", "weights_url", "license_url")


def list_(state: State, call: Call) -> Reply:
    query = call.query
    is_ascending = query.get("sort_direction") == "asc"

    def rank(model: MockModel) -> int:
        by_version = query.get("sort_by") != "model_created_at"
        sequence = model.latest.sequence if by_version and model.latest else model.sequence
        return sequence if is_ascending else -sequence

    with state.lock:
        models = sorted((model for model in state.models.values() if model.visibility == "public"), key=rank)
    return page_reply(state, call, "models", models, rank, lambda model: model.as_json(call.now))


def create(state: State, call: Call) -> Reply:
    body = call.body
    if body["owner"] != state.account:
        raise ProblemError(403, f"Models can be created for {state.account} only, not for {body['owner']}")
    name = new_name(body["owner"], body["name"])
    checked_hardware(body["hardware"])
    details = _texts(body, _DETAILS)
    with state.lock:
        if name in state.models:
            raise ProblemError(409, f"There is a model {name} already")
        if sum(model.owner == state.account for model in state.models.values()) >= MOST_MODELS:
            raise ProblemError(403, f"An account can have {MOST_MODELS} models")
        model = state.add_model(name, visibility=body["visibility"], hardware=body["hardware"], **details)
    return json_reply(model.as_json(call.now), 201)


def get(state: State, call: Call) -> Reply:
    return json_reply(state.model("/".join(call.names)).as_json(call.now))


def update(state: State, call: Call) -> Reply:
    model = _own(state, call)
    for name, text in _texts(call.body, _CHANGEABLE).items():
        setattr(model, name, text)
    return json_reply(model.as_json(call.now))


def delete(state: State, call: Call) -> Reply:
    model = _own(state, call)
    with state.lock:
        if model.visibility != "private":
            raise ProblemError(400, f"The model {model.name} is public: only private models can be deleted")
        if model.versions:
            raise ProblemError(400, f"The model {model.name} has versions: delete them first")
        state.models.pop(model.name, None)
    return Reply(204, b"", {})


def get_readme(state: State, call: Call) -> Reply:
    model = state.model("/".join(call.names))
    if model.readme is None:
        raise not_found(f"A README of {model.name}")
    return Reply(200, model.readme.encode(), {"content-type": "text/plain; charset=utf-8"})


def list_examples(state: State, call: Call) -> Reply:
    model = state.model("/".join(call.names))
    return page_reply(
        state,
        call,
        "examples",
        model.examples[::-1],
        lambda example: -example.sequence,
        lambda example: example.database_json(call.now),
    )


def list_versions(state: State, call: Call) -> Reply:
    versions = state.model("/".join(call.names)).versions[::-1]
    return page_reply(state, call, "versions", versions, lambda version: -version.sequence, MockVersion.as_json)


def get_version(state: State, call: Call) -> Reply:
    owner, name, id = call.names
    return json_reply(state.version(f"{owner}/{name}", id).as_json())


def delete_version(state: State, call: Call) -> Reply:
    id = call.names[2]
    model = _own(state, call)
    version = state.version(model.name, id)
    uses = [deployment.name for deployment in state.deployments.values() if deployment.release.version is version]
    reasons = {
        f"{model.name} is public": model.visibility != "private",
        "a training started from it": version.was_trained,
        f"the deployment {' and '.join(uses)} uses it": bool(uses),
    }
    if found := [reason for reason, holds in reasons.items() if holds]:
        raise ProblemError(400, f"The version {id} of {model.name} cannot be deleted: {', '.join(found)}")
    state.doom(version, call.now + _DELETION)
    return Reply(202, b"", {})


def new_name(owner: str, name: str) -> str:
    """`owner/name`, if something can be called that; else a problem."""
    try:
        return checked_name(f"{owner}/{name}")
    except ValueError:
        raise invalid_input([invalid_name("name")]) from None


def checked_hardware(sku: str) -> str:
    """The hardware, if there is such; else a problem."""
    skus = [str(hardware["sku"]) for hardware in HARDWARE]
    if sku not in skus:
        known = ", ".join(f'"{known}"' for known in skus)
        raise invalid_input([InvalidField("enum", "hardware", f"hardware must be one of the following: {known}")])
    return sku


def _texts(body: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """What is said of a model in these members; an empty address is none, and what is no address is a problem."""
    texts = {name: body[name] or None if name.endswith("_url") else body[name] for name in names if name in body}
    rows = [
        row
        for name, text in texts.items()
        if name.endswith("_url") and text is not None
        for row in misfits(text, {"format": "uri"}, field=name, root={})
    ]
    if rows:
        raise invalid_input(rows)
    return texts


def _own(state: State, call: Call) -> MockModel:
    """The model, if it belongs to the account."""
    model = state.model("/".join(call.names[:2]))
    if model.owner != state.account:
        raise ProblemError(403, f"The model {model.name} is not yours: the token is of {state.account}")
    return model


HANDLERS: dict[str, Handler] = {
    "models.list": list_,
    "models.create": create,
    "models.get": get,
    "models.update": update,
    "models.delete": delete,
    "models.readme.get": get_readme,
    "models.examples.list": list_examples,
    "models.versions.list": list_versions,
    "models.versions.get": get_version,
    "models.versions.delete": delete_version,
}
