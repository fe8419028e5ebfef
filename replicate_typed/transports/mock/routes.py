"""The operations of the mock service, one function each, and the table that finds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from attrs import frozen

from replicate_typed.transports.mock.models import ACCOUNT, HARDWARE, MockModel, MockVersion
from replicate_typed.transports.mock.pages import page
from replicate_typed.transports.mock.problems import InvalidField, ProblemError, invalid_input, is_object, not_found
from replicate_typed.transports.mock.times import instant

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.state import State

Handler = Callable[..., object]
"""`(state, call, *names in the path) -> body`."""

# https://replicate.com/docs/topics/predictions/rate-limits; reading a prediction has a bucket of its own (recorded)
_CREATES, _PREDICTION_READS, _OTHERS = 599, 59999, 2999
_MEMBERS = frozenset({"input", "webhook", "webhook_events_filter", "stream"})


@frozen
class Route:
    """One operation: what asks for it, what it does, its status, and the rate limit it counts against."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    status: int
    remaining: int


def route_of(call: Call) -> tuple[Route, list[str]]:
    """The operation asked for, and the names in its path."""
    for route in ROUTES:
        if call.request.method == route.method and (found := route.pattern.fullmatch(call.path)):
            return route, [unquote(name) for name in found.groups()]
    raise ProblemError(404, f"the mock service does not know {call.request.method} {call.path}")


def create_prediction(state: State, call: Call) -> object:
    body = call.body({"version", *_MEMBERS})
    input = _input_of(body, required=("version", "input"))
    if not isinstance(body["version"], str):
        raise invalid_input([InvalidField.wrong_type("version", "string", body["version"])])
    return _created(state, call, state.runnable(body["version"]), input)


def create_model_prediction(state: State, call: Call, owner: str, name: str) -> object:
    model = state.model(f"{owner}/{name}")
    if not model.official:
        raise ProblemError(404, f"The model {model.name} is not official: predict with a version of it")
    return _created(state, call, model.latest, _input_of(call.body(_MEMBERS)))


def create_deployment_prediction(state: State, call: Call, owner: str, name: str) -> object:
    deployment = state.deployment(f"{owner}/{name}")
    return _created(state, call, deployment.version, _input_of(call.body(_MEMBERS)), deployment.name)


def get_prediction(state: State, call: Call, id: str) -> object:
    return state.prediction(id).as_json(call.now, call.root)


def cancel_prediction(state: State, call: Call, id: str) -> object:
    prediction = state.prediction(id)
    prediction.cancel(call.now)
    return prediction.as_json(call.now, call.root)


def list_predictions(state: State, call: Call) -> object:
    params = call.request.url.params
    after, before = _instant_of(params.get("created_after")), _instant_of(params.get("created_before"))
    predictions = [
        prediction
        for prediction in reversed(state.predictions())
        if (after is None or prediction.created >= after)
        and (before is None or prediction.created < before)
        and params.get("source") != "web"  # all of the mock's are made through the API
    ]
    return page(
        predictions,
        lambda prediction: -prediction.sequence,
        lambda prediction: prediction.as_json(call.now, call.root),
        size=state.page_size,
        url=call.request.url,
    )


def list_models(state: State, call: Call) -> object:
    params = call.request.url.params
    oldest_first = params.get("sort_direction") == "asc"

    def rank(model: MockModel) -> int:
        version = model.versions[0] if params.get("sort_by") == "model_created_at" else model.latest
        return version.sequence if oldest_first else -version.sequence

    models = sorted(state.models(), key=rank)
    return page(models, rank, MockModel.as_json, size=state.page_size, url=call.request.url)


def get_model(state: State, _call: Call, owner: str, name: str) -> object:
    return state.model(f"{owner}/{name}").as_json()


def list_versions(state: State, call: Call, owner: str, name: str) -> object:
    versions = state.versions(f"{owner}/{name}")[::-1]
    return page(
        versions,
        lambda version: -version.sequence,
        MockVersion.as_json,
        size=state.page_size,
        url=call.request.url,
    )


def get_version(state: State, _call: Call, owner: str, name: str, id: str) -> object:
    for version in state.versions(f"{owner}/{name}"):
        if version.id == id:
            return version.as_json()
    raise not_found(f"The version {id} of {owner}/{name}")


def list_deployments(state: State, call: Call) -> object:
    deployments = state.deployments()[::-1]
    return page(
        deployments,
        lambda deployment: -deployment.sequence,
        lambda deployment: deployment.as_json(),
        size=state.page_size,
        url=call.request.url,
    )


def get_deployment(state: State, _call: Call, owner: str, name: str) -> object:
    return state.deployment(f"{owner}/{name}").as_json()


def _route(operation: str, handler: Handler, *, status: int = 200, remaining: int = _OTHERS) -> Route:
    method, path = operation.split(" ")
    return Route(method, re.compile(path.replace("{}", "([^/]+)")), handler, status, remaining)


ROUTES = [
    _route("GET /account", lambda *_: ACCOUNT),
    _route("GET /deployments", list_deployments),
    _route("GET /deployments/{}/{}", get_deployment),
    _route("POST /deployments/{}/{}/predictions", create_deployment_prediction, status=201, remaining=_CREATES),
    _route("GET /hardware", lambda *_: HARDWARE),
    _route("GET /models", list_models),
    _route("GET /models/{}/{}", get_model),
    _route("POST /models/{}/{}/predictions", create_model_prediction, status=201, remaining=_CREATES),
    _route("GET /models/{}/{}/versions", list_versions),
    _route("GET /models/{}/{}/versions/{}", get_version),
    _route("GET /predictions", list_predictions),
    _route("POST /predictions", create_prediction, status=201, remaining=_CREATES),
    _route("GET /predictions/{}", get_prediction, remaining=_PREDICTION_READS),
    _route("POST /predictions/{}/cancel", cancel_prediction),
]


def _input_of(body: dict[str, Any], required: tuple[str, ...] = ("input",)) -> dict[str, Any]:
    if missing := [InvalidField.required("", name) for name in required if name not in body]:
        raise invalid_input(missing)
    if not is_object(body["input"]):
        raise invalid_input([InvalidField.wrong_type("input", "object", body["input"])])
    return body["input"]


def _created(
    state: State, call: Call, version: MockVersion, input: dict[str, Any], deployment: str | None = None
) -> object:
    if misfits := version.misfits(input):
        raise invalid_input(misfits)
    prediction = state.add_prediction(version, input, deployment=deployment, now=call.now)
    return prediction.as_json(call.now, call.root)


def _instant_of(timestamp: str | None) -> int | None:
    if timestamp is None:
        return None
    try:
        return instant(timestamp)
    except ValueError as error:
        raise ProblemError(400, f"Not a time: {timestamp}") from error
