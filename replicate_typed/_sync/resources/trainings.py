# Made by scripts/unasync.py from replicate_typed/_async/resources/trainings.py; do not edit.
"""Trainings: runs that make new versions of models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from replicate_api.api.trainings.resource import TrainingsResource
from replicate_api.api.trainings.trainings_create import trainings_create
from replicate_typed._sync.uploads import with_files
from replicate_typed.creates import checked_webhook
from replicate_typed.references import Reference, reference_to

if TYPE_CHECKING:
    from replicate_api.models.training import Training
    from replicate_api.types import Sender
    from replicate_typed._sync.runs import OnTrainingUpdate
    from replicate_typed._sync.session import Session
    from replicate_typed.creates import WebhookEvents


class Trainings(TrainingsResource):
    """Trainings: runs that make new versions of models."""

    def __init__(self, sender: Sender, session: Session) -> None:
        super().__init__(sender)
        self._session = session

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
            input: The input of the model's `train()`; files in it as in `Client.run`.
            webhook: The HTTPS address that is told of the training's progress.
            webhook_events_filter: What it is told of: start, output, logs, completed.

        Operation `trainings.create`.
        """
        if webhook is not None:
            checked_webhook(webhook)
        reference = reference_to(version)
        if reference.owner is None or reference.version is None:
            raise ValueError(f'version must be "owner/name:version", got {str(reference)!r}')
        given: dict[str, Any] = {"webhook": webhook, "webhook_events_filter": webhook_events_filter}
        operation = trainings_create(reference.owned, reference.version, destination=destination, input=input, **given)
        operation = with_files(self._session, operation, self._session.deadline(None))
        return self._sender.send(operation)

    def wait(
        self,
        training: str | Training,
        *,
        timeout: float | None = None,
        on_update: OnTrainingUpdate | None = None,
        cancel_on_exit: bool = True,
    ) -> Training:
        """The training once it has ended, however it ended.

        Args:
            training: A training, or its id.
            timeout: Seconds to wait; when they are over, the training is canceled.
            on_update: Called with a `TrainingUpdate` at first, and whenever status, logs or output have changed.
            cancel_on_exit: Whether the training is canceled when time is up, on Ctrl-C, on task
                cancellation, and when `on_update` raises.

        Raises:
            RunTimeoutError: It did not end in time; it is in `.training`.

        Operation `trainings.get`.
        """
        from replicate_typed._sync.runs import wait
        from replicate_typed.updates import TRAINING

        return wait(
            self._session,
            TRAINING,
            training,
            timeout=timeout,
            on_update=on_update,
            cancel_on_exit=cancel_on_exit,
        )
