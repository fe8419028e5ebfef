"""What can be run with replicate 2.0.0b4.

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

client: Any = replicate.Replicate()  # its address and its token are in the environment
step = Steps()

ECHO = {"model_owner": "acme", "model_name": "echo"}


def version_of(name: str) -> str:
    id: str = client.models.get(model_owner="acme", model_name=name).latest_version.id
    return id


@step
def run_by_name() -> object:
    return client.run("acme/echo", input={"prompt": "fox", "times": 2})


@step
def run_by_version() -> object:
    return client.run(f"acme/community:{version_of('community')}", input={"prompt": "owl"})


@step
def run_by_polling() -> object:
    return client.run("acme/echo", input={"prompt": "elk"}, wait=False)


@step
def run_an_iterator() -> object:
    return list(client.run("acme/words", input={"text": "a, b, c"}))


@step
def create_and_wait() -> object:
    prediction = client.predictions.create(version=version_of("community"), input={"prompt": "bear"})
    first = prediction.status
    prediction = client.predictions.wait(prediction.id)
    return [first, prediction.status, prediction.output, prediction.metrics.predict_time > 0]


@step
def create_and_hold() -> object:
    prediction = client.predictions.create(version=version_of("community"), input={"prompt": "hare"}, prefer="wait=10")
    return [prediction.status, prediction.output]


@step
def logs() -> object:
    prediction = client.models.predictions.create(**ECHO, input={"prompt": "cat"})
    return client.predictions.wait(prediction.id).logs


@step
def stream() -> object:
    chunks = list(client.stream("acme/words", input={"text": "a, b\nb, c"}))
    return [chunks, "done", True]


@step
def stream_of_a_failure() -> object:
    seen: list[object] = []
    try:
        for chunk in client.stream("acme/stumbling", input={}):
            seen.append(chunk)
    except errors.ModelError as error:
        seen.append(error.prediction.error)
    return seen


@step
def cancel() -> object:
    made = client.models.predictions.create(model_owner="acme", model_name="slow", input={})
    canceled = client.predictions.cancel(prediction_id=made.id)
    return [canceled.status, client.predictions.get(prediction_id=made.id).status]


@step
def failure() -> object:
    try:
        return client.run("acme/broken", input={"prompt": "x"}, wait=False)
    except errors.ModelError as error:
        return [error.prediction.status, error.prediction.error, error.prediction.logs.splitlines()[0]]


@step
def invalid_input() -> object:
    try:
        return client.run("acme/echo", input={"text": "x"})
    except errors.UnprocessableEntityError as error:
        return [error.status_code, error.body["title"], "prompt is required" in error.body["detail"]]


@step
def a_file_as_input() -> object:
    return client.run("acme/reader", input={"file": a_file()})


@step
def a_file_as_data() -> object:
    return client.run("acme/reader", input={"file": a_file()}, file_encoding_strategy="base64")


@step
def an_output_file() -> object:
    output = client.run("acme/painter", input={"prompt": "fox"}, wait=False)
    return output.read().decode()


@step
def the_address_of_an_output_file() -> object:
    output = client.run("acme/painter", input={"prompt": "fox"}, wait=False)
    return httpx.get(str(output)).text


def webhook() -> tuple[dict[str, str], str]:
    def create(url: str) -> None:
        options: dict[str, Any] = {"webhook": url, "webhook_events_filter": ["completed"]}
        client.models.predictions.create(**ECHO, input={"prompt": "goat"}, **options)

    return webhook_of(create)


@step
def receive_a_webhook() -> object:
    _, body = webhook()
    return [json.loads(body)["status"], json.loads(body)["output"]]


@step
def validate_a_webhook() -> object:
    headers, body = webhook()
    secret = client.webhooks.default.secret.get()
    return client.webhooks.validate(headers=headers, body=body, secret=secret, tolerance=60)


@step
def run_a_deployment() -> object:
    prediction = client.deployments.predictions.create(
        deployment_owner="acme", deployment_name="front", input={"prompt": "goat"}
    )
    return client.predictions.wait(prediction.id).output


def train_into(name: str) -> Any:
    client.models.create(owner="acme", name=name, hardware="cpu", visibility="private")
    return client.trainings.create(
        model_owner="acme",
        model_name="trained",
        version_id=version_of("trained"),
        destination=f"acme/{name}",
        input={"steps": 3},
    )


@step
def train() -> object:
    training = train_into("tuned")
    first = training.status
    while training.status not in ("succeeded", "failed", "canceled"):
        time.sleep(0.05)
        training = client.trainings.get(training_id=training.id)
    made = training.output.version
    return [first, training.status, made == f"acme/tuned:{version_of('tuned')}", training.logs]


@step
def cancel_a_training() -> object:
    training = train_into("untuned")
    canceled = client.trainings.cancel(training_id=training.id)
    return [canceled.status, training.id in [found.id for found in client.trainings.list()]]


step.take()
