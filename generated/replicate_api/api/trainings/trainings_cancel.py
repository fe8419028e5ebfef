# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.training import Training
from ...reading import (
    read_json,
)
from ...types import HasId, Operation
from ...writing import (
    path_id,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Training:
    return Training.from_dict(read_json(response))


def trainings_cancel(training: str | HasId) -> Operation[Training]:
    """The training, canceled unless it had already ended.

    One that had ended stays as it is, so this may be repeated.

    Args:
        training: Id of the training. An object that has the id will do.

    Operation `trainings.cancel`: POST /trainings/{training_id}/cancel.
    """
    return Operation(
        "trainings.cancel",
        "POST",
        f"/trainings/{path_id('training', training)}/cancel",
        _parse,
        is_repeatable=True,
    )
