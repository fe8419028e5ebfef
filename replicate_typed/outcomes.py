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
    from replicate_typed.typed_models import ModelCall
    from replicate_typed.typed_models.annotations import Out
    from replicate_typed.typed_models.outputs import MakeFile

# Statuses that a prediction never leaves (`predictions.get`; `aborted` is a deadline met before the start).
FINAL = frozenset({"succeeded", "failed", "canceled", "aborted"})
UNFINISHED = frozenset({"starting", "processing"})
LOG_LINES = 5


def has_ended(run: Prediction | Training) -> bool:
    """Whether nothing more will happen: by its status, or, if that is one not known here, by its time of completion."""
    status = run.status
    return status in FINAL or (status not in UNFINISHED and run.completed_at is not None)


def has_succeeded(prediction: Prediction) -> bool:
    """Whether a prediction that has ended ended well."""
    return prediction.status == "succeeded" or (prediction.status not in FINAL and not prediction.error)


def output_of(prediction: Prediction) -> Any:
    """The output of a prediction that has ended; raises the `ModelError` that says why there is none."""
    if has_succeeded(prediction):
        return prediction.output
    raise error_of(prediction)


def typed_output_of(prediction: Prediction, call: ModelCall[Out], make_file: MakeFile) -> Out:
    """The output of a typed call, of its own type; raises `UndecodableOutputError` for one that is of another."""
    output = output_of(prediction)
    try:
        return call.model.read(output, make_file)
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
