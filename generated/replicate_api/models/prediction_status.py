# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class PredictionStatus(OpenStrEnum):
    """How far a prediction or a training has come. The last four are final.

    - `starting`: it waits for a worker. More than some seconds mean that one is being started.
    - `processing`: the model works on it.
    - `succeeded`: it ended well, and the output is complete.
    - `failed`: it ended with an error, which `error` tells.
    - `canceled`: it was stopped, by a request or at its deadline, while it ran.
    - `aborted`: it was stopped before it ran, at its deadline for example.
    """

    STARTING = "starting"
    """It waits for a worker. More than some seconds mean that one is being started."""
    PROCESSING = "processing"
    """The model works on it."""
    SUCCEEDED = "succeeded"
    """It ended well, and the output is complete."""
    FAILED = "failed"
    """It ended with an error, which `error` tells."""
    CANCELED = "canceled"
    """It was stopped, by a request or at its deadline, while it ran."""
    ABORTED = "aborted"
    """It was stopped before it ran, at its deadline for example."""
