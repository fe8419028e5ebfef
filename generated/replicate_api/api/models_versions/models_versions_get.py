# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.model_version import ModelVersion
from ...reading import (
    read_json,
)
from ...types import HasId, Operation, Owned
from ...writing import (
    path_id,
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> ModelVersion:
    return ModelVersion.from_dict(read_json(response))


def models_versions_get(model: str | Owned, version: str | HasId) -> Operation[ModelVersion]:
    """One version of a model, with the schema of its input and output.

    The schemas are under `openapi_schema.components.schemas`, as `Input` and `Output`.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.
        version: Id of the model version, 64 hexadecimal digits. An object that has the id will do.

    Operation `models.versions.get`: GET /models/{model_owner}/{model_name}/versions/{version_id}.
    """
    return Operation(
        "models.versions.get",
        "GET",
        f"/models/{path_owned('model', model)}/versions/{path_id('version', version)}",
        _parse,
        is_repeatable=True,
    )
