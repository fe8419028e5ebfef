# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class PredictionListSource(OpenStrEnum):
    """The only origin that predictions can be filtered by.

    - `web`: made on the website in the last 14 days.
    """

    WEB = "web"
    """Made on the website in the last 14 days."""
