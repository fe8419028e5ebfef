"""The types of models and errors, for mypy and pyright to check; never run."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import aclosing, closing
from datetime import datetime
from pathlib import Path
from typing import Any, assert_type

from replicate_typed import (
    APIStatusError,
    Model,
    ModelError,
    ModelVersion,
    OutputFile,
    Prediction,
    PredictionStatus,
    RateLimit,
    RateLimitError,
    RunTimeoutError,
)
from replicate_typed.models import PredictionPage, PredictionUrls, Training


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
