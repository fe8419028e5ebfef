# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .trainings_cancel import trainings_cancel
from .trainings_get import trainings_get
from .trainings_list import trainings_list

if TYPE_CHECKING:
    from ...models.training import Training
    from ...models.training_page import TrainingPage
    from ...types import AsyncSender, HasId, Sender


class TrainingsResource:
    """Trainings: runs that make new versions of models."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def list(
        self,
    ) -> TrainingPage:
        """One page of your trainings.

        Newest first, 100 on a page; those made on the website are among them.

        Operation `trainings.list`: GET /trainings.
        """
        return self._sender.send(trainings_list())

    def get(self, training: str | HasId) -> Training:
        """One training in its current state.

        Poll it until `status` is `succeeded`, `failed`, `canceled` or `aborted`; `output.version`
        then names the new version.

        Args:
            training: Id of the training. An object that has the id will do.

        Operation `trainings.get`: GET /trainings/{training_id}.
        """
        return self._sender.send(trainings_get(training))

    def cancel(self, training: str | HasId) -> Training:
        """The training, canceled unless it had already ended.

        One that had ended stays as it is, so this may be repeated.

        Args:
            training: Id of the training. An object that has the id will do.

        Operation `trainings.cancel`: POST /trainings/{training_id}/cancel.
        """
        return self._sender.send(trainings_cancel(training))


class AsyncTrainingsResource:
    """Trainings: runs that make new versions of models."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def list(
        self,
    ) -> TrainingPage:
        """One page of your trainings.

        Newest first, 100 on a page; those made on the website are among them.

        Operation `trainings.list`: GET /trainings.
        """
        return await self._sender.send(trainings_list())

    async def get(self, training: str | HasId) -> Training:
        """One training in its current state.

        Poll it until `status` is `succeeded`, `failed`, `canceled` or `aborted`; `output.version`
        then names the new version.

        Args:
            training: Id of the training. An object that has the id will do.

        Operation `trainings.get`: GET /trainings/{training_id}.
        """
        return await self._sender.send(trainings_get(training))

    async def cancel(self, training: str | HasId) -> Training:
        """The training, canceled unless it had already ended.

        One that had ended stays as it is, so this may be repeated.

        Args:
            training: Id of the training. An object that has the id will do.

        Operation `trainings.cancel`: POST /trainings/{training_id}/cancel.
        """
        return await self._sender.send(trainings_cancel(training))


class TrainingsProtocol(Protocol):
    """What `trainings` offers, for stand-ins to be checked against."""

    def list(
        self,
    ) -> TrainingPage: ...
    def get(self, training: str | HasId) -> Training: ...
    def cancel(self, training: str | HasId) -> Training: ...


class AsyncTrainingsProtocol(Protocol):
    """What `trainings` offers, for stand-ins to be checked against."""

    async def list(
        self,
    ) -> TrainingPage: ...
    async def get(self, training: str | HasId) -> Training: ...
    async def cancel(self, training: str | HasId) -> Training: ...
