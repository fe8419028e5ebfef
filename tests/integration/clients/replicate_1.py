"""The client replicate 1.0.7, which is not installed where this is type-checked."""

from __future__ import annotations

import importlib
import tempfile
import time
from pathlib import Path
from typing import Any

from steps import Steps

replicate: Any = importlib.import_module("replicate")
errors: Any = importlib.import_module("replicate.exceptions")
paginate: Any = importlib.import_module("replicate.pagination").paginate

client: Any = replicate.Client()  # its address and its token are in the environment
step = Steps()


def version_of(model: str) -> str:
    return client.models.get(model).latest_version.id


def a_file(name: str = "note.txt", content: bytes = b"hello") -> Path:
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(content)
    return path


@step
def account() -> object:
    found = client.accounts.current()
    return [found.type, found.username]


@step
def hardware() -> object:
    return [found.sku for found in client.hardware.list()]


@step
def get_a_model() -> object:
    found = client.models.get("acme/echo")
    return [found.owner, found.name, found.description, found.visibility]


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
    return [event.event.value for event in client.stream("acme/broken", input={"prompt": "x"})]


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
def what_there_is_not() -> object:
    try:
        return client.models.get("acme/nothing").name
    except errors.ReplicateError as error:
        return error.status


@step
def a_wrong_token() -> object:
    try:
        return replicate.Client(api_token="r8_wrong").accounts.current().username
    except errors.ReplicateError as error:
        return [error.status, error.detail]


@step
def upload_a_file() -> object:
    file = client.files.create(a_file(), metadata={"from": "test"})
    return [file.content_type, file.size, file.checksums["sha256"][:8], file.metadata, file.name]


@step
def get_a_file() -> object:
    file = client.files.create(a_file(), metadata={"from": "test"})
    return client.files.get(file.id).metadata


@step
def list_files() -> object:
    file = client.files.create(a_file())
    return file.id in [found.id for found in client.files.list()]


@step
def delete_a_file() -> object:
    file = client.files.create(a_file())
    return [client.files.delete(file.id), file.id in [found.id for found in client.files.list()]]


@step
def a_file_as_input() -> object:
    return client.run("acme/echo", {"prompt": a_file()}).startswith(f"{client._client.base_url}v1/files/")


@step
def pages() -> object:
    found = [[model.name for model in page.results] for page in paginate(client.models.list)]
    names = [name for page in found for name in page]
    return [len(found[0]), len(names) == len(set(names)), sum(name.startswith("filler-") for name in names)]


@step
def list_predictions() -> object:
    prediction = client.models.predictions.create("acme/echo", {"prompt": "cat"})
    return client.predictions.list().results[0].id == prediction.id


@step
def list_versions() -> object:
    return [version.id for version in client.models.get("acme/echo").versions.list()] == [version_of("acme/echo")]


@step
def search_models() -> object:
    return [model.name for model in client.models.search("echo")]


@step
def search() -> object:
    return client.search("echo")


@step
def webhook_secret() -> object:
    return client.webhooks.default.secret().key[:6]


@step
def collections() -> object:
    slugs = [found.slug for found in client.collections.list()]
    return [client.collections.get(slug).slug for slug in slugs] == slugs


@step
def list_deployments() -> object:
    return [deployment.name for deployment in client.deployments.list()]


@step
def run_a_deployment() -> object:
    prediction = client.deployments.get("acme/front").predictions.create({"prompt": "goat"})
    prediction.wait()
    return prediction.output


@step
def a_deployments_life() -> object:
    version = version_of("acme/echo")
    settings = {"model": "acme/echo", "version": version, "hardware": "cpu", "min_instances": 0, "max_instances": 1}
    made = client.deployments.create(name="passing", **settings)
    changed = client.deployments.update("acme", "passing", max_instances=2)
    releases = [made.current_release.number, changed.current_release.number]
    return [
        *releases,
        changed.current_release.configuration.max_instances,
        client.deployments.delete("acme", "passing"),
    ]


@step
def a_models_life() -> object:
    made = client.models.create("acme", "passing", hardware="cpu", visibility="private")
    return [made.name, made.visibility, client.models.delete("acme", "passing")]


@step
def update_a_model() -> object:
    return client.models.update("acme", "echo", description="New")


@step
def readme() -> object:
    return client.models.readme.get("acme", "echo")


@step
def examples() -> object:
    return client.models.examples.list("acme", "echo")


@step
def delete_a_version() -> object:
    return client.models.get("acme/secret").versions.delete(version_of("acme/secret"))


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
