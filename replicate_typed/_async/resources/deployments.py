"""Deployments and their predictions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replicate_api.api.deployments.resource import AsyncDeploymentsResource
from replicate_api.api.deployments_predictions.resource import AsyncDeploymentsPredictionsResource
from replicate_typed._async.creates import create
from replicate_typed.creates import WebhookEvents, create_operation
from replicate_typed.references import Reference, owner_and_name

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import AsyncSender, Owned
    from replicate_typed._async.session import AsyncSession


class AsyncDeploymentPredictions(AsyncDeploymentsPredictionsResource):
    """Predictions on deployments."""

    def __init__(self, sender: AsyncSender, session: AsyncSession) -> None:
        super().__init__(sender)
        self._session = session

    async def create(
        self,
        deployment: str | Owned,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Prediction:
        """A new prediction on a deployment; the arguments are those of `predictions.create`.

        Operation `deployments.predictions.create`.
        """
        operation = create_operation(
            Reference("deployment", *owner_and_name(deployment)),
            input,
            hold=hold,
            cancel_after=cancel_after,
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )
        return await create(self._session, operation)


class AsyncDeployments(AsyncDeploymentsResource):
    """Deployments and their predictions."""

    def __init__(self, sender: AsyncSender, session: AsyncSession) -> None:
        super().__init__(sender)
        self._session = session

    @cached_property
    def predictions(self) -> AsyncDeploymentPredictions:
        """Predictions on deployments."""
        return AsyncDeploymentPredictions(self._sender, self._session)
