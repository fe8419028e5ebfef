# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .models_readme_get import models_readme_get

if TYPE_CHECKING:
    from ...types import AsyncSender, Owned, Sender


class ModelsReadmeResource:
    """What the page of a model tells of it."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def get(self, model: str | Owned) -> str:
        """The README of a model, as Markdown.

        404 when the model has none.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.readme.get`: GET /models/{model_owner}/{model_name}/readme.
        """
        return self._sender.send(models_readme_get(model))


class AsyncModelsReadmeResource:
    """What the page of a model tells of it."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def get(self, model: str | Owned) -> str:
        """The README of a model, as Markdown.

        404 when the model has none.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.readme.get`: GET /models/{model_owner}/{model_name}/readme.
        """
        return await self._sender.send(models_readme_get(model))


class ModelsReadmeProtocol(Protocol):
    """What `models.readme` offers, for stand-ins to be checked against."""

    def get(self, model: str | Owned) -> str: ...


class AsyncModelsReadmeProtocol(Protocol):
    """What `models.readme` offers, for stand-ins to be checked against."""

    async def get(self, model: str | Owned) -> str: ...
