# Made by scripts/regenerate from openapi.yaml; do not edit.
"""The tree of resources, in both colours; `replicate_typed`'s clients are made of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from .api.account.resource import AccountResource, AsyncAccountResource
    from .api.collections.resource import AsyncCollectionsResource, CollectionsResource
    from .api.deployments.resource import AsyncDeploymentsResource, DeploymentsResource
    from .api.files.resource import AsyncFilesResource, FilesResource
    from .api.hardware.resource import AsyncHardwareResource, HardwareResource
    from .api.models.resource import AsyncModelsResource, ModelsResource
    from .api.predictions.resource import AsyncPredictionsResource, PredictionsResource
    from .api.trainings.resource import AsyncTrainingsResource, TrainingsResource
    from .api.webhooks.resource import AsyncWebhooksResource, WebhooksResource
    from .models.search_results import SearchResults
    from .types import (
        Operation,
    )

T = TypeVar("T")


class Api(ABC):
    """Every resource of the API; a client adds how an operation is sent."""

    @abstractmethod
    def send(self, operation: Operation[T], /) -> T:
        """What the service answers to an operation."""

    @cached_property
    def account(self) -> AccountResource:
        """The account that the token belongs to."""
        from .api.account.resource import AccountResource

        return AccountResource(self)

    @cached_property
    def collections(self) -> CollectionsResource:
        """Collections of models that Replicate has put together."""
        from .api.collections.resource import CollectionsResource

        return CollectionsResource(self)

    @cached_property
    def deployments(self) -> DeploymentsResource:
        """Deployments: models that are kept ready on hardware of your choice."""
        from .api.deployments.resource import DeploymentsResource

        return DeploymentsResource(self)

    @cached_property
    def files(self) -> FilesResource:
        """Files: uploads that inputs can name."""
        from .api.files.resource import FilesResource

        return FilesResource(self)

    @cached_property
    def hardware(self) -> HardwareResource:
        """What models can run on."""
        from .api.hardware.resource import HardwareResource

        return HardwareResource(self)

    @cached_property
    def models(self) -> ModelsResource:
        """Models, their versions and their predictions."""
        from .api.models.resource import ModelsResource

        return ModelsResource(self)

    @cached_property
    def predictions(self) -> PredictionsResource:
        """Predictions: runs of models."""
        from .api.predictions.resource import PredictionsResource

        return PredictionsResource(self)

    @cached_property
    def trainings(self) -> TrainingsResource:
        """Trainings: runs that make new versions of models."""
        from .api.trainings.resource import TrainingsResource

        return TrainingsResource(self)

    @cached_property
    def webhooks(self) -> WebhooksResource:
        """Webhooks: how the service signs them."""
        from .api.webhooks.resource import WebhooksResource

        return WebhooksResource(self)

    def search(self, query: str, *, limit: int | None = None) -> SearchResults:
        """Public models, collections and pages of documentation that match a text.

        The service calls this operation a beta and may change it.

        Args:
            query: The text to look for.
            limit: The most models to return, 1 to 50; the service's default is 20. Collections and
                pages are not limited by it.

        Operation `search`: GET /search.
        """
        from .api.root.search import search

        return self.send(search(query, limit=limit))


class AsyncApi(ABC):
    """Every resource of the API; a client adds how an operation is sent."""

    @abstractmethod
    async def send(self, operation: Operation[T], /) -> T:
        """What the service answers to an operation."""

    @cached_property
    def account(self) -> AsyncAccountResource:
        """The account that the token belongs to."""
        from .api.account.resource import AsyncAccountResource

        return AsyncAccountResource(self)

    @cached_property
    def collections(self) -> AsyncCollectionsResource:
        """Collections of models that Replicate has put together."""
        from .api.collections.resource import AsyncCollectionsResource

        return AsyncCollectionsResource(self)

    @cached_property
    def deployments(self) -> AsyncDeploymentsResource:
        """Deployments: models that are kept ready on hardware of your choice."""
        from .api.deployments.resource import AsyncDeploymentsResource

        return AsyncDeploymentsResource(self)

    @cached_property
    def files(self) -> AsyncFilesResource:
        """Files: uploads that inputs can name."""
        from .api.files.resource import AsyncFilesResource

        return AsyncFilesResource(self)

    @cached_property
    def hardware(self) -> AsyncHardwareResource:
        """What models can run on."""
        from .api.hardware.resource import AsyncHardwareResource

        return AsyncHardwareResource(self)

    @cached_property
    def models(self) -> AsyncModelsResource:
        """Models, their versions and their predictions."""
        from .api.models.resource import AsyncModelsResource

        return AsyncModelsResource(self)

    @cached_property
    def predictions(self) -> AsyncPredictionsResource:
        """Predictions: runs of models."""
        from .api.predictions.resource import AsyncPredictionsResource

        return AsyncPredictionsResource(self)

    @cached_property
    def trainings(self) -> AsyncTrainingsResource:
        """Trainings: runs that make new versions of models."""
        from .api.trainings.resource import AsyncTrainingsResource

        return AsyncTrainingsResource(self)

    @cached_property
    def webhooks(self) -> AsyncWebhooksResource:
        """Webhooks: how the service signs them."""
        from .api.webhooks.resource import AsyncWebhooksResource

        return AsyncWebhooksResource(self)

    async def search(self, query: str, *, limit: int | None = None) -> SearchResults:
        """Public models, collections and pages of documentation that match a text.

        The service calls this operation a beta and may change it.

        Args:
            query: The text to look for.
            limit: The most models to return, 1 to 50; the service's default is 20. Collections and
                pages are not limited by it.

        Operation `search`: GET /search.
        """
        from .api.root.search import search

        return await self.send(search(query, limit=limit))
