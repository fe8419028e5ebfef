"""`replicate-typed serve`: what comes after the answer to a create, webhooks and streams, in real time."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from servers import Peer, Server, answer
from serving import PATIENCE, serving

from replicate_typed import webhooks

MODELS = Path(__file__).parent / "served" / "service.py"


@pytest.fixture(scope="module")
def client() -> Generator[httpx.Client]:
    with (
        serving(MODELS) as served,
        httpx.Client(base_url=f"{served.url}/v1", timeout=PATIENCE, trust_env=False) as client,
    ):
        yield client


def create(client: httpx.Client, model: str, input: dict[str, Any], **others: Any) -> dict[str, Any]:
    response = client.post(f"/models/{model}/predictions", json={"input": input, **others})
    assert response.status_code == 201, response.text
    prediction: dict[str, Any] = response.json()
    return prediction


def test_webhooks_are_sent_to_their_addresses(client: httpx.Client) -> None:
    """Signed with the secret that the server tells."""
    arrived = threading.Event()

    def receive(peer: Peer) -> None:
        peer.send(answer(204))
        arrived.set()

    with Server(receive) as receiver:
        prediction = create(client, "acme/echo", {"prompt": "fox"}, webhook=f"{receiver.url}/hook?job=7")
        assert arrived.wait(PATIENCE)
        (request,) = receiver.requests
    body = json.loads(request.body)
    assert (request.target, body["id"], body["status"]) == ("/hook?job=7", prediction["id"], "succeeded")
    secret = client.get("/webhooks/default/secret").json()["key"]
    webhook = webhooks.unwrap(request.body, request.headers, secret=secret)
    assert webhook.prediction is not None
    assert webhook.prediction.id == prediction["id"]


def test_a_cancellation_is_told_at_once(client: httpx.Client) -> None:
    """By the webhook, though the prediction was to run for long."""
    arrived = threading.Event()

    def receive(peer: Peer) -> None:
        peer.send(answer(204))
        arrived.set()

    with Server(receive) as receiver:
        prediction = create(client, "acme/slow", {}, webhook=receiver.url)
        client.post(prediction["urls"]["cancel"])
        assert arrived.wait(PATIENCE)
        assert json.loads(receiver.requests[0].body)["status"] == "canceled"


def test_a_stream_is_read_while_it_comes(client: httpx.Client) -> None:
    """Chunk by chunk, and on from where it was left."""
    prediction = create(client, "acme/words", {"text": "one, two"})
    with client.stream("GET", prediction["urls"]["stream"]) as response:
        chunks = list(response.iter_raw())
    assert len(chunks) > 2
    told = b"".join(chunks).decode()
    assert "event: output\nid: " in told
    assert "data:  two\n\n" in told
    assert told.endswith("data: {}\n\n")
    last = told.split("\n\n")[1].split("\n")[1].removeprefix("id: ")
    rest = client.get(prediction["urls"]["stream"], headers={"last-event-id": last}).text
    assert rest == ": hi\n\n" + told.split("\n\n", 2)[2]
