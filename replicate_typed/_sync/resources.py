# Made by scripts/unasync.py from replicate_typed/_async/resources.py; do not edit.
"""The resources whose methods are written by hand, on top of the generated ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replicate_api.api.deployments.resource import DeploymentsResource
from replicate_api.api.deployments_predictions.resource import DeploymentsPredictionsResource
from replicate_api.api.models.resource import ModelsResource
from replicate_api.api.models_predictions.resource import ModelsPredictionsResource
from replicate_api.api.predictions.resource import PredictionsResource
from replicate_api.api.trainings.resource import TrainingsResource
from replicate_api.api.trainings.trainings_create import trainings_create
from replicate_typed.creates import WebhookEvents, create_operation
from replicate_typed.references import Reference, Runnable, owner_and_name, reference_to

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.training import Training
    from replicate_api.types import Owned
    from replicate_typed._sync.client import Client
    from replicate_typed._sync.runs import OnUpdate


class Predictions(PredictionsResource):
    """Predictions: runs of models."""

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self._client = client

    def create(
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
        return self._client.send(operation)

    def wait(
        self,
        prediction: str | Prediction,
        *,
        timeout: float | None = None,
        on_update: OnUpdate | None = None,
        cancel_on_exit: bool = True,
    ) -> Prediction:
        """The prediction once it has ended, however it ended: `Client.wait`."""
        return self._client.wait(prediction, timeout=timeout, on_update=on_update, cancel_on_exit=cancel_on_exit)


class ModelPredictions(ModelsPredictionsResource):
    """Predictions of official models."""

    def create(
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
        return self._sender.send(operation)


class Models(ModelsResource):
    """Models, their versions and their predictions."""

    @cached_property
    def predictions(self) -> ModelPredictions:
        """Predictions of official models."""
        return ModelPredictions(self._sender)


class DeploymentPredictions(DeploymentsPredictionsResource):
    """Predictions on deployments."""

    def create(
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
        return self._sender.send(operation)


class Deployments(DeploymentsResource):
    """Deployments and their predictions."""

    @cached_property
    def predictions(self) -> DeploymentPredictions:
        """Predictions on deployments."""
        return DeploymentPredictions(self._sender)


class Trainings(TrainingsResource):
    """Trainings: runs that make new versions of models."""

    def create(
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
        return self._sender.send(
            trainings_create(reference.owned, reference.version, destination=destination, input=input, **given)
        )
