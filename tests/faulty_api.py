"""The service on a real socket, in so far as clients run predictions on it; one thing that it does goes wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from predictions import VERSION
from servers import Behaviour, Peer, Received, Server, answer, says

TOKEN = "r8_Secret0123456789"
LOOKS = 2  # how often a prediction is looked at before it has succeeded
CONTENT = bytes(range(256)) * 8

Step = Literal["create", "look", "cancel", "list", "next page", "upload", "download", "account"]
Stage = Literal["connecting", "arriving", "refused", "done"]


@dataclass(frozen=True)
class Good:
    """What the service would have answered, and another host, which must not be told anything."""

    status: int
    content: bytes
    content_type: str
    elsewhere: str

    def answer(self, **changes: Any) -> bytes:
        """The bytes on the wire."""
        given: dict[str, Any] = {"status": self.status, "body": self.content, "content_type": self.content_type}
        return answer(**{**given, **changes})


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a request."""

    behave: Callable[[Good], Behaviour]
    sent_again: Literal["always", "if repeatable", "never"] = "if repeatable"
    """What a client may send again after it."""
    stage: Stage = "done"
    """How far the request has come by then: `done` means that the service has done what it was asked to do."""
    is_slow: bool = False
    """It is the client that gives up, after its time-out."""


@dataclass(frozen=True)
class Route:
    """What a client may ask for."""

    method: str
    target: str
    step: Step
    act: Callable[[Api, Received, re.Match[str]], tuple[int, Any]]


class Api(Server):
    """Makes predictions, and counts them; the step that goes wrong does so the first `times`, or always.

    A fault in connecting is from then on that so many requests have been answered.
    """

    def __init__(
        self, step: Step, fault: Fault, *, elsewhere: str, times: int | None = None, answered: int = 0
    ) -> None:
        self.made: list[str] = []
        self.struck = 0
        self.predictions: dict[str, dict[str, Any]] = {}
        self.files: list[str] = []
        self.looks = 0
        self.is_listening = True
        self.is_well = False  # whether everything goes right from now on
        self._step = step
        self._fault = fault
        self._elsewhere = elsewhere
        self._times = times
        self._answered = answered if fault.stage == "connecting" else None
        super().__init__()
        for number in range(3):
            self.add(f"old{number}", {"text": "old"}, "succeeded" if number else "processing")
        if self._answered == 0:
            self._shut()

    def add(self, id: str, input: Any, status: str = "starting") -> dict[str, Any]:
        at = f"{self.url}/v1/predictions/{id}"
        self.predictions[id] = {
            "id": id,
            "model": "acme/echo",
            "version": VERSION,
            "input": input,
            "status": status,
            "created_at": datetime.now(UTC).isoformat(),
            "urls": {"get": at, "cancel": f"{at}/cancel", "web": f"https://replicate.com/p/{id}"},
        }
        return self.predictions[id]

    def _shut(self) -> None:
        """Nobody listens from now on."""
        self.struck += 1
        self.is_listening = False
        self._stop_listening()

    def _strikes(self, step: Step) -> bool:
        if step != self._step or self.is_well or (self._times is not None and self.struck >= self._times):
            return False
        self.struck += 1
        return True

    def _admit(self, peer: Peer) -> bool:
        if self._fault.stage == "arriving":
            method, _, rest = peer.peek().decode("latin-1").partition(" ")
            if rest and self._strikes(route_of(method, rest.split()[0])[0].step):
                peer.reset()
        return True

    def _behaviour(self, received: Received) -> Behaviour:
        route, found = route_of(received.method, received.target)
        strikes = self._fault.stage in {"refused", "done"} and self._strikes(route.step)
        if strikes and self._fault.stage == "refused":
            return self._fault.behave(Good(500, b"", "text/plain", self._elsewhere))
        status, body = route.act(self, received, found)
        is_json = not isinstance(body, bytes)
        content = json.dumps(body).encode() if is_json else body
        good = Good(status, content, "application/json" if is_json else "application/octet-stream", self._elsewhere)
        if strikes:
            return self._fault.behave(good)
        headers = {"Date": format_datetime(datetime.now(UTC), usegmt=True)}
        if self._answered == len(self.requests):
            self._shut()
            headers["Connection"] = "close"
        return says(good.answer(headers=headers))


def _create(api: Api, received: Received, found: re.Match[str]) -> tuple[int, Any]:
    id = f"made{len(api.made) + 1}"
    api.made.append(id)
    return 201, api.add(id, json.loads(received.body)["input"])


def _look(api: Api, received: Received, found: re.Match[str]) -> tuple[int, Any]:
    prediction = api.predictions[found["id"]]
    api.looks += 1
    if prediction["status"] in {"starting", "processing"} and "for ever" not in prediction["input"]:
        done = api.looks >= LOOKS
        prediction |= {"status": "succeeded", "output": prediction["id"]} if done else {"status": "processing"}
    return 200, prediction


def _cancel(api: Api, received: Received, found: re.Match[str]) -> tuple[int, Any]:
    prediction = api.predictions[found["id"]]
    if prediction["status"] in {"starting", "processing"}:
        prediction["status"] = "canceled"
    return 200, prediction


def _list(api: Api, received: Received, found: re.Match[str]) -> tuple[int, Any]:
    query = {name: values[0] for name, values in parse_qs(urlsplit(received.target).query).items()}
    after = datetime.fromisoformat(query.get("created_after", "1970-01-01T00:00:00Z"))
    newest_first = list(reversed(api.predictions.values()))
    results = [each for each in newest_first if datetime.fromisoformat(each["created_at"]) >= after]
    is_first = "cursor" not in query
    more = f"{api.url}/v1/predictions?cursor=2" if is_first and results[2:] else None
    return 200, {"next": more, "previous": None, "results": results[:2] if is_first else results[2:]}


def _upload(api: Api, received: Received, found: re.Match[str]) -> tuple[int, Any]:
    api.files.append(f"file{len(api.files) + 1}")
    day = "2026-01-01T00:00:00Z"
    at = {"get": f"{api.url}/v1/files/{api.files[-1]}"}
    return 201, {
        "id": api.files[-1], "content_type": "text/plain", "size": 1, "checksums": {"sha256": "0"},
        "metadata": {}, "created_at": day, "expires_at": day, "urls": at,
    }  # fmt: skip


ROUTES = [
    Route("POST", r"/v1/(models/acme/echo/|deployments/acme/prod/)?predictions", "create", _create),
    Route("GET", r"/v1/predictions/(?P<id>\w+)", "look", _look),
    Route("POST", r"/v1/predictions/(?P<id>\w+)/cancel", "cancel", _cancel),
    Route("GET", r"/v1/predictions\?cursor=.*", "next page", _list),
    Route("GET", r"/v1/predictions(\?.*)?", "list", _list),
    Route("POST", r"/v1/files", "upload", _upload),
    Route("GET", r"/v1/files/\w+/download\?.*", "download", lambda api, received, found: (200, CONTENT)),
    Route("GET", r"/v1/account", "account", lambda api, received, found: (200, {"type": "user", "username": "acme"})),
]


def route_of(method: str, target: str) -> tuple[Route, re.Match[str]]:
    for route in ROUTES:
        if route.method == method and (found := re.fullmatch(route.target, target)):
            return route, found
    raise ValueError(f"nothing at {method} {target}")
