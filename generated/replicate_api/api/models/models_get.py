# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.model import Model
from ...reading import (
    read_json,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Model:
    return Model.from_dict(read_json(response))


def models_get(model: str | Owned) -> Operation[Model]:
    """One model with its latest version and default example.

    `latest_version.openapi_schema` describes what the model takes and gives; see `ModelVersion`. A
    private model is visible to its owner only.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.

    Operation `models.get`: GET /models/{model_owner}/{model_name}.
    """
    return Operation(
        "models.get",
        "GET",
        f"/models/{path_owned('model', model)}",
        _parse,
        is_repeatable=True,
    )
