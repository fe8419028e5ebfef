# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.hardware import Hardware
from ...reading import (
    read_json,
    read_list,
)
from ...types import Operation

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> list[Hardware]:
    return [
        Hardware.from_dict(item, ("answer", index))
        for index, item in enumerate(read_list("answer", "", read_json(response)))
    ]


def hardware_list() -> Operation[list[Hardware]]:
    """Every kind of hardware that models can run on.

    A plain list, not a page. A kind's `sku` is what models and deployments are created with.

    Operation `hardware.list`: GET /hardware.
    """
    return Operation(
        "hardware.list",
        "GET",
        "/hardware",
        _parse,
        is_repeatable=True,
    )
