# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...reading import (
    read_text,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> str:
    return read_text(response)


def models_readme_get(model: str | Owned) -> Operation[str]:
    """The README of a model, as Markdown.

    404 when the model has none.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.

    Operation `models.readme.get`: GET /models/{model_owner}/{model_name}/readme.
    """
    return Operation(
        "models.readme.get",
        "GET",
        f"/models/{path_owned('model', model)}/readme",
        _parse,
        is_repeatable=True,
    )
