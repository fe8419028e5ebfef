"""What the service publishes of a model: its schema, its version, and how it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from replicate_typed.errors import UnusableSchemaError
from replicate_typed.references import reference_to
from replicate_typed.typegen.schemas import interface_of

if TYPE_CHECKING:
    from replicate_typed._sync.client import Client


@frozen
class Published:
    """A model, or one version of it, as it is published."""

    model: str
    """`owner/name`."""
    version: str
    """The version whose schema this is."""
    runs_by_name: bool
    """Whether the model is official, and no version was asked for."""
    about: str
    interface: dict[str, Any]
    """Of the OpenAPI document: what the model takes, and what it gives."""


def published(asked: str, client: Client) -> Published:
    """What is published under "owner/name", the newest version, or under "owner/name:version".

    Raises ValueError for another reference, and `UnusableSchemaError` if there is no schema.
    """
    reference = reference_to(asked)
    if reference.owner is None or reference.kind == "deployment":
        raise ValueError(f'expected "owner/name" or "owner/name:version", got {asked!r}')
    model = client.models.get(reference.owned)
    version = model.latest_version
    if reference.version is not None:
        version = client.models.versions.get(reference.owned, reference.version)
    if version is None or not version.openapi_schema:
        raise UnusableSchemaError(f"{reference} publishes no schema" if version else f"{reference} has no version")
    return Published(
        model=reference.owned,
        version=version.id,
        runs_by_name=model.is_official is True and reference.version is None,
        about=model.description or "",
        interface=interface_of(version.openapi_schema),
    )
