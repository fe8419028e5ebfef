# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class SortDirection(OpenStrEnum):
    """The order that a list is sorted in.

    - `asc`: oldest first.
    - `desc`: newest first.
    """

    ASC = "asc"
    """Oldest first."""
    DESC = "desc"
    """Newest first."""
