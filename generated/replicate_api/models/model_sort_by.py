# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class ModelSortBy(OpenStrEnum):
    """The time that models are sorted by.

    - `model_created_at`: the creation of the model.
    - `latest_version_created_at`: the creation of its latest version.
    """

    MODEL_CREATED_AT = "model_created_at"
    """The creation of the model."""
    LATEST_VERSION_CREATED_AT = "latest_version_created_at"
    """The creation of its latest version."""
