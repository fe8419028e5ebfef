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


def predictions_cancel(prediction: str | HasId) -> Operation[Prediction]:
    """The prediction, canceled unless it had already ended.

    One that had ended stays as it is, so this may be repeated.

    Args:
        prediction: Id of the prediction. An object that has the id will do.

    Operation `predictions.cancel`: POST /predictions/{prediction_id}/cancel.
    """
    return Operation(
        "predictions.cancel",
        "POST",
        f"/predictions/{path_id('prediction', prediction)}/cancel",
        _parse,
        is_repeatable=True,
    )
