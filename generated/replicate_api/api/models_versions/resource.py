# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .models_versions_delete import models_versions_delete
from .models_versions_get import models_versions_get
from .models_versions_list import models_versions_list

if TYPE_CHECKING:
    from ...models.model_version import ModelVersion
    from ...models.model_version_page import ModelVersionPage
    from ...types import AsyncSender, HasId, Owned, Sender


class ModelsVersionsResource:
    """Versions of a model, each with the schema of its input and output."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def list(self, model: str | Owned) -> ModelVersionPage:
        """One page of the versions of a model.

        Newest first. Official models are run without a version, and may answer with none, or 404.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.versions.list`: GET /models/{model_owner}/{model_name}/versions.
        """
        return self._sender.send(models_versions_list(model))

    def get(self, model: str | Owned, version: str | HasId) -> ModelVersion:
        """One version of a model, with the schema of its input and output.

        The schemas are under `openapi_schema.components.schemas`, as `Input` and `Output`.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.
            version: Id of the model version, 64 hexadecimal digits. An object that has the id will
                do.

        Operation `models.versions.get`: GET
        /models/{model_owner}/{model_name}/versions/{version_id}.
        """
        return self._sender.send(models_versions_get(model, version))

    def delete(self, model: str | Owned, version: str | HasId) -> None:
        """Ask for the deletion of a model version.

        The version's predictions and their output files are deleted with it. That happens in the
        background and can take minutes. Refused when

        - the model is not yours, or is public;
        - somebody else has run the version;
        - a training started from it;
        - a deployment uses it;
        - another version is redirected to it.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.
            version: Id of the model version, 64 hexadecimal digits. An object that has the id will
                do.

        Operation `models.versions.delete`: DELETE
        /models/{model_owner}/{model_name}/versions/{version_id}.
        """
        return self._sender.send(models_versions_delete(model, version))


class AsyncModelsVersionsResource:
    """Versions of a model, each with the schema of its input and output."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def list(self, model: str | Owned) -> ModelVersionPage:
        """One page of the versions of a model.

        Newest first. Official models are run without a version, and may answer with none, or 404.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.versions.list`: GET /models/{model_owner}/{model_name}/versions.
        """
        return await self._sender.send(models_versions_list(model))

    async def get(self, model: str | Owned, version: str | HasId) -> ModelVersion:
        """One version of a model, with the schema of its input and output.

        The schemas are under `openapi_schema.components.schemas`, as `Input` and `Output`.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.
            version: Id of the model version, 64 hexadecimal digits. An object that has the id will
                do.

        Operation `models.versions.get`: GET
        /models/{model_owner}/{model_name}/versions/{version_id}.
        """
        return await self._sender.send(models_versions_get(model, version))

    async def delete(self, model: str | Owned, version: str | HasId) -> None:
        """Ask for the deletion of a model version.

        The version's predictions and their output files are deleted with it. That happens in the
        background and can take minutes. Refused when

        - the model is not yours, or is public;
        - somebody else has run the version;
        - a training started from it;
        - a deployment uses it;
        - another version is redirected to it.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.
            version: Id of the model version, 64 hexadecimal digits. An object that has the id will
                do.

        Operation `models.versions.delete`: DELETE
        /models/{model_owner}/{model_name}/versions/{version_id}.
        """
        return await self._sender.send(models_versions_delete(model, version))


class ModelsVersionsProtocol(Protocol):
    """What `models.versions` offers, for stand-ins to be checked against."""

    def list(self, model: str | Owned) -> ModelVersionPage: ...
    def get(self, model: str | Owned, version: str | HasId) -> ModelVersion: ...
    def delete(self, model: str | Owned, version: str | HasId) -> None: ...


class AsyncModelsVersionsProtocol(Protocol):
    """What `models.versions` offers, for stand-ins to be checked against."""

    async def list(self, model: str | Owned) -> ModelVersionPage: ...
    async def get(self, model: str | Owned, version: str | HasId) -> ModelVersion: ...
    async def delete(self, model: str | Owned, version: str | HasId) -> None: ...
