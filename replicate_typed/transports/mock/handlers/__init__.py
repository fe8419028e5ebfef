"""The operations of the mock service, one function each, by their ids."""

from __future__ import annotations

from replicate_typed.transports.mock.handlers import (
    account,
    collections,
    deployments,
    files,
    models,
    predictions,
    trainings,
    webhooks,
)
from replicate_typed.transports.mock.handlers.table import Handler

HANDLERS: dict[str, Handler] = {
    **account.HANDLERS,
    **collections.HANDLERS,
    **deployments.HANDLERS,
    **files.HANDLERS,
    **models.HANDLERS,
    **predictions.HANDLERS,
    **trainings.HANDLERS,
    **webhooks.HANDLERS,
}

__all__ = ["HANDLERS", "Handler"]
