"""What a prediction's status means: whether it has ended, and its output or its error; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replicate_typed.errors import (
    ModelError,
    PredictionAbortedError,
    PredictionCanceledError,
    PredictionFailedError,
    UndecodableOutputError,
)

if TYPE_CHECKING:
    from replicate_api.models.prediction import Prediction
    from replicate_api.models.training import Training
    from replicate_typed.references import Runnable
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out

# Statuses that a prediction never leaves (`predictions.get`; `aborted` is a deadline met before the start).
FINAL = frozenset({"succeeded", "failed", "canceled", "aborted"})
UNFINISHED = frozenset({"starting", "processing"})
LOG_LINES = 5


def has_ended(run: Prediction | Training) -> bool:
    """Whether nothing more will happen: by its status, or, if that is one not known here, by its time of completion."""
    status = run.status
    return status in FINAL or (status not in UNFINISHED and run.completed_at is not None)


def output_of(prediction: Prediction) -> Any:
    """The output of a prediction that has ended; raises the `ModelError` that says why there is none."""
    if prediction.status == "succeeded" or (prediction.status not in FINAL and not prediction.error):
        return prediction.output
    raise error_of(prediction)


def typed_output_of(prediction: Prediction, ran: Runnable | ModelCall[Out] | None) -> Out:
    """The output: of a typed call, of the type that it has there; else any JSON.

    Raises `UndecodableOutputError` for one that is of another type.
    """
    output: Out = output_of(prediction)
    if ran is None or isinstance(ran, str):  # most are: nothing is imported for them
        return output
    from replicate_typed.typed_models import ModelCall

    if not isinstance(ran, ModelCall):
        return output
    try:
        return ran.model.read(output)
    except ValueError as error:
        message = f"{name_of(prediction)} gave what its schema does not describe: {error}; all of it is in .prediction"
        raise UndecodableOutputError(message, prediction) from None


def error_of(prediction: Prediction) -> ModelError:
    """The error of a prediction that ended without success."""
    name = name_of(prediction)
    match prediction.status:
        case "canceled":
            return PredictionCanceledError(f"{name} was canceled", prediction)
        case "aborted":
            return PredictionAbortedError(f"{name} was aborted before it started", prediction)
        case _:
            kind = PredictionFailedError if prediction.status == "failed" else ModelError
            message = f"{name} {prediction.status}: {prediction.error or 'no reason given'}"
            return kind(message + _last_logs(prediction), prediction)


def name_of(run: Prediction | Training) -> str:
    """`prediction 4x… of acme/echo`, or `training …`: how errors speak of it."""
    return f"{type(run).__name__.lower()} {run.id}" + (f" of {run.model}" if run.model else "")


def _last_logs(prediction: Prediction) -> str:
    lines = (prediction.logs or "").strip().splitlines()[-LOG_LINES:]
    return "".join(f"\n    {line}" for line in ["last log lines:", *lines]) if lines else ""
