"""The resources of a client: the generated ones, and those whose methods are written by hand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from replicate_api.client import AsyncApi

if TYPE_CHECKING:
    from replicate_typed._async.resources.deployments import AsyncDeployments
    from replicate_typed._async.resources.files import AsyncFiles
    from replicate_typed._async.resources.models import AsyncModels
    from replicate_typed._async.resources.predictions import AsyncPredictions
    from replicate_typed._async.resources.trainings import AsyncTrainings
    from replicate_typed._async.resources.webhooks import AsyncWebhooks
    from replicate_typed._async.session import AsyncSession


class AsyncResources(AsyncApi):
    """Every resource, imported when it is first used."""

    _session: AsyncSession

    @cached_property
    def predictions(self) -> AsyncPredictions:
        """Predictions: runs of models."""
        from replicate_typed._async.resources.predictions import AsyncPredictions

        return AsyncPredictions(self, self._session)

    @cached_property
    def models(self) -> AsyncModels:
        """Models, their versions and their predictions."""
        from replicate_typed._async.resources.models import AsyncModels

        return AsyncModels(self, self._session)

    @cached_property
    def deployments(self) -> AsyncDeployments:
        """Deployments and their predictions."""
        from replicate_typed._async.resources.deployments import AsyncDeployments

        return AsyncDeployments(self, self._session)

    @cached_property
    def files(self) -> AsyncFiles:
        """Files: uploads that inputs can name."""
        from replicate_typed._async.resources.files import AsyncFiles

        return AsyncFiles(self, self._session)

    @cached_property
    def trainings(self) -> AsyncTrainings:
        """Trainings: runs that make new versions of models."""
        from replicate_typed._async.resources.trainings import AsyncTrainings

        return AsyncTrainings(self, self._session)

    @cached_property
    def webhooks(self) -> AsyncWebhooks:
        """Webhooks: the secret they are signed with, and reading them."""
        from replicate_typed._async.resources.webhooks import AsyncWebhooks

        return AsyncWebhooks(self)
