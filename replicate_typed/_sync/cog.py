# Made by scripts/unasync.py from replicate_typed/_async/cog.py; do not edit.
"""The transport to a Cog model server, Replicate's own: what runs a model on your desk."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from replicate_typed.concurrency import Happened, Shield
from replicate_typed.deadlines import seconds_held
from replicate_typed.errors import ClosedClientError, NotSupportedError
from replicate_typed.references import owner_and_name
from replicate_typed.settings import checked_address
from replicate_typed.transports.cog.calls import Call, Cancel, Create, Get, GetModel, call_of, root_and_path
from replicate_typed.transports.cog.predictions import CogPrediction, CogPredictions, timestamp
from replicate_typed.transports.cog.reports import Health, health_of, object_in
from replicate_typed.transports.cog.server import NEW_CONNECTIONS, PROMPT, CogServer

if TYPE_CHECKING:
    from replicate_api.types import Owned

FIRST_LOOK = 0.05  # seconds for a server to refuse an input
TIMES_TO_CANCEL = 10  # a server may not have heard of what it is to cancel


class CogTransport:
    """A Cog model server, such as `cog serve` or a model's Docker image, in place of Replicate.

        client = Client(transport=CogTransport("http://localhost:5000", model="acme/painter"))

    Args:
        url: Where the server is.
        model: What the model is called here, as "owner/name"; its runs, and those of any version, go to the server.
            By default the server answers to every name.

    `run`, `submit`, `wait`, `cancel`, `predictions` and `models.get` do what they do on Replicate; everything else
    raises NotSupportedError. The server keeps no predictions, so they are kept here until an hour after their end.
    What it has no room for waits in line. Logs come twice a second if the server is on this machine and can reach
    this process, else when the prediction has ended; Cog 0.23 then leaves out those of a failure. Output files come as
    data URLs. No API token is needed or sent, and proxies in the environment are left aside.
    """

    requires_token = False
    stores_files = False

    def __init__(self, url: str, *, model: str | Owned | None = None) -> None:
        self._model = None if model is None else "/".join(owner_and_name(model))
        self.address: str = checked_address("the address of a Cog server", url)
        self._server = CogServer(self.address)
        self._transport = httpx.HTTPTransport(verify=self._server.is_encrypted, limits=NEW_CONNECTIONS)
        self._predictions = CogPredictions()
        self.is_closed: bool = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._model or 'any model'} at {self.address}>"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_closed:
            raise ClosedClientError("the transport is closed")
        return self._answer(call_of(request, self._model), request)

    def close(self) -> None:
        """Close it; predictions that have begun go on until their end."""
        self.is_closed = True
        self._server.dissolve_line()
        self._transport.close()

    def _answer(self, call: Call, request: httpx.Request) -> httpx.Response:
        root, _ = root_and_path(request.url)
        match call:
            case GetModel():
                return httpx.Response(200, json=self._describe(call.model, request))
            case Create():
                prediction = self._create(call, request)
                if prediction.problem is not None:
                    return _problem(prediction.problem)
                return httpx.Response(201, json=prediction.as_json(root))
            case Get() | Cancel():
                known = self._predictions.get(call.id)
                if known is None:
                    detail = f"There is no prediction {call.id}, or it ended more than an hour ago."
                    return _problem({"title": "Prediction not found", "detail": detail, "status": 404})
                if isinstance(call, Cancel):
                    self._cancel(known, request)
                return httpx.Response(200, json=known.as_json(root))

    def _create(self, call: Create, request: httpx.Request) -> CogPrediction:
        self._health(request)  # a server that is not there is an error here and now
        prediction = CogPrediction(
            model=call.model, version=call.version or self._version, input=call.body.get("input", {})
        )
        self._predictions.add(prediction)
        self._server.start(prediction, call.body)
        patience = _seconds_of(request, seconds_held(request.headers.get("prefer", "")) or FIRST_LOOK)
        try:
            Happened(prediction.settled, patience)
        except BaseException:  # nobody will know its id
            with Shield():
                self._cancel(prediction, request)
            raise
        if prediction.problem is not None:
            self._predictions.forget(prediction)
        return prediction

    def _cancel(self, prediction: CogPrediction, request: httpx.Request) -> None:
        prediction.cancel()
        for _ in range(TIMES_TO_CANCEL):
            if prediction.settled.is_set():
                break
            self._ask("POST", f"/predictions/{prediction.id}/cancel", request)
            Happened(prediction.settled, FIRST_LOOK)

    def _describe(self, model: str, request: httpx.Request) -> dict[str, Any]:
        """The model, as far as the server knows it."""
        health = self._health(request)
        index = self._ask("GET", "/", request)
        schema = self._ask("GET", "/openapi.json", request)
        owner, _, name = model.partition("/")
        return {
            "url": self.address,
            "owner": owner,
            "name": name,
            "description": None,
            "visibility": "private",
            "run_count": self._predictions.count,
            "latest_version": {
                "id": self._version,
                "created_at": health.started_at or timestamp(datetime.now(UTC)),
                "cog_version": object_in(index.content).get("cog_version"),
                "openapi_schema": object_in(schema.content) if schema.is_success else None,
            },
        }

    @property
    def _version(self) -> str:
        """An id in the form of Replicate's, as the server knows of none."""
        return hashlib.sha256((self._model or self.address).encode()).hexdigest()

    def _health(self, request: httpx.Request) -> Health:
        response = self._ask("GET", "/health-check", request)
        health = health_of(response)
        if health is None:
            raise NotSupportedError(
                f"{self.address} is no Cog server: it answered GET /health-check with {response.status_code}"
            )
        return health

    def _ask(self, method: str, path: str, request: httpx.Request) -> httpx.Response:
        """What the server answers, in the time that there is for the request to the API."""
        question = self._server.request(method, path, timeout=request.extensions.get("timeout", PROMPT))
        try:
            response = self._transport.handle_request(question)
            try:
                response.read()
            finally:
                response.close()
        except httpx.HTTPError as error:  # nothing has begun, so whatever was wanted can be wanted again
            kind = httpx.ConnectTimeout if isinstance(error, httpx.TimeoutException) else httpx.ConnectError
            raise kind(str(error) or type(error).__name__) from error
        return response


def _problem(problem: dict[str, Any]) -> httpx.Response:
    headers = {"content-type": "application/problem+json"}
    return httpx.Response(problem["status"], headers=headers, json=problem)


def _seconds_of(request: httpx.Request, seconds: float) -> float:
    """So many seconds, or nearly all that there are for the request."""
    left = request.extensions.get("timeout", PROMPT)["read"]
    return seconds if left is None else min(seconds, 0.9 * left)
