# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ...types import AsyncSender, Sender


class DeploymentsPredictionsResource:
    """Predictions of deployments."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"


class AsyncDeploymentsPredictionsResource:
    """Predictions of deployments."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"


class DeploymentsPredictionsProtocol(Protocol):
    """What `deployments.predictions` offers, for stand-ins to be checked against."""


class AsyncDeploymentsPredictionsProtocol(Protocol):
    """What `deployments.predictions` offers, for stand-ins to be checked against."""
