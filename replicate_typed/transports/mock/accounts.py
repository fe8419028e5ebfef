"""Whose token it is, and what there is to run things on."""

from __future__ import annotations

import re

HARDWARE: list[dict[str, object]] = [
    {"sku": "cpu", "name": "CPU"},
    {"sku": "gpu-t4", "name": "Nvidia T4 GPU"},
    {"sku": "gpu-a40-small", "name": "Nvidia A40 GPU"},
    {"sku": "gpu-a40-large", "name": "Nvidia A40 (Large) GPU"},
]
"""As the service answered in November 2023."""


def account_json(username: str) -> dict[str, object]:
    """The account of this name."""
    return {
        "type": "user",
        "username": username,
        "name": username.title(),
        "avatar_url": f"https://github.com/{username}.png",
        "github_url": f"https://github.com/{username}",
    }


def checked_account(username: str) -> str:
    """The name, if an account can have it."""
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", username, re.ASCII):
        raise ValueError(f"an account is the owner in 'owner/name', not {username!r}")
    return username
