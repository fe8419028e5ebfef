"""Predictions: runs of models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from replicate_api.api.predictions.resource import AsyncPredictionsResource
from replicate_typed.creates import WebhookEvents, create_operation

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_typed._async.client import AsyncClient
    from replicate_typed._async.runs import OnUpdate
    from replicate_typed.references import Runnable


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
