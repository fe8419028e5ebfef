"""The Elixir client's mock, answer by answer: fixed predictions, models and versions, and nothing that changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from replicate_typed.transports.mock.exchanges import Exchange, Reply, json_reply
from replicate_typed.transports.mock.problems import ProblemError, is_object
from replicate_typed.transports.mock.service import MockTransport

if TYPE_CHECKING:
    import httpx

    from replicate_typed.transports.mock.calls import MockRequest, Target

_API = "https://api.replicate.com/v1"
_CREATED = "2022-04-26T19:29:04.418669Z"
_FIRST = "27b93a2413e7f36cd83da926f3656280b2931564ff050bf9575f1fdf9bcd7478"
_SECOND = "db21e45d3f7023abc2a46ee38a23973f6dce16bb082a930b0c49861f96d1e5bf"
_OUTPUT = "https://replicate.com/api/models/stability-ai/stable-diffusion/files/50fcac81-865d-499e-81ac-49de0cb79264/out-0.png"
_NEXT = f"{_API}/trainings?cursor=cD0yMDIyLTAxLTIxKzIzJTNBMTglM0EyNC41MzAzNTclMkIwMCUzQTAw"


def _prediction(status: str, id: str = "1234") -> dict[str, object]:
    """A prediction that has its output from the start."""
    return {
        "id": id,
        "status": status,
        "input": {"prompt": "a 19th century portrait of a wombat gentleman"},
        "version": _FIRST,
        "output": [_OUTPUT],
        "urls": {"get": f"{_API}/predictions/{id}", "cancel": f"{_API}/predictions/{id}/cancel"},
        "created_at": _CREATED,  # added: a Prediction has one
    }


_V1: dict[str, object] = {"id": "v1", "created_at": _CREATED, "cog_version": "0.3.0", "openapi_schema": {}}
_V2 = _V1 | {"id": "v2", "created_at": "2022-03-21T13:01:04.418669Z"}
_MODEL: dict[str, object] = {
    "url": "https://replicate.com/replicate/hello-world",
    "owner": "replicate",
    "name": "hello-world",
    "description": "A tiny model that says hello",
    "visibility": "public",
    "github_url": "https://github.com/replicate/cog-examples",
    "paper_url": None,
    "license_url": None,
    "run_count": 12345,
    "cover_image_url": None,
    "latest_version": _V2,
}
_VERSIONS = {"results": [_V1, _V2]}
_HARDWARE = [
    {"name": "CPU", "sku": "cpu"},
    {"name": "Nvidia T4 GPU", "sku": "gpu-t4"},
    {"name": "Nvidia A40 GPU", "sku": "gpu-a40-small"},
    {"name": "Nvidia A40 (Large) GPU", "sku": "gpu-a40-large"},
]

_READ: dict[str, object] = {
    "/v1/predictions": {"results": [_prediction("starting"), _prediction("starting", "1235")]},
    "/v1/predictions/1234": _prediction("succeeded"),
    "/v1/models": {"next": _NEXT, "previous": None, "results": [_MODEL] * 25},
    "/v1/models/replicate/hello-world": _MODEL,
    "/v1/models/replicate/hello-world/versions": _VERSIONS,
    "/v1/models/replicate/hello-world/versions/v2": _V2,
    f"/v1/models/replicate/hello-world/versions/{_FIRST}": _V1,
    f"/v1/models/replicate/hello-world/versions/{_SECOND}": _V2,
    "/v1/models/stability-ai/stable-diffusion": _MODEL,
    "/v1/models/stability-ai/stable-diffusion/versions": _VERSIONS,
    "/v1/hardware": _HARDWARE,
}
_MISSING = {"/v1/predictions/not_a_real_id", "/v1/models/cbh123/babadook-diffusion"}


class SeedTransport(MockTransport):
    """What `MockTransport.seed()` gives."""

    def _allowance(self, target: Target) -> dict[str, str]:  # noqa: ARG002 -- nothing is limited
        return {}

    def _answer(self, request: httpx.Request, target: Target, record: MockRequest) -> Exchange:  # noqa: ARG002 -- nor kept
        query = request.url.query.decode("ascii")
        asked = f"/v1{target.path}?{query}" if query else f"/v1{target.path}"
        yield from ()  # it never pauses
        return answer(request.method, asked, request.content)

    if not TYPE_CHECKING:  # the signatures are the inherited ones

        def _refuse(self, *_: object, **__: object) -> NoReturn:
            raise TypeError("the answers of MockTransport.seed() are fixed; register models with a MockTransport()")

        model = training = reply = deployment = example = collection = _refuse


def answer(method: str, target: str, content: bytes) -> Reply:
    """What the Elixir client's mock answers; what it calls an error is a `ProblemError` with the same words.

    Args:
        method: The HTTP method; FAIL, in place of Elixir's `:fail`, for a request that fails.
        target: The path, from `/v1` on, with the query if there is one.
        content: The body that was sent.
    """
    match method:
        case "GET":
            return _read(target)
        case "POST":
            return _post(target, content)
        case "FAIL":
            raise ProblemError(500, "Failed")
        case _:
            raise ProblemError(405, f"Unexpected method in the mock client: {method}")


def _read(target: str) -> Reply:
    if target in _READ:
        return json_reply(_READ[target])
    if target in _MISSING:
        raise ProblemError(404, "Not found")
    raise ProblemError(404, f"Unexpected path in the mock client: {target}")


def _post(target: str, content: bytes) -> Reply:
    if target.endswith("/cancel"):
        return json_reply(_prediction("canceled"))
    if target == "/v1/models":
        return _echo(content)
    if target == "/v1/predictions" and "version" not in _object_of(content):
        raise ProblemError(422, "Version is required")
    return json_reply(_prediction("starting"), 201)


def _echo(content: bytes) -> Reply:
    """The body as a model: what a Model needs, and a request to make one has not, is added."""
    sent = _object_of(content)
    if not sent:
        return Reply(201, content, {"content-type": "application/json"})
    url = f"https://replicate.com/{sent.get('owner')}/{sent.get('name')}"
    return json_reply({"url": url, "run_count": 0} | sent, 201)


def _object_of(content: bytes) -> dict[str, Any]:
    """The JSON object that was sent; an empty one if it was something else."""
    try:
        body: object = json.loads(content)
    except ValueError:
        return {}
    return body if is_object(body) else {}
