# Made by scripts/unasync.py from replicate_typed/_async/resources/predictions.py; do not edit.
"""Predictions: runs of models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from replicate_api.api.predictions.resource import PredictionsResource
from replicate_typed._sync.creates import create
from replicate_typed.creates import WebhookEvents, create_operation

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Sender
    from replicate_typed._sync.runs import OnUpdate
    from replicate_typed._sync.session import Session
    from replicate_typed.references import Runnable


class Predictions(PredictionsResource):
    """Predictions: runs of models."""

    def __init__(self, sender: Sender, session: Session) -> None:
        super().__init__(sender)
        self._session = session

    def create(
        self,
        reference: Runnable,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Prediction:
        """A new prediction, which has hardly begun; it is never asked for twice.

        Args:
            reference: What to run: "owner/name", "owner/name:version", a version id, "deployments/owner/name",
                a Model, a ModelVersion or a Deployment.
            input: The model's input; files in it as in `Client.run`.
            hold: Ask the service to hold its answer back for up to so many seconds, 1 to 60, until there is output.
            cancel_after: Seconds, 5 or more, after which the service itself cancels the prediction.
            webhook: The HTTPS address that is told of the prediction's progress.
            webhook_events_filter: What it is told of: start, output, logs, completed.

        One whose answer was lost is looked for among the newest predictions; AmbiguousCreateError says that none is
        surely the one. On Ctrl-C and task cancellation it is looked for, too, and canceled.

        Operations `predictions.create`, `models.predictions.create` and `deployments.predictions.create`.
        """
        operation = create_operation(
            reference,
            input,
            hold=hold,
            cancel_after=cancel_after,
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )
        return create(self._session, operation)

    def wait(
        self,
        prediction: str | Prediction,
        *,
        timeout: float | None = None,
        on_update: OnUpdate | None = None,
        cancel_on_exit: bool = True,
    ) -> Prediction:
        """The prediction once it has ended, however it ended: `Client.wait`."""
        from replicate_typed._sync.runs import wait
        from replicate_typed.updates import PREDICTION

        return wait(
            self._session,
            PREDICTION,
            prediction,
            timeout=timeout,
            on_update=on_update,
            cancel_on_exit=cancel_on_exit,
        )
