"""A Cog model server: predictions run on it, each watched by a thread of its own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx

from replicate_typed.requests import encode_json
from replicate_typed.transports.cog.reports import (
    BUSY,
    Report,
    final_report,
    health_of,
    hopeless_report,
    problem_of,
)
from replicate_typed.transports.cog.webhooks import WebhookReceiver

if TYPE_CHECKING:
    from replicate_typed.transports.cog.predictions import CogPrediction

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NEW_CONNECTIONS = httpx.Limits(max_keepalive_connections=0)  # a kept one may be stale, and a new one costs little
Timeouts = Mapping[str, float | None]
PATIENT: Timeouts = {"connect": 10.0, "read": None, "write": None, "pool": None}
PROMPT: Timeouts = {"connect": 10.0, "read": 10.0, "write": 10.0, "pool": None}
REFUSAL = 0.1  # seconds in which a server says that it has no room
PAUSE = 0.1  # seconds between looks at a server that has no room
LAST_WEBHOOK = 0.5  # seconds from a server's answer to its last webhook, at most


class CogServer:
    """A server at an address. What it has no room for waits in line, as Replicate would let it.

    The server answers when a prediction has ended, so a thread waits for that. Until then it tells of progress by
    webhooks alone, which reach this process if both are on one machine.
    """

    def __init__(self, url: str) -> None:
        self.url: str = url
        self._is_near = httpx.URL(url).host in LOOPBACK
        self._transport = httpx.HTTPTransport(verify=self.is_encrypted, limits=NEW_CONNECTIONS)
        self._line: deque[CogPrediction] = deque()
        self._moved = threading.Condition()

    @property
    def is_encrypted(self) -> bool:
        return self.url.startswith("https:")

    def start(self, prediction: CogPrediction, body: Mapping[str, Any]) -> None:
        """Run the prediction as soon as there is room; `body` is what Replicate's API would be sent."""
        with self._moved:
            self._line.append(prediction)
        wanted = {name: value for name, value in body.items() if name not in {"version", "stream"}}
        threading.Thread(
            target=self._watch, args=(prediction, wanted), name=f"prediction {prediction.id}", daemon=True
        ).start()

    def dissolve_line(self) -> None:
        """End what has not begun."""
        with self._moved:
            waiting = list(self._line)
        for prediction in waiting:
            prediction.cancel()

    def request(
        self, method: str, path: str, *, body: Mapping[str, Any] | None = None, timeout: Timeouts = PROMPT
    ) -> httpx.Request:
        """A request to the server, which needs no API token and gets none."""
        headers = {} if body is None else {"content-type": "application/json"}
        content = None if body is None else encode_json(body)
        extensions = {"timeout": timeout}
        return httpx.Request(method, f"{self.url}{path}", headers=headers, content=content, extensions=extensions)

    def _watch(self, prediction: CogPrediction, body: Mapping[str, Any]) -> None:
        try:
            while self._gets_a_turn(prediction) and not self._runs(prediction, body):
                pass
        except Exception as error:  # whatever it is, nobody shall wait for ever
            state = "while it ran" if prediction.has_begun else "before it began"
            reason = f"the Cog server at {self.url} went away {state}: {str(error) or type(error).__name__}"
            prediction.hear(Report("failed", error=reason))
        finally:
            self._leave_line(prediction)

    def _gets_a_turn(self, prediction: CogPrediction) -> bool:
        """Wait until it is the first in line and the server is ready; false if it has ended before that."""
        with self._moved:
            self._moved.wait_for(lambda: prediction.has_ended or prediction not in list(self._line)[1:])
        while not prediction.has_ended:
            response = self._answer_to(self.request("GET", "/health-check"))
            health = health_of(response)
            if health is None:
                prediction.hear(final_report(response))
            elif health.is_hopeless:
                prediction.hear(hopeless_report(health))
            elif health.is_ready:
                return True
            else:
                self._wait()
        return False

    def _runs(self, prediction: CogPrediction, body: Mapping[str, Any]) -> bool:
        """Have it run, and hear how it ends; false if there was no room after all."""
        if not prediction.begin():
            return True
        if not self._is_near or "webhook" in body:
            return self._put(prediction, body)
        with WebhookReceiver(prediction.hear) as receiver:
            return self._put(prediction, {**body, "webhook": receiver.url}, receiver)

    def _put(self, prediction: CogPrediction, body: Mapping[str, Any], receiver: WebhookReceiver | None = None) -> bool:
        accepted = threading.Timer(REFUSAL, self._leave_line, [prediction])  # the next may ask, too
        accepted.daemon = True
        accepted.start()
        try:
            path = f"/predictions/{prediction.id}"
            response = self._answer_to(self.request("PUT", path, body=body, timeout=PATIENT))
        finally:
            accepted.cancel()
        if response.status_code in BUSY:
            prediction.go_back()
            self._wait()
            return False
        self._leave_line(prediction)
        if response.status_code == 422:
            prediction.refuse(problem_of(response))
            return True
        report = final_report(response)
        if report.status == "succeeded":
            prediction.hear(report)
        if receiver is not None:
            receiver.completed.wait(LAST_WEBHOOK)  # the answer has no logs of what failed, but this has
        prediction.hear(report)
        return True

    def _answer_to(self, request: httpx.Request) -> httpx.Response:
        response = self._transport.handle_request(request)
        try:
            response.read()
        finally:
            response.close()
        return response

    def _leave_line(self, prediction: CogPrediction) -> None:
        with self._moved:
            if prediction in self._line:
                self._line.remove(prediction)
            self._moved.notify_all()

    def _wait(self) -> None:
        with self._moved:
            self._moved.wait(PAUSE)
