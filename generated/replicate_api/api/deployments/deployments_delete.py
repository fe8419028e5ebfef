# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...types import Operation, Owned
from ...writing import (
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> None:
    return None


def deployments_delete(deployment: str | Owned) -> Operation[None]:
    """Delete an idle deployment.

    Refused unless the deployment is offline and nobody has used it in the last 15 minutes. Scale it
    to zero instances first.

    Args:
        deployment: The deployment as `owner/name`, or an object that has an owner and a name.

    Operation `deployments.delete`: DELETE /deployments/{deployment_owner}/{deployment_name}.
    """
    return Operation(
        "deployments.delete",
        "DELETE",
        f"/deployments/{path_owned('deployment', deployment)}",
        _parse,
        is_repeatable=True,
    )
