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


def models_delete(model: str | Owned) -> Operation[None]:
    """Delete a private model that has no versions.

    Refused unless the model is yours, is private, and has no versions left.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.

    Operation `models.delete`: DELETE /models/{model_owner}/{model_name}.
    """
    return Operation(
        "models.delete",
        "DELETE",
        f"/models/{path_owned('model', model)}",
        _parse,
        is_repeatable=True,
    )
