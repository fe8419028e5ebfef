"""What a callback hears of, and what there is to follow: predictions and trainings; pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from attrs import frozen

from replicate_api.api.predictions.predictions_cancel import predictions_cancel
from replicate_api.api.predictions.predictions_get import predictions_get
from replicate_api.api.trainings.trainings_cancel import trainings_cancel
from replicate_api.api.trainings.trainings_get import trainings_get
from replicate_typed.errors import RunTimeoutError
from replicate_typed.logs import Progress, progress_of

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.prediction_status import PredictionStatus
    from replicate_api.models.training import Training
    from replicate_api.types import HasId, Operation

R = TypeVar("R", bound="Prediction | Training")
U = TypeVar("U")


@frozen(repr=False)
class Update:
    """News of a prediction: it was first seen, or its status, logs or output have changed."""

    prediction: Prediction
    """The prediction as it is now."""
    new_logs: str = ""
    """The text that its logs have grown by since the update before; a line may come in several pieces."""

    @property
    def status(self) -> PredictionStatus:
        return self.prediction.status

    @property
    def progress(self) -> Progress | None:
        """What tqdm's last bar in the logs shows; None when there is none."""
        return progress_of(self.prediction.logs)

    def __repr__(self) -> str:
        return _shown(self, "prediction", self.prediction.id)


@frozen(repr=False)
class TrainingUpdate:
    """News of a training: it was first seen, or its status, logs or output have changed."""

    training: Training
    """The training as it is now."""
    new_logs: str = ""
    """The text that its logs have grown by since the update before; a line may come in several pieces."""

    @property
    def status(self) -> PredictionStatus:
        return self.training.status

    @property
    def progress(self) -> Progress | None:
        """What tqdm's last bar in the logs shows; None when there is none."""
        return progress_of(self.training.logs)

    def __repr__(self) -> str:
        return _shown(self, "training", self.training.id)


def _shown(update: Update | TrainingUpdate, noun: str, id: str) -> str:
    """In one line, as callbacks print it."""
    progress = f", {update.progress.current} of {update.progress.total}" if update.progress else ""
    new = f", new logs {update.new_logs!r}" if update.new_logs else ""
    return f"<{type(update).__name__} {noun} {id}: {update.status}{progress}{new}>"


class Kind(NamedTuple, Generic[R, U]):
    """Something that runs until it ends: how to look at it, how to cancel it, and how to tell of it."""

    get: Callable[[str | HasId], Operation[R]]
    cancel: Callable[[str | HasId], Operation[R]]
    update: Callable[[R, str], U]
    late: Callable[[str, R], RunTimeoutError]
    wait: str
    """What a caller waits for it with."""


def _late(message: str, training: Training) -> RunTimeoutError:
    return RunTimeoutError(message, training=training)


PREDICTION: Kind[Prediction, Update] = Kind(predictions_get, predictions_cancel, Update, RunTimeoutError, "client.wait")
TRAINING: Kind[Training, TrainingUpdate] = Kind(
    trainings_get, trainings_cancel, TrainingUpdate, _late, "client.trainings.wait"
)


def has_changed(before: Prediction | Training, now: Prediction | Training) -> bool:
    """Whether there is something to tell; logs that are not there yet are null at one time, and empty at another."""
    return (before.status, before.logs or "", before.output) != (now.status, now.logs or "", now.output)
