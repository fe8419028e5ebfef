# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.training_page import TrainingPage
from ...reading import (
    read_json,
)
from ...types import Operation

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> TrainingPage:
    return TrainingPage.from_dict(read_json(response))


def trainings_list() -> Operation[TrainingPage]:
    """One page of your trainings.

    Newest first, 100 on a page; those made on the website are among them.

    Operation `trainings.list`: GET /trainings.
    """
    return Operation(
        "trainings.list",
        "GET",
        "/trainings",
        _parse,
        is_repeatable=True,
        is_page=True,
    )
