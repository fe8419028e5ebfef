"""The resources whose methods are written by hand, on top of the generated ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replicate_api.api.deployments.resource import AsyncDeploymentsResource
from replicate_api.api.deployments_predictions.resource import AsyncDeploymentsPredictionsResource
from replicate_api.api.models.resource import AsyncModelsResource
from replicate_api.api.models_predictions.resource import AsyncModelsPredictionsResource
from replicate_api.api.predictions.resource import AsyncPredictionsResource
from replicate_api.api.trainings.resource import AsyncTrainingsResource
from replicate_api.api.trainings.trainings_create import trainings_create
from replicate_typed.creates import WebhookEvents, create_operation
from replicate_typed.references import Reference, Runnable, owner_and_name, reference_to

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.training import Training
    from replicate_api.types import Owned
    from replicate_typed._async.client import AsyncClient
    from replicate_typed._async.runs import OnUpdate


class AsyncPredictions(AsyncPredictionsResource):
    """Predictions: runs of models."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client)
        self._client = client

    async def create(
        self,
        reference: Runnable,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Prediction:
        """A new prediction, which has hardly begun; it is never asked for twice.

        Args:
            reference: What to run: "owner/name", "owner/name:version", a version id, "deployments/owner/name",
                a Model, a ModelVersion or a Deployment.
            input: The model's input.
            hold: Ask the service to hold its answer back for up to so many seconds, 1 to 60, until there is output.
            webhook: The HTTPS address that is told of the prediction's progress.
            webhook_events_filter: What it is told of: start, output, logs, completed.

        Operations `predictions.create`, `models.predictions.create` and `deployments.predictions.create`.
        """
        operation = create_operation(
            reference, input, hold=hold, webhook=webhook, webhook_events_filter=webhook_events_filter
        )
        return await self._client.send(operation)

    async def wait(
        self,
        prediction: str | Prediction,
        *,
        timeout: float | None = None,
        on_update: OnUpdate | None = None,
        cancel_on_exit: bool = True,
    ) -> Prediction:
        """The prediction once it has ended, however it ended: `Client.wait`."""
        return await self._client.wait(prediction, timeout=timeout, on_update=on_update, cancel_on_exit=cancel_on_exit)


class AsyncModelPredictions(AsyncModelsPredictionsResource):
    """Predictions of official models."""

    async def create(
        self,
        model: str | Owned,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Prediction:
        """A new prediction of an official model; the arguments are those of `predictions.create`.

        Operation `models.predictions.create`.
        """
        operation = create_operation(
            Reference("model", *owner_and_name(model)),
            input,
            hold=hold,
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )
        return await self._sender.send(operation)


class AsyncModels(AsyncModelsResource):
    """Models, their versions and their predictions."""

    @cached_property
    def predictions(self) -> AsyncModelPredictions:
        """Predictions of official models."""
        return AsyncModelPredictions(self._sender)


class AsyncDeploymentPredictions(AsyncDeploymentsPredictionsResource):
    """Predictions on deployments."""

    async def create(
        self,
        deployment: str | Owned,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
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
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )
        return await self._sender.send(operation)


class AsyncDeployments(AsyncDeploymentsResource):
    """Deployments and their predictions."""

    @cached_property
    def predictions(self) -> AsyncDeploymentPredictions:
        """Predictions on deployments."""
        return AsyncDeploymentPredictions(self._sender)


class AsyncTrainings(AsyncTrainingsResource):
    """Trainings: runs that make new versions of models."""

    async def create(
        self,
        version: str | Reference,
        *,
        destination: str,
        input: Mapping[str, Any],
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Training:
        """A new training, which has hardly begun; it is never asked for twice.

        Args:
            version: The version to train, as "owner/name:version".
            destination: The model that the new version will be one of, as "owner/name"; it must exist.
            input: The input of the model's `train()`.
            webhook: The HTTPS address that is told of the training's progress.
            webhook_events_filter: What it is told of: start, output, logs, completed.

        Operation `trainings.create`.
        """
        reference = reference_to(version)
        if reference.owner is None or reference.version is None:
            raise ValueError(f'version must be "owner/name:version", got {str(reference)!r}')
        given: dict[str, Any] = {"webhook": webhook, "webhook_events_filter": webhook_events_filter}
        return await self._sender.send(
            trainings_create(reference.owned, reference.version, destination=destination, input=input, **given)
        )
