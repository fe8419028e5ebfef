"""What can be run with replicate 1.0.7.

It is not installed where this is type-checked.
"""

from __future__ import annotations

import importlib
import json
import time
from typing import Any

import httpx
from integration.clients.steps import Steps, a_file, webhook_of

replicate: Any = importlib.import_module("replicate")
errors: Any = importlib.import_module("replicate.exceptions")

client: Any = replicate.Client()  # its address and its token are in the environment
step = Steps()


def version_of(model: str) -> str:
    id: str = client.models.get(model).latest_version.id
    return id


@step
def run_by_name() -> object:
    return client.run("acme/echo", {"prompt": "fox", "times": 2})


@step
def run_by_version() -> object:
    return client.run(f"acme/community:{version_of('acme/community')}", {"prompt": "owl"})


@step
def run_by_polling() -> object:
    return client.run("acme/echo", {"prompt": "elk"}, wait=False)


@step
def run_an_iterator() -> object:
    return list(client.run("acme/words", {"text": "a, b, c"}))


@step
def create_and_wait() -> object:
    prediction = client.predictions.create(version_of("acme/community"), {"prompt": "bear"})
    first = prediction.status
    prediction.wait()
    return [first, prediction.status, prediction.output, prediction.metrics["predict_time"] > 0]


@step
def create_and_hold() -> object:
    prediction = client.predictions.create(version_of("acme/community"), {"prompt": "hare"}, wait=10)
    return [prediction.status, prediction.output]


@step
def logs() -> object:
    prediction = client.models.predictions.create("acme/echo", {"prompt": "cat"})
    prediction.wait()
    return prediction.logs


@step
def stream() -> object:
    events = list(client.stream("acme/words", input={"text": "a, b\nb, c"}))
    output = [event.data for event in events if event.event.value == "output"]
    return [output, events[-1].event.value, all(event.id for event in events)]


@step
def stream_of_a_failure() -> object:
    seen: list[object] = []
    try:
        for event in client.stream("acme/stumbling", input={}):
            if event.event.value == "output":
                seen.append(event.data)
    except RuntimeError as error:
        seen.append(json.loads(str(error))["detail"])
    return seen


@step
def cancel() -> object:
    prediction = client.models.predictions.create("acme/slow", {})
    prediction.cancel()
    return [prediction.status, client.predictions.get(prediction.id).status]


@step
def failure() -> object:
    try:
        return client.run("acme/broken", {"prompt": "x"}, wait=False)
    except errors.ModelError as error:
        return [error.prediction.status, error.prediction.error, error.prediction.logs.splitlines()[0]]


@step
def invalid_input() -> object:
    try:
        return client.run("acme/echo", {"text": "x"})
    except errors.ReplicateError as error:
        return [error.status, error.title, "prompt is required" in error.detail]


@step
def a_file_as_input() -> object:
    return client.run("acme/reader", {"file": a_file()})


@step
def a_file_as_data() -> object:
    return client.run("acme/reader", {"file": a_file()}, file_encoding_strategy="base64")


@step
def an_output_file() -> object:
    output = client.run("acme/painter", {"prompt": "fox"}, wait=False)
    return output.read().decode()


@step
def the_address_of_an_output_file() -> object:
    output = client.run("acme/painter", {"prompt": "fox"}, wait=False)
    return httpx.get(str(output)).text


def webhook() -> tuple[dict[str, str], str]:
    def create(url: str) -> None:
        options = {"webhook": url, "webhook_events_filter": ["completed"]}
        client.models.predictions.create("acme/echo", {"prompt": "goat"}, **options)

    return webhook_of(create)


@step
def receive_a_webhook() -> object:
    _, body = webhook()
    return [json.loads(body)["status"], json.loads(body)["output"]]


@step
def validate_a_webhook() -> object:
    headers, body = webhook()
    secret = client.webhooks.default.secret()
    return client.webhooks.validate(headers=headers, body=body, secret=secret, tolerance=60)


@step
def run_a_deployment() -> object:
    prediction = client.deployments.get("acme/front").predictions.create({"prompt": "goat"})
    prediction.wait()
    return prediction.output


def train_into(name: str) -> Any:
    client.models.create("acme", name, hardware="cpu", visibility="private")
    return client.trainings.create("acme/trained:" + version_of("acme/trained"), {"steps": 3}, f"acme/{name}")


@step
def train() -> object:
    training = train_into("tuned")
    first = training.status
    while training.status not in ("succeeded", "failed", "canceled"):
        time.sleep(0.05)
        training.reload()
    made = training.output["version"]
    return [first, training.status, made == f"acme/tuned:{version_of('acme/tuned')}", training.logs]


@step
def cancel_a_training() -> object:
    training = train_into("untuned")
    training.cancel()
    return [training.status, training.id in [found.id for found in client.trainings.list()]]


step.take()
