# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...models.deployment import Deployment
from ...reading import (
    read_json,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
    write_number,
    write_object,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Deployment:
    return Deployment.from_dict(read_json(response))


def deployments_update(
    deployment: str | Owned,
    *,
    version: str | None = None,
    hardware: str | None = None,
    min_instances: int | None = None,
    max_instances: int | None = None,
    extra_body: Mapping[str, Any] | None = None,
) -> Operation[Deployment]:
    """The deployment after a change of version, hardware or scaling.

    Only the given fields change. Each change makes a new release, so `current_release.number` goes
    up by one.

    Args:
        deployment: The deployment as `owner/name`, or an object that has an owner and a name.
        version: Id of the model version to run from now on.
        hardware: What to run it on, as a `sku` from `hardware.list`.
        min_instances: Instances that are always up, 0 to 5.
        max_instances: The most instances that may be started under load, 0 to 20.
        extra_body: More fields of the request, sent as they are.

    Operation `deployments.update`: PATCH /deployments/{deployment_owner}/{deployment_name}.
    """
    _body: dict[str, Any] = {}
    if version is not None:
        _body["version"] = write_string("version", version)
    if hardware is not None:
        _body["hardware"] = write_string("hardware", hardware)
    if min_instances is not None:
        _body["min_instances"] = write_number("min_instances", min_instances, integer=True, maximum=5, minimum=0)
    if max_instances is not None:
        _body["max_instances"] = write_number("max_instances", max_instances, integer=True, maximum=20, minimum=0)
    if extra_body is not None:
        _body.update(write_object("extra_body", extra_body))
    return Operation(
        "deployments.update",
        "PATCH",
        f"/deployments/{path_owned('deployment', deployment)}",
        _parse,
        body=_body,
    )
