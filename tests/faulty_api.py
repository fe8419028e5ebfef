"""The service on real sockets, in so far as clients run predictions on it; one thing that it does goes wrong."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from predictions import VERSION
from servers import Behaviour, Peer, Received, Server, answer, says

TOKEN = "r8_Secret0123456789"
CONTENT = bytes(range(256)) * 8
EVENTS = b"event: output\nid: 1:0\ndata: a\n\nevent: output\nid: 1:1\ndata:  b\n\nevent: done\nid: 1:2\ndata: {}\n\n"
LOOKS = 2  # how often a prediction is looked at before it has succeeded

Step = Literal["create", "look", "cancel", "list", "next page", "upload", "download", "stream", "output", "account"]
Stage = Literal["connecting", "arriving", "refused", "done"]


@dataclass(frozen=True)
class Good:
    """What the service would have answered, and another host, which must not be told anything."""

    status: int
    content: bytes
    content_type: str = "application/octet-stream"
    elsewhere: str = ""

    def answer(self, **changes: Any) -> bytes:
        """The bytes on the wire."""
        given: dict[str, Any] = {"status": self.status, "body": self.content, "content_type": self.content_type}
        return answer(**{**given, **changes})


def as_json(value: Any, status: int = 200) -> Good:
    return Good(status, json.dumps(value).encode(), "application/json")


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


class Trouble:
    """A fault at one step: each time, or the first `times`; if it is one in connecting, after so many answers."""

    def __init__(
        self, step: Step, fault: Fault, *, elsewhere: str, times: int | None = None, answered: int = 0
    ) -> None:
        self.fault = fault
        self.elsewhere = elsewhere
        self.closes_after = answered if fault.stage == "connecting" else None
        self.struck = 0
        self.is_over = False
        self.step = step
        self._times = times

    def strikes(self, step: Step) -> bool:
        if step != self.step or self.is_over or (self._times is not None and self.struck >= self._times):
            return False
        self.struck += 1
        return True


@dataclass(frozen=True)
class Route:
    """What a client may ask for."""

    method: str
    target: str
    step: Step
    act: Callable[[Api, Received, Mapping[str, str]], Good]


class FaultyServer(Server):
    """Answers what its routes say, but for the trouble."""

    def __init__(self, api: Api, routes: list[Route], trouble: Trouble) -> None:
        self._api = api
        self._routes = routes
        self._trouble = trouble
        self.is_listening = True
        self._port = socket.socket()
        super().__init__()
        self._shut_after(0)

    def _shut_after(self, answers: int) -> bool:
        """Let nobody connect from now on, if that is the trouble here."""
        if self._trouble.closes_after != answers or self._trouble.step not in {route.step for route in self._routes}:
            return False
        self._trouble.struck += 1
        self.is_listening = False
        self._port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._port.bind(self._listener.getsockname())  # else another server could be given the port
        self._stop_listening()
        return True

    def close(self) -> None:
        super().close()
        self._port.close()

    def _admit(self, peer: Peer) -> bool:
        if self._trouble.fault.stage == "arriving":
            method, _, rest = peer.peek().decode("latin-1").partition(" ")
            if rest and self._trouble.strikes(self._route(method, rest.split()[0])[0].step):
                peer.reset()
        return True

    def _behaviour(self, received: Received) -> Behaviour:
        trouble, fault = self._trouble, self._trouble.fault
        route, found = self._route(received.method, received.target)
        strikes = fault.stage in {"refused", "done"} and trouble.strikes(route.step)
        if strikes and fault.stage == "refused":
            return fault.behave(Good(500, b"", elsewhere=trouble.elsewhere))
        good = replace(route.act(self._api, received, found.groupdict()), elsewhere=trouble.elsewhere)
        if strikes:
            return fault.behave(good)
        headers = {"Date": format_datetime(datetime.now(UTC), usegmt=True)}
        if self._shut_after(len(self.requests)):
            headers["Connection"] = "close"
        return says(good.answer(headers=headers))

    def _route(self, method: str, target: str) -> tuple[Route, re.Match[str]]:
        for route in self._routes:
            if route.method == method and (found := re.fullmatch(route.target, target)):
                return route, found
        raise ValueError(f"nothing at {method} {target}")


class Api(FaultyServer):
    """Makes predictions, and counts them; streams are on a host of their own, as they are in truth.

    An input may ask for the prediction to go on `for ever`, for a `stream`, or for a `file` as its output.
    """

    def __init__(self, trouble: Trouble) -> None:
        self.made: list[str] = []
        self.predictions: dict[str, dict[str, Any]] = {}
        self.files = 0
        self.looks = 0
        super().__init__(self, ROUTES, trouble)
        self.outside = FaultyServer(self, OUTSIDE, trouble)
        for number in range(3):
            self.add(f"old{number}", {"text": "old"}, "succeeded" if number else "processing")

    def add(self, id: str, input: Mapping[str, Any], status: str = "starting") -> dict[str, Any]:
        at = f"{self.url}/v1/predictions/{id}"
        urls = {"get": at, "cancel": f"{at}/cancel", "web": f"https://replicate.com/p/{id}"}
        if "stream" in input:
            urls["stream"] = f"{self.outside.url}/v1/streams/{id}"
        self.predictions[id] = {
            "id": id,
            "model": "acme/echo",
            "version": VERSION,
            "input": input,
            "status": status,
            "created_at": datetime.now(UTC).isoformat(),
            "urls": urls,
        }
        return self.predictions[id]

    def output_of(self, prediction: Mapping[str, Any]) -> str | list[str]:
        if "stream" in prediction["input"]:
            return ["a", " b"]
        return f"{self.url}/xezq/acme/{prediction['id']}" if "file" in prediction["input"] else prediction["id"]

    @property
    def open_requests(self) -> list[Received]:
        """Those for what is there for everybody: streams and output files."""
        return [*self.outside.requests, *(each for each in self.requests if each.target.startswith("/xezq/"))]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.outside.close()
        self.close()


def _create(api: Api, received: Received, found: Mapping[str, str]) -> Good:
    api.made.append(f"made{len(api.made) + 1}")
    prediction = api.add(api.made[-1], json.loads(received.body)["input"])
    if found["deployment"]:
        prediction["deployment"] = found["deployment"]
    return as_json(prediction, 201)


def _look(api: Api, received: Received, found: Mapping[str, str]) -> Good:
    prediction = api.predictions[found["id"]]
    api.looks += 1
    if prediction["status"] in {"starting", "processing"} and "for ever" not in prediction["input"]:
        done = {"status": "succeeded", "output": api.output_of(prediction)}
        prediction |= done if api.looks >= LOOKS else {"status": "processing"}
    return as_json(prediction)


def _cancel(api: Api, received: Received, found: Mapping[str, str]) -> Good:
    prediction = api.predictions[found["id"]]
    if prediction["status"] in {"starting", "processing"}:
        prediction["status"] = "canceled"
    return as_json(prediction)


def _list(api: Api, received: Received, found: Mapping[str, str]) -> Good:
    query = {name: values[0] for name, values in parse_qs(urlsplit(received.target).query).items()}
    after = datetime.fromisoformat(query.get("created_after", "1970-01-01T00:00:00Z"))
    newest_first = list(reversed(api.predictions.values()))
    results = [each for each in newest_first if datetime.fromisoformat(each["created_at"]) >= after]
    is_first = "cursor" not in query
    more = f"{api.url}/v1/predictions?cursor=2" if is_first and results[2:] else None
    return as_json({"next": more, "previous": None, "results": results[:2] if is_first else results[2:]})


def _upload(api: Api, received: Received, found: Mapping[str, str]) -> Good:
    api.files += 1
    day = "2026-01-01T00:00:00Z"
    at = {"get": f"{api.url}/v1/files/file{api.files}"}
    file = {"id": f"file{api.files}", "content_type": "text/plain", "size": 1, "checksums": {"sha256": "0"}}
    return as_json({**file, "metadata": {}, "created_at": day, "expires_at": day, "urls": at}, 201)


def _content(api: Api, received: Received, found: Mapping[str, str]) -> Good:
    return Good(200, CONTENT)


def _events(api: Api, received: Received, found: Mapping[str, str]) -> Good:
    prediction = api.predictions[found["id"]]
    prediction |= {"status": "succeeded", "output": api.output_of(prediction)}
    last = received.headers.get("last-event-id", "")
    left = EVENTS.partition(f"id: {last}\n".encode())[2].partition(b"\n\n")[2] if last else EVENTS
    return Good(200, left, "text/event-stream")


ROUTES = [
    Route("POST", r"/v1/(models/acme/echo/|deployments/(?P<deployment>acme/prod)/)?predictions", "create", _create),
    Route("GET", r"/v1/predictions/(?P<id>\w+)", "look", _look),
    Route("POST", r"/v1/predictions/(?P<id>\w+)/cancel", "cancel", _cancel),
    Route("GET", r"/v1/predictions\?cursor=.*", "next page", _list),
    Route("GET", r"/v1/predictions(\?.*)?", "list", _list),
    Route("POST", r"/v1/files", "upload", _upload),
    Route("GET", r"/v1/files/\w+/download\?.*", "download", _content),
    Route("GET", r"/xezq/acme/\w+", "output", _content),
    Route("GET", r"/v1/account", "account", lambda api, received, found: as_json({"type": "user", "username": "acme"})),
]
OUTSIDE = [
    Route("GET", r"/v1/streams/(?P<id>\w+)", "stream", _events),
]
