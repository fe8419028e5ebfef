# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class AccountType(OpenStrEnum):
    """What an account stands for.

    - `organization`: several people.
    - `user`: one person.
    """

    ORGANIZATION = "organization"
    """Several people."""
    USER = "user"
    """One person."""
