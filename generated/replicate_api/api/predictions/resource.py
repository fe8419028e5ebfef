# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from .predictions_cancel import predictions_cancel
from .predictions_get import predictions_get
from .predictions_list import predictions_list

if TYPE_CHECKING:
    from ...models.prediction import Prediction
    from ...models.prediction_list_source import PredictionListSource
    from ...models.prediction_page import PredictionPage
    from ...types import AsyncSender, HasId, Sender


class PredictionsResource:
    """Predictions: runs of models."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def list(
        self,
        *,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        source: PredictionListSource | Literal["web"] | None = None,
    ) -> PredictionPage:
        """One page of your predictions.

        Newest first, 100 on a page; those made on the website are among them. Input, output and
        logs of predictions made through the API are gone an hour after the end.

        Args:
            created_after: Leave out what was created before this time; the time itself is included.
            created_before: Leave out what was created at this time or later.
            source: Only predictions made in this way; without it, all. With `web`, the list goes
                back no further than 14 days.

        Operation `predictions.list`: GET /predictions.
        """
        return self._sender.send(
            predictions_list(created_after=created_after, created_before=created_before, source=source)
        )

    def get(self, prediction: str | HasId) -> Prediction:
        """One prediction in its current state.

        Poll it until `status` is `succeeded`, `failed`, `canceled` or `aborted`. Output files are
        links to `replicate.delivery` and its subdomains.

        An hour after the end, a prediction made through the API loses its input, output, files and
        logs: `output` is then null and `data_removed` true.

        Args:
            prediction: Id of the prediction. An object that has the id will do.

        Operation `predictions.get`: GET /predictions/{prediction_id}.
        """
        return self._sender.send(predictions_get(prediction))

    def cancel(self, prediction: str | HasId) -> Prediction:
        """The prediction, canceled unless it had already ended.

        One that had ended stays as it is, so this may be repeated.

        Args:
            prediction: Id of the prediction. An object that has the id will do.

        Operation `predictions.cancel`: POST /predictions/{prediction_id}/cancel.
        """
        return self._sender.send(predictions_cancel(prediction))


class AsyncPredictionsResource:
    """Predictions: runs of models."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def list(
        self,
        *,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        source: PredictionListSource | Literal["web"] | None = None,
    ) -> PredictionPage:
        """One page of your predictions.

        Newest first, 100 on a page; those made on the website are among them. Input, output and
        logs of predictions made through the API are gone an hour after the end.

        Args:
            created_after: Leave out what was created before this time; the time itself is included.
            created_before: Leave out what was created at this time or later.
            source: Only predictions made in this way; without it, all. With `web`, the list goes
                back no further than 14 days.

        Operation `predictions.list`: GET /predictions.
        """
        return await self._sender.send(
            predictions_list(created_after=created_after, created_before=created_before, source=source)
        )

    async def get(self, prediction: str | HasId) -> Prediction:
        """One prediction in its current state.

        Poll it until `status` is `succeeded`, `failed`, `canceled` or `aborted`. Output files are
        links to `replicate.delivery` and its subdomains.

        An hour after the end, a prediction made through the API loses its input, output, files and
        logs: `output` is then null and `data_removed` true.

        Args:
            prediction: Id of the prediction. An object that has the id will do.

        Operation `predictions.get`: GET /predictions/{prediction_id}.
        """
        return await self._sender.send(predictions_get(prediction))

    async def cancel(self, prediction: str | HasId) -> Prediction:
        """The prediction, canceled unless it had already ended.

        One that had ended stays as it is, so this may be repeated.

        Args:
            prediction: Id of the prediction. An object that has the id will do.

        Operation `predictions.cancel`: POST /predictions/{prediction_id}/cancel.
        """
        return await self._sender.send(predictions_cancel(prediction))


class PredictionsProtocol(Protocol):
    """What `predictions` offers, for stand-ins to be checked against."""

    def list(
        self,
        *,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        source: PredictionListSource | Literal["web"] | None = None,
    ) -> PredictionPage: ...
    def get(self, prediction: str | HasId) -> Prediction: ...
    def cancel(self, prediction: str | HasId) -> Prediction: ...


class AsyncPredictionsProtocol(Protocol):
    """What `predictions` offers, for stand-ins to be checked against."""

    async def list(
        self,
        *,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        source: PredictionListSource | Literal["web"] | None = None,
    ) -> PredictionPage: ...
    async def get(self, prediction: str | HasId) -> Prediction: ...
    async def cancel(self, prediction: str | HasId) -> Prediction: ...
