# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Protocol

from .hardware_list import hardware_list

if TYPE_CHECKING:
    from ...models.hardware import Hardware
    from ...types import AsyncSender, Sender


class HardwareResource:
    """What models can run on."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def list(
        self,
    ) -> builtins.list[Hardware]:
        """Every kind of hardware that models can run on.

        A plain list, not a page. A kind's `sku` is what models and deployments are created with.

        Operation `hardware.list`: GET /hardware.
        """
        return self._sender.send(hardware_list())


class AsyncHardwareResource:
    """What models can run on."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def list(
        self,
    ) -> builtins.list[Hardware]:
        """Every kind of hardware that models can run on.

        A plain list, not a page. A kind's `sku` is what models and deployments are created with.

        Operation `hardware.list`: GET /hardware.
        """
        return await self._sender.send(hardware_list())


class HardwareProtocol(Protocol):
    """What `hardware` offers, for stand-ins to be checked against."""

    def list(
        self,
    ) -> builtins.list[Hardware]: ...


class AsyncHardwareProtocol(Protocol):
    """What `hardware` offers, for stand-ins to be checked against."""

    async def list(
        self,
    ) -> builtins.list[Hardware]: ...
