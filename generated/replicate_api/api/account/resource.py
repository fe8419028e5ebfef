# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .account_get import account_get

if TYPE_CHECKING:
    from ...models.account import Account
    from ...types import AsyncSender, Sender


class AccountResource:
    """The account that the token belongs to."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    def get(
        self,
    ) -> Account:
        """The account that the API token belongs to.

        A user or an organization. Also the cheapest way to learn whether a token is valid.

        Operation `account.get`: GET /account.
        """
        return self._sender.send(account_get())


class AsyncAccountResource:
    """The account that the token belongs to."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"

    async def get(
        self,
    ) -> Account:
        """The account that the API token belongs to.

        A user or an organization. Also the cheapest way to learn whether a token is valid.

        Operation `account.get`: GET /account.
        """
        return await self._sender.send(account_get())


class AccountProtocol(Protocol):
    """What `account` offers, for stand-ins to be checked against."""

    def get(
        self,
    ) -> Account: ...


class AsyncAccountProtocol(Protocol):
    """What `account` offers, for stand-ins to be checked against."""

    async def get(
        self,
    ) -> Account: ...
