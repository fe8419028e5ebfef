# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.model_version_page import ModelVersionPage
from ...reading import (
    read_json,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> ModelVersionPage:
    return ModelVersionPage.from_dict(read_json(response))


def models_versions_list(model: str | Owned) -> Operation[ModelVersionPage]:
    """One page of the versions of a model.

    Newest first. Official models are run without a version, and may answer with none, or 404.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.

    Operation `models.versions.list`: GET /models/{model_owner}/{model_name}/versions.
    """
    return Operation(
        "models.versions.list",
        "GET",
        f"/models/{path_owned('model', model)}/versions",
        _parse,
        is_repeatable=True,
        is_page=True,
    )
