# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.account import Account
from ...reading import (
    read_json,
)
from ...types import Operation

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Account:
    return Account.from_dict(read_json(response))


def account_get() -> Operation[Account]:
    """The account that the API token belongs to.

    A user or an organization. Also the cheapest way to learn whether a token is valid.

    Operation `account.get`: GET /account.
    """
    return Operation(
        "account.get",
        "GET",
        "/account",
        _parse,
        is_repeatable=True,
    )
