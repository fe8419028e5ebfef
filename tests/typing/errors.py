"""The types of errors, and what each carries, for mypy and pyright to check; never run."""

from __future__ import annotations

from typing import assert_type

import replicate_typed
from replicate_typed import (
    AmbiguousCreateError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    CassetteError,
    ClosedClientError,
    ConflictError,
    DuplicateWebhookError,
    InputProblem,
    InternalServerError,
    InvalidInputError,
    MissingTokenError,
    ModelError,
    NetworkRefusedError,
    NotFoundError,
    NotSupportedError,
    PaymentRequiredError,
    PermissionDeniedError,
    Prediction,
    PredictionAbortedError,
    PredictionCanceledError,
    PredictionFailedError,
    RateLimit,
    RateLimitError,
    ReplicateError,
    RunTimeoutError,
    StreamInterruptedError,
    UndecodableError,
    UndecodableOutputError,
    UndecodableResponseError,
    UnprocessableEntityError,
    UnusableSchemaError,
    WebhookVerificationError,
)


def the_tree() -> None:
    """A class that is caught by the name of another."""
    refusals: list[type[APIStatusError]] = [
        AuthenticationError,
        BadRequestError,
        ConflictError,
        InternalServerError,
        NotFoundError,
        PaymentRequiredError,
        PermissionDeniedError,
        RateLimitError,
        UnprocessableEntityError,
    ]
    of_models: list[type[ModelError]] = [PredictionAbortedError, PredictionCanceledError, PredictionFailedError]
    others: list[type[ReplicateError]] = [
        *refusals,
        *of_models,
        AmbiguousCreateError,
        APIConnectionError,
        CassetteError,
        ClosedClientError,
        MissingTokenError,
        NetworkRefusedError,
        NotSupportedError,
        StreamInterruptedError,
        UndecodableOutputError,
        UndecodableResponseError,
        UnusableSchemaError,
        WebhookVerificationError,
    ]
    late: list[type[TimeoutError]] = [APITimeoutError, RunTimeoutError]
    connection: type[APIConnectionError] = APITimeoutError
    webhook: type[WebhookVerificationError] = DuplicateWebhookError
    values: list[type[ValueError]] = [InvalidInputError, UndecodableError]
    assert_type(replicate_typed.errors.NotFoundError, type[NotFoundError])
    print(others, late, connection, webhook, values)


def what_they_carry(
    lost: AmbiguousCreateError,
    failed: PredictionFailedError,
    interrupted: StreamInterruptedError,
    invalid: InvalidInputError,
    refused: NotFoundError,
    unread: UndecodableResponseError,
    unread_output: UndecodableOutputError,
    model: ModelError,
    status: APIStatusError,
    late: RunTimeoutError,
) -> None:
    assert_type(lost.candidates, list[Prediction])
    assert_type(failed.prediction, Prediction)
    assert_type(failed.prediction_id, str)
    assert_type(interrupted.text, str)
    assert_type(interrupted.prediction, Prediction | None)
    assert_type(invalid.problems, list[InputProblem])
    assert_type((invalid.problems[0].field, invalid.problems[0].message), tuple[str, str])
    assert_type(refused.detail, str | None)
    assert_type(refused.headers, dict[str, str])
    assert_type(refused.body, str)
    assert_type(unread.body, bytes)
    assert_type(unread.rate_limit, RateLimit | None)
    assert_type(unread.request_id, str | None)
    assert_type((unread_output.prediction, unread_output.prediction_id), tuple[Prediction, str])
    assert_type((model.prediction, model.prediction_id), tuple[Prediction, str])
    assert_type((status.request_id, status.rate_limit), tuple[str | None, RateLimit | None])
    assert_type(late.prediction_id, str | None)
