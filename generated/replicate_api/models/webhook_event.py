# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from ..types import OpenStrEnum


class WebhookEvent(OpenStrEnum):
    """What can make the service call a webhook.

    - `start`: the run has begun.
    - `output`: there is more output; reported every 500 ms at most.
    - `logs`: there are more logs; reported every 500 ms at most.
    - `completed`: the run has ended, well or not. Only this call is repeated if your server fails.
    """

    START = "start"
    """The run has begun."""
    OUTPUT = "output"
    """There is more output; reported every 500 ms at most."""
    LOGS = "logs"
    """There are more logs; reported every 500 ms at most."""
    COMPLETED = "completed"
    """The run has ended, well or not. Only this call is repeated if your server fails."""
