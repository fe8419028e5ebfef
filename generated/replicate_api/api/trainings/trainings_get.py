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


def trainings_get(training: str | HasId) -> Operation[Training]:
    """One training in its current state.

    Poll it until `status` is `succeeded`, `failed`, `canceled` or `aborted`; `output.version` then
    names the new version.

    Args:
        training: Id of the training. An object that has the id will do.

    Operation `trainings.get`: GET /trainings/{training_id}.
    """
    return Operation(
        "trainings.get",
        "GET",
        f"/trainings/{path_id('training', training)}",
        _parse,
        is_repeatable=True,
    )
