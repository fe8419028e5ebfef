# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class ModelVisibility(OpenStrEnum):
    """Who can see and run a model.

    - `public`: everybody.
    - `private`: its owner; the members, if that is an organization.
    """

    PUBLIC = "public"
    """Everybody."""
    PRIVATE = "private"
    """Its owner; the members, if that is an organization."""
