"""The types of models and errors, for mypy and pyright to check; never run."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import aclosing, closing
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, assert_type

from replicate_typed import (
    APIStatusError,
    Deployment,
    EventType,
    InputProblem,
    Model,
    ModelError,
    ModelVersion,
    OutputFile,
    Prediction,
    PredictionStatus,
    Progress,
    RateLimit,
    RateLimitError,
    RawResponse,
    Reference,
    RunTimeoutError,
)
from replicate_typed.models import (
    DeploymentRelease,
    ModelVisibility,
    PredictionMetrics,
    PredictionPage,
    PredictionSource,
    PredictionUrls,
    Training,
)


def models(prediction: Prediction, page: PredictionPage, model: Model, statuses: list[PredictionStatus]) -> None:
    assert_type(prediction.id, str)
    assert_type(prediction.status, PredictionStatus)
    assert_type(prediction.created_at, datetime)
    assert_type(prediction.started_at, datetime | None)
    assert_type(prediction.input, dict[str, Any])
    assert_type(prediction.logs, str | None)
    assert_type(prediction.urls, PredictionUrls)
    assert_type(Prediction.from_dict({}), Prediction)
    assert_type(prediction.to_dict(), dict[str, Any])
    assert_type(page.results, list[Prediction])
    assert_type(page.next, str | None)
    assert_type(model.latest_version, ModelVersion | None)
    statuses.append(PredictionStatus("paused"))
    assert_type(statuses[0].is_known, bool)


def fields(
    prediction: Prediction,
    model: Model,
    version: ModelVersion,
    deployment: Deployment,
    status: PredictionStatus,
    type: EventType,
) -> None:
    assert_type((prediction.model, prediction.version, prediction.deployment), tuple[str | None, str, str | None])
    assert_type((prediction.output, prediction.error), tuple[Any, str | None])
    assert_type((prediction.completed_at, prediction.deadline), tuple[datetime | None, datetime | None])
    assert_type((prediction.metrics, prediction.source), tuple[PredictionMetrics | None, PredictionSource | None])
    assert_type((prediction.data_removed, prediction.stream), tuple[bool | None, bool | None])
    assert_type((prediction.webhook, prediction.webhook_completed), tuple[str | None, str | None])
    assert_type((prediction.from_dict({}), prediction.additional_properties), tuple[Prediction, dict[str, Any]])
    assert_type((model.owner, model.name, model.url, model.run_count), tuple[str, str, str, int])
    assert_type((model.visibility, model.is_official), tuple[ModelVisibility, bool | None])
    assert_type((model.description, model.created_at), tuple[str | None, datetime | None])
    assert_type((model.cover_image_url, model.github_url), tuple[str | None, str | None])
    assert_type((model.license_url, model.paper_url), tuple[str | None, str | None])
    assert_type((model.weights_url, model.default_example), tuple[str | None, Prediction | None])
    assert_type((model.from_dict({}), model.to_dict()), tuple[Model, dict[str, Any]])
    assert_type(model.additional_properties, dict[str, Any])
    assert_type((version.id, version.created_at, version.cog_version), tuple[str, datetime, str | None])
    assert_type(version.openapi_schema, dict[str, Any] | None)
    assert_type((version.from_dict({}), version.to_dict()), tuple[ModelVersion, dict[str, Any]])
    assert_type(version.additional_properties, dict[str, Any])
    assert_type((deployment.owner, deployment.name), tuple[str, str])
    assert_type(deployment.current_release, DeploymentRelease | None)
    assert_type((deployment.from_dict({}), deployment.to_dict()), tuple[Deployment, dict[str, Any]])
    assert_type(deployment.additional_properties, dict[str, Any])
    assert_type((status.is_known, type.is_known), tuple[bool, bool])


async def files(file: OutputFile) -> None:
    text: str = file
    assert_type(text.upper(), str)
    assert_type(file.url, str)
    assert_type(file.name, str)
    assert_type(file.media_type, str | None)
    assert_type(file.read(timeout=5), bytes)
    assert_type(file.save("folder"), Path)
    assert_type(await file.aread(), bytes)
    assert_type(await file.asave(Path("folder")), Path)
    assert_type(file.iter_bytes(timeout=5), Generator[bytes])
    assert_type(file.aiter_bytes(timeout=5), AsyncGenerator[bytes])
    with closing(file.iter_bytes()) as chunks:
        assert_type(next(chunks), bytes)
    async with aclosing(file.aiter_bytes()) as arriving:
        assert_type(await anext(arriving), bytes)


def errors(error: ModelError, expired: RunTimeoutError, refused: APIStatusError, limited: RateLimitError) -> None:
    assert_type(error.prediction, Prediction)
    assert_type(expired.prediction, Prediction | None)
    assert_type(expired.training, Training | None)
    assert_type(refused.status_code, int)
    assert_type(refused.request_id, str | None)
    assert_type(refused.rate_limit, RateLimit | None)
    assert_type(refused.invalid_fields, list[Mapping[str, Any]])
    assert_type(limited.retry_after, float | None)


def small_values(
    progress: Progress,
    limit: RateLimit,
    raw: RawResponse[Model],
    reference: Reference,
    problem: InputProblem,
) -> None:
    assert_type((progress.current, progress.total, progress.fraction), tuple[int, int, float])
    assert_type((limit.remaining, limit.reset), tuple[int, float])
    assert_type((raw.content, raw.text, raw.parse()), tuple[bytes, str, Model])
    assert_type((raw.status_code, raw.headers), tuple[int, Mapping[str, str]])
    assert_type((raw.request_id, raw.rate_limit), tuple[str | None, RateLimit | None])
    assert_type(reference.kind, Literal["model", "version", "deployment"])
    assert_type((reference.owner, reference.name, reference.version), tuple[str | None, str | None, str | None])
    assert_type(reference.owned, str)
    assert_type((problem.field, problem.message), tuple[str, str])
