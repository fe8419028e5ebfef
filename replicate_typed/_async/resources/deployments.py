"""Deployments and their predictions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replicate_api.api.deployments.deployments_update import deployments_update
from replicate_api.api.deployments.resource import AsyncDeploymentsResource
from replicate_api.api.deployments_predictions.resource import AsyncDeploymentsPredictionsResource
from replicate_typed._async.creates import create
from replicate_typed.creates import WebhookEvents, create_operation
from replicate_typed.references import Reference, owner_and_name

if TYPE_CHECKING:
    from replicate_api.models.deployment import Deployment
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

    async def scale(
        self, deployment: str | Owned, *, min_instances: int | None = None, max_instances: int | None = None
    ) -> Deployment:
        """The deployment with another number of instances; nothing else of it changes.

        Both 0 switch it off: it runs nothing, and costs nothing. `min_instances=0` alone lets it rest while it has
        nothing to do.

        Args:
            deployment: The deployment as `owner/name`, or an object that has an owner and a name.
            min_instances: Instances that are always up, 0 to 5; None leaves the number as it is.
            max_instances: The most instances that may be started under load, 0 to 20; None leaves the number as it is.

        Operation `deployments.update`.
        """
        if min_instances is None and max_instances is None:
            raise TypeError("scale needs min_instances, max_instances or both")
        operation = deployments_update(deployment, min_instances=min_instances, max_instances=max_instances)
        if min_instances is not None and max_instances is not None and min_instances > max_instances:
            raise ValueError(f"min_instances must not be above max_instances, got {min_instances} and {max_instances}")
        return await self._sender.send(operation)
