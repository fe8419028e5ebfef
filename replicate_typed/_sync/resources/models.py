# Made by scripts/unasync.py from replicate_typed/_async/resources/models.py; do not edit.
"""Models, their versions and their predictions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replicate_api.api.models.resource import ModelsResource
from replicate_api.api.models_predictions.resource import ModelsPredictionsResource
from replicate_typed._sync.creates import create
from replicate_typed.creates import WebhookEvents, create_operation
from replicate_typed.errors import ReplicateError
from replicate_typed.references import Reference, owner_and_name
from replicate_typed.searches import models_search

if TYPE_CHECKING:
    from replicate_api.models.model_page import ModelPage
    from replicate_api.models.model_version import ModelVersion
    from replicate_api.models.prediction import Prediction
    from replicate_api.types import Owned, Sender
    from replicate_typed._sync.session import Session


class ModelPredictions(ModelsPredictionsResource):
    """Predictions of official models."""

    def __init__(self, sender: Sender, session: Session) -> None:
        super().__init__(sender)
        self._session = session

    def create(
        self,
        model: str | Owned,
        input: Mapping[str, Any] | None = None,
        *,
        hold: int | None = None,
        cancel_after: int | None = None,
        webhook: str | None = None,
        webhook_events_filter: WebhookEvents | None = None,
    ) -> Prediction:
        """A new prediction of an official model; the arguments are those of `predictions.create`.

        Operation `models.predictions.create`.
        """
        operation = create_operation(
            Reference("model", *owner_and_name(model)),
            input,
            hold=hold,
            cancel_after=cancel_after,
            webhook=webhook,
            webhook_events_filter=webhook_events_filter,
        )
        return create(self._session, operation)


class Models(ModelsResource):
    """Models, their versions and their predictions."""

    def __init__(self, sender: Sender, session: Session) -> None:
        super().__init__(sender)
        self._session = session

    @cached_property
    def predictions(self) -> ModelPredictions:
        """Predictions of official models."""
        return ModelPredictions(self._sender, self._session)

    def latest_version(self, model: str | Owned) -> ModelVersion:
        """The newest version of a model as it is now; one request, also for a Model that was read before.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Raises:
            ReplicateError: The model has no version yet.

        Operation `models.get`.
        """
        found = self.get(model)
        if found.latest_version is None:
            raise ReplicateError(
                f"the model {found.owner}/{found.name} has no version: push one with Cog, or train one into it "
                "(an official model needs none: it is run by its name)"
            )
        return found.latest_version

    def search(self, query: str) -> ModelPage:
        """One page of the public models that match some words.

        The newer `client.search` finds collections and pages of the documentation, too.

        Args:
            query: The words to look for.

        Operation `models.search`: QUERY /models.
        """
        return self._sender.send(models_search(query))
