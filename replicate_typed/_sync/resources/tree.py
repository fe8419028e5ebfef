# Made by scripts/unasync.py from replicate_typed/_async/resources/tree.py; do not edit.
"""The resources of a client: the generated ones, and those whose methods are written by hand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from replicate_api.client import Api

if TYPE_CHECKING:
    from replicate_typed._sync.resources.deployments import Deployments
    from replicate_typed._sync.resources.files import Files
    from replicate_typed._sync.resources.models import Models
    from replicate_typed._sync.resources.predictions import Predictions
    from replicate_typed._sync.resources.trainings import Trainings
    from replicate_typed._sync.resources.webhooks import Webhooks
    from replicate_typed._sync.session import Session


class Resources(Api):
    """Every resource, imported when it is first used."""

    _session: Session

    @cached_property
    def predictions(self) -> Predictions:
        """Predictions: runs of models."""
        from replicate_typed._sync.resources.predictions import Predictions

        return Predictions(self, self._session)

    @cached_property
    def models(self) -> Models:
        """Models, their versions and their predictions."""
        from replicate_typed._sync.resources.models import Models

        return Models(self, self._session)

    @cached_property
    def deployments(self) -> Deployments:
        """Deployments and their predictions."""
        from replicate_typed._sync.resources.deployments import Deployments

        return Deployments(self, self._session)

    @cached_property
    def files(self) -> Files:
        """Files: uploads that inputs can name."""
        from replicate_typed._sync.resources.files import Files

        return Files(self, self._session)

    @cached_property
    def trainings(self) -> Trainings:
        """Trainings: runs that make new versions of models."""
        from replicate_typed._sync.resources.trainings import Trainings

        return Trainings(self, self._session)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Webhooks: the secret they are signed with, and reading them."""
        from replicate_typed._sync.resources.webhooks import Webhooks

        return Webhooks(self)
