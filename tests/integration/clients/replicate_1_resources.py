"""What there is beside runs in replicate 1.0.7: the account, files, models, deployments, searches.

It is not installed where this is type-checked.
"""

from __future__ import annotations

import importlib
from typing import Any

from integration.clients.steps import Steps, a_file

replicate: Any = importlib.import_module("replicate")
errors: Any = importlib.import_module("replicate.exceptions")
paginate: Any = importlib.import_module("replicate.pagination").paginate

client: Any = replicate.Client()  # its address and its token are in the environment
step = Steps()


def version_of(model: str) -> str:
    id: str = client.models.get(model).latest_version.id
    return id


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
    return [slugs, [model.name for model in client.collections.get(slugs[0]).models]]


@step
def list_deployments() -> object:
    return [deployment.name for deployment in client.deployments.list()]


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


step.take()
