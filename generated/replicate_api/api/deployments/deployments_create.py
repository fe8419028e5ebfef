# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...models.deployment import Deployment
from ...reading import (
    read_json,
)
from ...types import Operation
from ...writing import (
    write_number,
    write_object,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Deployment:
    return Deployment.from_dict(read_json(response))


def deployments_create(
    *,
    name: str,
    model: str,
    version: str,
    hardware: str,
    min_instances: int,
    max_instances: int,
    extra_body: Mapping[str, Any] | None = None,
) -> Operation[Deployment]:
    """A new deployment of one model version.

    A deployment is a private endpoint with its own hardware and its own limits of scaling.
    Instances are billed for as long as they are up, so anything above zero in `min_instances` costs
    money around the clock. The deployment belongs to the token's account.

    Args:
        name: The deployment's name, without an owner.
        model: The model to run, as `owner/name`.
        version: Id of the model version to run, 64 hexadecimal digits.
        hardware: What to run it on, as a `sku` from `hardware.list`.
        min_instances: Instances that are always up, 0 to 5; with 0, the first request after a pause
            waits.
        max_instances: The most instances that may be started under load, 0 to 20.
        extra_body: More fields of the request, sent as they are.

    Operation `deployments.create`: POST /deployments.
    """
    _body: dict[str, Any] = {}
    _body["name"] = write_string("name", name)
    _body["model"] = write_string("model", model)
    _body["version"] = write_string("version", version)
    _body["hardware"] = write_string("hardware", hardware)
    _body["min_instances"] = write_number("min_instances", min_instances, integer=True, maximum=5, minimum=0)
    _body["max_instances"] = write_number("max_instances", max_instances, integer=True, maximum=20, minimum=0)
    if extra_body is not None:
        _body.update(write_object("extra_body", extra_body))
    return Operation(
        "deployments.create",
        "POST",
        "/deployments",
        _parse,
        body=_body,
    )
