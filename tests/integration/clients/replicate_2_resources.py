"""What there is beside runs in replicate 2.0.0b4: the account, files, models, deployments, searches.

It is not installed where this is type-checked.
"""

from __future__ import annotations

import importlib
from typing import Any

from integration.clients.steps import Steps

replicate: Any = importlib.import_module("replicate")
errors: Any = importlib.import_module("replicate.exceptions")

client: Any = replicate.Replicate()  # its address and its token are in the environment
step = Steps()

ECHO = {"model_owner": "acme", "model_name": "echo"}


def version_of(name: str) -> str:
    id: str = client.models.get(model_owner="acme", model_name=name).latest_version.id
    return id


@step
def account() -> object:
    found = client.account.get()
    return [found.type, found.username]


@step
def hardware() -> object:
    return [found.sku for found in client.hardware.list()]


@step
def get_a_model() -> object:
    found = client.models.get(**ECHO)
    return [found.owner, found.name, found.description, found.visibility]


@step
def what_there_is_not() -> object:
    try:
        return client.models.get(model_owner="acme", model_name="nothing").name
    except errors.NotFoundError as error:
        return error.status_code


@step
def a_wrong_token() -> object:
    try:
        return replicate.Replicate(bearer_token="r8_wrong").account.get().username
    except errors.AuthenticationError as error:
        return [error.status_code, error.body["detail"]]


def upload(**more: Any) -> Any:
    return client.files.create(content=("note.txt", b"hello", "text/plain"), **more)


@step
def upload_a_file() -> object:
    file = upload(metadata={"from": "test"})
    return [file.content_type, file.size, file.checksums.sha256[:8], file.metadata, file.name]


@step
def get_a_file() -> object:
    return client.files.get(file_id=upload(metadata={"from": "test"}).id).metadata


@step
def list_files() -> object:
    return upload().id in [found.id for found in client.files.list()]


@step
def delete_a_file() -> object:
    file = upload()
    return [client.files.delete(file_id=file.id) is None, file.id in [found.id for found in client.files.list()]]


@step
def pages() -> object:
    page = client.models.list()
    names = [model.name for model in page]  # of all pages
    return [len(page.results), len(names) == len(set(names)), sum(name.startswith("filler-") for name in names)]


@step
def list_predictions() -> object:
    prediction = client.models.predictions.create(**ECHO, input={"prompt": "cat"})
    return client.predictions.list().results[0].id == prediction.id


@step
def list_versions() -> object:
    return [version.id for version in client.models.versions.list(**ECHO)] == [version_of("echo")]


@step
def search_models() -> object:
    return [model.name for model in client.models.search(body="echo")]


@step
def search() -> object:
    return [found.model.name for found in client.search(query="echo").models]


@step
def webhook_secret() -> object:
    return client.webhooks.default.secret.get().key[:6]


@step
def collections() -> object:
    slugs = [found.slug for found in client.collections.list()]
    return [slugs, [model.name for model in client.collections.get(collection_slug=slugs[0]).models]]


@step
def list_deployments() -> object:
    return [deployment.name for deployment in client.deployments.list()]


@step
def a_deployments_life() -> object:
    name = {"deployment_owner": "acme", "deployment_name": "passing"}
    version = version_of("echo")
    settings = {"model": "acme/echo", "version": version, "hardware": "cpu", "min_instances": 0, "max_instances": 1}
    made = client.deployments.create(name="passing", **settings)
    changed = client.deployments.update(**name, max_instances=2)
    releases = [made.current_release.number, changed.current_release.number]
    most = changed.current_release.configuration.max_instances
    return [*releases, most, client.deployments.delete(**name) is None]


@step
def a_models_life() -> object:
    made = client.models.create(owner="acme", name="passing", hardware="cpu", visibility="private")
    return [made.name, made.visibility, client.models.delete(model_owner="acme", model_name="passing") is None]


@step
def update_a_model() -> object:
    return client.models.update(**ECHO, description="Said again").description


@step
def readme() -> object:
    client.models.update(**ECHO, readme="# Echo\n")
    return client.models.readme.get(**ECHO)


@step
def examples() -> object:
    return [example.output for example in client.models.examples.list(**ECHO)]


@step
def delete_a_version() -> object:
    secret = {"model_owner": "acme", "model_name": "secret"}
    return client.models.versions.delete(**secret, version_id=version_of("secret")) is None


step.take()
