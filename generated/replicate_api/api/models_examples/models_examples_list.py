# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.prediction_page import PredictionPage
from ...reading import (
    read_json,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> PredictionPage:
    return PredictionPage.from_dict(read_json(response))


def models_examples_list(model: str | Owned) -> Operation[PredictionPage]:
    """One page of the predictions that a model's author shows as examples.

    The one that `models.get` gives as `default_example` needs no call of its own.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.

    Operation `models.examples.list`: GET /models/{model_owner}/{model_name}/examples.
    """
    return Operation(
        "models.examples.list",
        "GET",
        f"/models/{path_owned('model', model)}/examples",
        _parse,
        is_repeatable=True,
        is_page=True,
    )
