# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

from .models_create import models_create
from .models_delete import models_delete
from .models_get import models_get
from .models_list import models_list
from .models_update import models_update

if TYPE_CHECKING:
    from ...models.model import Model
    from ...models.model_page import ModelPage
    from ...models.model_sort_by import ModelSortBy
    from ...models.model_visibility import ModelVisibility
    from ...models.sort_direction import SortDirection
    from ...types import AsyncSender, Owned, Sender
    from ..models_examples.resource import (
        AsyncModelsExamplesResource,
        ModelsExamplesResource,
    )
    from ..models_predictions.resource import (
        AsyncModelsPredictionsResource,
        ModelsPredictionsResource,
    )
    from ..models_readme.resource import AsyncModelsReadmeResource, ModelsReadmeResource
    from ..models_versions.resource import (
        AsyncModelsVersionsResource,
        ModelsVersionsResource,
    )


class ModelsResource:
    """Models, their versions and their predictions."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def examples(self) -> ModelsExamplesResource:
        """Predictions that a model shows as its examples."""
        from ..models_examples.resource import ModelsExamplesResource

        return ModelsExamplesResource(self._sender)

    @cached_property
    def predictions(self) -> ModelsPredictionsResource:
        """Predictions of official models."""
        from ..models_predictions.resource import ModelsPredictionsResource

        return ModelsPredictionsResource(self._sender)

    @cached_property
    def readme(self) -> ModelsReadmeResource:
        """What the page of a model tells of it."""
        from ..models_readme.resource import ModelsReadmeResource

        return ModelsReadmeResource(self._sender)

    @cached_property
    def versions(self) -> ModelsVersionsResource:
        """Versions of a model, each with the schema of its input and output."""
        from ..models_versions.resource import ModelsVersionsResource

        return ModelsVersionsResource(self._sender)

    def list(
        self,
        *,
        sort_by: ModelSortBy | Literal["model_created_at", "latest_version_created_at"] | None = None,
        sort_direction: SortDirection | Literal["asc", "desc"] | None = None,
    ) -> ModelPage:
        """One page of the public models.

        By default the models with the newest versions come first. A recorded page had 25 models.

        Args:
            sort_by: The time to sort by; the service's default is `latest_version_created_at`.
            sort_direction: The order to sort in; the service's default is `desc`.

        Operation `models.list`: GET /models.
        """
        return self._sender.send(models_list(sort_by=sort_by, sort_direction=sort_direction))

    def create(
        self,
        *,
        owner: str,
        name: str,
        visibility: ModelVisibility | Literal["public", "private"],
        hardware: str,
        description: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        license_url: str | None = None,
        cover_image_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model:
        """A new model that has no versions yet.

        Versions are added by pushing with Cog, or by a training whose destination is the model. An
        account can have 1000 models: prefer new versions to new models.

        Args:
            owner: User or organization to own the model; has to be the account that the token
                belongs to.
            name: The model's name, which none of the owner's other models has.
            visibility: Who shall see and run the model.
            hardware: What the model shall run on, as a `sku` from `hardware.list`.
            description: What the model does.
            github_url: Address of the model's source code.
            paper_url: Address of the paper behind the model.
            license_url: Address of the model's license.
            cover_image_url: Address of an image file that stands for the model.
            extra_body: More fields of the request, sent as they are.

        Operation `models.create`: POST /models.
        """
        return self._sender.send(
            models_create(
                owner=owner,
                name=name,
                visibility=visibility,
                hardware=hardware,
                description=description,
                github_url=github_url,
                paper_url=paper_url,
                license_url=license_url,
                cover_image_url=cover_image_url,
                extra_body=extra_body,
            )
        )

    def get(self, model: str | Owned) -> Model:
        """One model with its latest version and default example.

        `latest_version.openapi_schema` describes what the model takes and gives; see
        `ModelVersion`. A private model is visible to its owner only.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.get`: GET /models/{model_owner}/{model_name}.
        """
        return self._sender.send(models_get(model))

    def delete(self, model: str | Owned) -> None:
        """Delete a private model that has no versions.

        Refused unless the model is yours, is private, and has no versions left.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.delete`: DELETE /models/{model_owner}/{model_name}.
        """
        return self._sender.send(models_delete(model))

    def update(
        self,
        model: str | Owned,
        *,
        description: str | None = None,
        readme: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        weights_url: str | None = None,
        license_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model:
        """The model after a change of its texts and links.

        Only the given fields change. Name, owner, visibility and hardware cannot be changed here.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.
            description: What the model does.
            readme: The new README, as Markdown.
            github_url: Address of the model's source code.
            paper_url: Address of the paper behind the model.
            weights_url: Address of the model's weights.
            license_url: Address of the model's license.
            extra_body: More fields of the request, sent as they are.

        Operation `models.update`: PATCH /models/{model_owner}/{model_name}.
        """
        return self._sender.send(
            models_update(
                model,
                description=description,
                readme=readme,
                github_url=github_url,
                paper_url=paper_url,
                weights_url=weights_url,
                license_url=license_url,
                extra_body=extra_body,
            )
        )


class AsyncModelsResource:
    """Models, their versions and their predictions."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def examples(self) -> AsyncModelsExamplesResource:
        """Predictions that a model shows as its examples."""
        from ..models_examples.resource import AsyncModelsExamplesResource

        return AsyncModelsExamplesResource(self._sender)

    @cached_property
    def predictions(self) -> AsyncModelsPredictionsResource:
        """Predictions of official models."""
        from ..models_predictions.resource import AsyncModelsPredictionsResource

        return AsyncModelsPredictionsResource(self._sender)

    @cached_property
    def readme(self) -> AsyncModelsReadmeResource:
        """What the page of a model tells of it."""
        from ..models_readme.resource import AsyncModelsReadmeResource

        return AsyncModelsReadmeResource(self._sender)

    @cached_property
    def versions(self) -> AsyncModelsVersionsResource:
        """Versions of a model, each with the schema of its input and output."""
        from ..models_versions.resource import AsyncModelsVersionsResource

        return AsyncModelsVersionsResource(self._sender)

    async def list(
        self,
        *,
        sort_by: ModelSortBy | Literal["model_created_at", "latest_version_created_at"] | None = None,
        sort_direction: SortDirection | Literal["asc", "desc"] | None = None,
    ) -> ModelPage:
        """One page of the public models.

        By default the models with the newest versions come first. A recorded page had 25 models.

        Args:
            sort_by: The time to sort by; the service's default is `latest_version_created_at`.
            sort_direction: The order to sort in; the service's default is `desc`.

        Operation `models.list`: GET /models.
        """
        return await self._sender.send(models_list(sort_by=sort_by, sort_direction=sort_direction))

    async def create(
        self,
        *,
        owner: str,
        name: str,
        visibility: ModelVisibility | Literal["public", "private"],
        hardware: str,
        description: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        license_url: str | None = None,
        cover_image_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model:
        """A new model that has no versions yet.

        Versions are added by pushing with Cog, or by a training whose destination is the model. An
        account can have 1000 models: prefer new versions to new models.

        Args:
            owner: User or organization to own the model; has to be the account that the token
                belongs to.
            name: The model's name, which none of the owner's other models has.
            visibility: Who shall see and run the model.
            hardware: What the model shall run on, as a `sku` from `hardware.list`.
            description: What the model does.
            github_url: Address of the model's source code.
            paper_url: Address of the paper behind the model.
            license_url: Address of the model's license.
            cover_image_url: Address of an image file that stands for the model.
            extra_body: More fields of the request, sent as they are.

        Operation `models.create`: POST /models.
        """
        return await self._sender.send(
            models_create(
                owner=owner,
                name=name,
                visibility=visibility,
                hardware=hardware,
                description=description,
                github_url=github_url,
                paper_url=paper_url,
                license_url=license_url,
                cover_image_url=cover_image_url,
                extra_body=extra_body,
            )
        )

    async def get(self, model: str | Owned) -> Model:
        """One model with its latest version and default example.

        `latest_version.openapi_schema` describes what the model takes and gives; see
        `ModelVersion`. A private model is visible to its owner only.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.get`: GET /models/{model_owner}/{model_name}.
        """
        return await self._sender.send(models_get(model))

    async def delete(self, model: str | Owned) -> None:
        """Delete a private model that has no versions.

        Refused unless the model is yours, is private, and has no versions left.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.

        Operation `models.delete`: DELETE /models/{model_owner}/{model_name}.
        """
        return await self._sender.send(models_delete(model))

    async def update(
        self,
        model: str | Owned,
        *,
        description: str | None = None,
        readme: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        weights_url: str | None = None,
        license_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model:
        """The model after a change of its texts and links.

        Only the given fields change. Name, owner, visibility and hardware cannot be changed here.

        Args:
            model: The model as `owner/name`, or an object that has an owner and a name.
            description: What the model does.
            readme: The new README, as Markdown.
            github_url: Address of the model's source code.
            paper_url: Address of the paper behind the model.
            weights_url: Address of the model's weights.
            license_url: Address of the model's license.
            extra_body: More fields of the request, sent as they are.

        Operation `models.update`: PATCH /models/{model_owner}/{model_name}.
        """
        return await self._sender.send(
            models_update(
                model,
                description=description,
                readme=readme,
                github_url=github_url,
                paper_url=paper_url,
                weights_url=weights_url,
                license_url=license_url,
                extra_body=extra_body,
            )
        )


class ModelsProtocol(Protocol):
    """What `models` offers, for stand-ins to be checked against."""

    def list(
        self,
        *,
        sort_by: ModelSortBy | Literal["model_created_at", "latest_version_created_at"] | None = None,
        sort_direction: SortDirection | Literal["asc", "desc"] | None = None,
    ) -> ModelPage: ...
    def create(
        self,
        *,
        owner: str,
        name: str,
        visibility: ModelVisibility | Literal["public", "private"],
        hardware: str,
        description: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        license_url: str | None = None,
        cover_image_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model: ...
    def get(self, model: str | Owned) -> Model: ...
    def delete(self, model: str | Owned) -> None: ...
    def update(
        self,
        model: str | Owned,
        *,
        description: str | None = None,
        readme: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        weights_url: str | None = None,
        license_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model: ...


class AsyncModelsProtocol(Protocol):
    """What `models` offers, for stand-ins to be checked against."""

    async def list(
        self,
        *,
        sort_by: ModelSortBy | Literal["model_created_at", "latest_version_created_at"] | None = None,
        sort_direction: SortDirection | Literal["asc", "desc"] | None = None,
    ) -> ModelPage: ...
    async def create(
        self,
        *,
        owner: str,
        name: str,
        visibility: ModelVisibility | Literal["public", "private"],
        hardware: str,
        description: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        license_url: str | None = None,
        cover_image_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model: ...
    async def get(self, model: str | Owned) -> Model: ...
    async def delete(self, model: str | Owned) -> None: ...
    async def update(
        self,
        model: str | Owned,
        *,
        description: str | None = None,
        readme: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        weights_url: str | None = None,
        license_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Model: ...
