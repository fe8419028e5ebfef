# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...types import HasId, Operation, Owned
from ...writing import (
    path_id,
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> None:
    return None


def models_versions_delete(model: str | Owned, version: str | HasId) -> Operation[None]:
    """Ask for the deletion of a model version.

    The version's predictions and their output files are deleted with it. That happens in the
    background and can take minutes. Refused when

    - the model is not yours, or is public;
    - somebody else has run the version;
    - a training started from it;
    - a deployment uses it;
    - another version is redirected to it.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.
        version: Id of the model version, 64 hexadecimal digits. An object that has the id will do.

    Operation `models.versions.delete`: DELETE
    /models/{model_owner}/{model_name}/versions/{version_id}.
    """
    return Operation(
        "models.versions.delete",
        "DELETE",
        f"/models/{path_owned('model', model)}/versions/{path_id('version', version)}",
        _parse,
        is_repeatable=True,
    )
