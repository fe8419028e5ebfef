# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.deployment_page import DeploymentPage
from ...reading import (
    read_json,
)
from ...types import Operation

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> DeploymentPage:
    return DeploymentPage.from_dict(read_json(response))


def deployments_list() -> Operation[DeploymentPage]:
    """One page of your deployments.

    Newest first. Each one carries its current release with the configuration.

    Operation `deployments.list`: GET /deployments.
    """
    return Operation(
        "deployments.list",
        "GET",
        "/deployments",
        _parse,
        is_repeatable=True,
        is_page=True,
    )
