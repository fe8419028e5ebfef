# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .models_examples_list import models_examples_list

if TYPE_CHECKING:
    from ...models.prediction_page import PredictionPage
    from ...types import AsyncSender, Owned, Sender


class ModelsExamplesResource:
    """Predictions that a model shows as its examples."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def list(self, model: str | Owned) -> PredictionPage:
        """One page of the predictions that a model's author shows as examples.

        The one that `models.get` gives as `default_example` needs no call of its own.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.examples.list`: GET /models/{model_owner}/{model_name}/examples.
        """
        return self._sender.send(models_examples_list(model))


class AsyncModelsExamplesResource:
    """Predictions that a model shows as its examples."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def list(self, model: str | Owned) -> PredictionPage:
        """One page of the predictions that a model's author shows as examples.

        The one that `models.get` gives as `default_example` needs no call of its own.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.examples.list`: GET /models/{model_owner}/{model_name}/examples.
        """
        return await self._sender.send(models_examples_list(model))


class ModelsExamplesProtocol(Protocol):
    """What `models.examples` offers, for stand-ins to be checked against."""

    def list(self, model: str | Owned) -> PredictionPage: ...


class AsyncModelsExamplesProtocol(Protocol):
    """What `models.examples` offers, for stand-ins to be checked against."""

    async def list(self, model: str | Owned) -> PredictionPage: ...
