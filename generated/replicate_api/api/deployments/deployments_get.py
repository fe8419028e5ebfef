# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.deployment import Deployment
from ...reading import (
    read_json,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Deployment:
    return Deployment.from_dict(read_json(response))


def deployments_get(deployment: str | Owned) -> Operation[Deployment]:
    """One deployment with its current release.

    The release says which version runs, on what hardware, and with how many instances.

    Args:
        deployment: The deployment as `owner/name`, or an object that has an owner and a name.

    Operation `deployments.get`: GET /deployments/{deployment_owner}/{deployment_name}.
    """
    return Operation(
        "deployments.get",
        "GET",
        f"/deployments/{path_owned('deployment', deployment)}",
        _parse,
        is_repeatable=True,
    )
