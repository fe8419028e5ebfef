# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class PredictionSource(OpenStrEnum):
    """Where a prediction or a training was made.

    - `web`: on the website.
    - `api`: through the HTTP API.
    """

    WEB = "web"
    """On the website."""
    API = "api"
    """Through the HTTP API."""
