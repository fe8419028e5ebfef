# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.prediction import Prediction
from ...reading import (
    read_json,
)
from ...types import HasId, Operation
from ...writing import (
    path_id,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Prediction:
    return Prediction.from_dict(read_json(response))


def predictions_get(prediction: str | HasId) -> Operation[Prediction]:
    """One prediction in its current state.

    Poll it until `status` is `succeeded`, `failed`, `canceled` or `aborted`. Output files are links
    to `replicate.delivery` and its subdomains.

    An hour after the end, a prediction made through the API loses its input, output, files and
    logs: `output` is then null and `data_removed` true.

    Args:
        prediction: Id of the prediction. An object that has the id will do.

    Operation `predictions.get`: GET /predictions/{prediction_id}.
    """
    return Operation(
        "predictions.get",
        "GET",
        f"/predictions/{path_id('prediction', prediction)}",
        _parse,
        is_repeatable=True,
    )
