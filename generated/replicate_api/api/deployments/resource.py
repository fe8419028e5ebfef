# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from .deployments_create import deployments_create
from .deployments_delete import deployments_delete
from .deployments_get import deployments_get
from .deployments_list import deployments_list
from .deployments_update import deployments_update

if TYPE_CHECKING:
    from ...models.deployment import Deployment
    from ...models.deployment_page import DeploymentPage
    from ...types import AsyncSender, Owned, Sender
    from ..deployments_predictions.resource import (
        AsyncDeploymentsPredictionsResource,
        DeploymentsPredictionsResource,
    )


class DeploymentsResource:
    """Deployments: models that are kept ready on hardware of your choice."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def predictions(self) -> DeploymentsPredictionsResource:
        """Predictions of deployments."""
        from ..deployments_predictions.resource import DeploymentsPredictionsResource

        return DeploymentsPredictionsResource(self._sender)

    def list(
        self,
    ) -> DeploymentPage:
        """One page of your deployments.

        Newest first. Each one carries its current release with the configuration.

        Operation `deployments.list`: GET /deployments.
        """
        return self._sender.send(deployments_list())

    def create(
        self,
        *,
        name: str,
        model: str,
        version: str,
        hardware: str,
        min_instances: int,
        max_instances: int,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment:
        """A new deployment of one model version.

        A deployment is a private endpoint with its own hardware and its own limits of scaling.
        Instances are billed for as long as they are up, so anything above zero in `min_instances`
        costs money around the clock. The deployment belongs to the token's account.

        Args:
            name: The deployment's name, without an owner.
            model: The model to run, as `owner/name`.
            version: Id of the model version to run, 64 hexadecimal digits.
            hardware: What to run it on, as a `sku` from `hardware.list`.
            min_instances: Instances that are always up, 0 to 5; with 0, the first request after a
                pause waits.
            max_instances: The most instances that may be started under load, 0 to 20.
            extra_body: More fields of the request, sent as they are.

        Operation `deployments.create`: POST /deployments.
        """
        return self._sender.send(
            deployments_create(
                name=name,
                model=model,
                version=version,
                hardware=hardware,
                min_instances=min_instances,
                max_instances=max_instances,
                extra_body=extra_body,
            )
        )

    def get(self, deployment: str | Owned) -> Deployment:
        """One deployment with its current release.

        The release says which version runs, on what hardware, and with how many instances.

        Args:
            deployment: The deployment as `owner/name`, or an object that has an owner and a name.

        Operation `deployments.get`: GET /deployments/{deployment_owner}/{deployment_name}.
        """
        return self._sender.send(deployments_get(deployment))

    def delete(self, deployment: str | Owned) -> None:
        """Delete an idle deployment.

        Refused unless the deployment is offline and nobody has used it in the last 15 minutes.
        Scale it to zero instances first.

        Args:
            deployment: The deployment as `owner/name`, or an object that has an owner and a name.

        Operation `deployments.delete`: DELETE /deployments/{deployment_owner}/{deployment_name}.
        """
        return self._sender.send(deployments_delete(deployment))

    def update(
        self,
        deployment: str | Owned,
        *,
        version: str | None = None,
        hardware: str | None = None,
        min_instances: int | None = None,
        max_instances: int | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment:
        """The deployment after a change of version, hardware or scaling.

        Only the given fields change. Each change makes a new release, so `current_release.number`
        goes up by one.

        Args:
            deployment: The deployment as `owner/name`, or an object that has an owner and a name.
            version: Id of the model version to run from now on.
            hardware: What to run it on, as a `sku` from `hardware.list`.
            min_instances: Instances that are always up, 0 to 5.
            max_instances: The most instances that may be started under load, 0 to 20.
            extra_body: More fields of the request, sent as they are.

        Operation `deployments.update`: PATCH /deployments/{deployment_owner}/{deployment_name}.
        """
        return self._sender.send(
            deployments_update(
                deployment,
                version=version,
                hardware=hardware,
                min_instances=min_instances,
                max_instances=max_instances,
                extra_body=extra_body,
            )
        )


class AsyncDeploymentsResource:
    """Deployments: models that are kept ready on hardware of your choice."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    @cached_property
    def predictions(self) -> AsyncDeploymentsPredictionsResource:
        """Predictions of deployments."""
        from ..deployments_predictions.resource import (
            AsyncDeploymentsPredictionsResource,
        )

        return AsyncDeploymentsPredictionsResource(self._sender)

    async def list(
        self,
    ) -> DeploymentPage:
        """One page of your deployments.

        Newest first. Each one carries its current release with the configuration.

        Operation `deployments.list`: GET /deployments.
        """
        return await self._sender.send(deployments_list())

    async def create(
        self,
        *,
        name: str,
        model: str,
        version: str,
        hardware: str,
        min_instances: int,
        max_instances: int,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment:
        """A new deployment of one model version.

        A deployment is a private endpoint with its own hardware and its own limits of scaling.
        Instances are billed for as long as they are up, so anything above zero in `min_instances`
        costs money around the clock. The deployment belongs to the token's account.

        Args:
            name: The deployment's name, without an owner.
            model: The model to run, as `owner/name`.
            version: Id of the model version to run, 64 hexadecimal digits.
            hardware: What to run it on, as a `sku` from `hardware.list`.
            min_instances: Instances that are always up, 0 to 5; with 0, the first request after a
                pause waits.
            max_instances: The most instances that may be started under load, 0 to 20.
            extra_body: More fields of the request, sent as they are.

        Operation `deployments.create`: POST /deployments.
        """
        return await self._sender.send(
            deployments_create(
                name=name,
                model=model,
                version=version,
                hardware=hardware,
                min_instances=min_instances,
                max_instances=max_instances,
                extra_body=extra_body,
            )
        )

    async def get(self, deployment: str | Owned) -> Deployment:
        """One deployment with its current release.

        The release says which version runs, on what hardware, and with how many instances.

        Args:
            deployment: The deployment as `owner/name`, or an object that has an owner and a name.

        Operation `deployments.get`: GET /deployments/{deployment_owner}/{deployment_name}.
        """
        return await self._sender.send(deployments_get(deployment))

    async def delete(self, deployment: str | Owned) -> None:
        """Delete an idle deployment.

        Refused unless the deployment is offline and nobody has used it in the last 15 minutes.
        Scale it to zero instances first.

        Args:
            deployment: The deployment as `owner/name`, or an object that has an owner and a name.

        Operation `deployments.delete`: DELETE /deployments/{deployment_owner}/{deployment_name}.
        """
        return await self._sender.send(deployments_delete(deployment))

    async def update(
        self,
        deployment: str | Owned,
        *,
        version: str | None = None,
        hardware: str | None = None,
        min_instances: int | None = None,
        max_instances: int | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment:
        """The deployment after a change of version, hardware or scaling.

        Only the given fields change. Each change makes a new release, so `current_release.number`
        goes up by one.

        Args:
            deployment: The deployment as `owner/name`, or an object that has an owner and a name.
            version: Id of the model version to run from now on.
            hardware: What to run it on, as a `sku` from `hardware.list`.
            min_instances: Instances that are always up, 0 to 5.
            max_instances: The most instances that may be started under load, 0 to 20.
            extra_body: More fields of the request, sent as they are.

        Operation `deployments.update`: PATCH /deployments/{deployment_owner}/{deployment_name}.
        """
        return await self._sender.send(
            deployments_update(
                deployment,
                version=version,
                hardware=hardware,
                min_instances=min_instances,
                max_instances=max_instances,
                extra_body=extra_body,
            )
        )


class DeploymentsProtocol(Protocol):
    """What `deployments` offers, for stand-ins to be checked against."""

    def list(
        self,
    ) -> DeploymentPage: ...
    def create(
        self,
        *,
        name: str,
        model: str,
        version: str,
        hardware: str,
        min_instances: int,
        max_instances: int,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment: ...
    def get(self, deployment: str | Owned) -> Deployment: ...
    def delete(self, deployment: str | Owned) -> None: ...
    def update(
        self,
        deployment: str | Owned,
        *,
        version: str | None = None,
        hardware: str | None = None,
        min_instances: int | None = None,
        max_instances: int | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment: ...


class AsyncDeploymentsProtocol(Protocol):
    """What `deployments` offers, for stand-ins to be checked against."""

    async def list(
        self,
    ) -> DeploymentPage: ...
    async def create(
        self,
        *,
        name: str,
        model: str,
        version: str,
        hardware: str,
        min_instances: int,
        max_instances: int,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment: ...
    async def get(self, deployment: str | Owned) -> Deployment: ...
    async def delete(self, deployment: str | Owned) -> None: ...
    async def update(
        self,
        deployment: str | Owned,
        *,
        version: str | None = None,
        hardware: str | None = None,
        min_instances: int | None = None,
        max_instances: int | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Deployment: ...
