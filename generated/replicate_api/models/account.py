# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_enum,
    wrong,
)
from .account_type import AccountType


@define(kw_only=True)
class Account:
    """A user or an organization."""

    type: AccountType
    """Which of the two it is."""
    username: str
    """The name in addresses and in `owner/name`."""
    name: str | None = None
    """The name people read."""
    github_url: str | None = None
    """The account's page on GitHub."""
    avatar_url: str | None = None
    """The account's picture."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "Account") -> Account:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _type = read_enum(field, "type", pop("type", None), AccountType)
        _username = pop("username", None)
        if not isinstance(_username, str):
            raise wrong(field, "username", "a string", _username)
        _name = pop("name", None)
        if _name is not None and not isinstance(_name, str):
            raise wrong(field, "name", "a string", _name)
        _github_url = pop("github_url", None)
        if _github_url is not None and not isinstance(_github_url, str):
            raise wrong(field, "github_url", "a string", _github_url)
        _avatar_url = pop("avatar_url", None)
        if _avatar_url is not None and not isinstance(_avatar_url, str):
            raise wrong(field, "avatar_url", "a string", _avatar_url)
        return cls(
            type=_type,
            username=_username,
            name=_name,
            github_url=_github_url,
            avatar_url=_avatar_url,
            additional_properties=rest,
        )

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "type": str(self.type),
            "username": self.username,
        }
        if self.name is not None:
            result["name"] = self.name
        if self.github_url is not None:
            result["github_url"] = self.github_url
        if self.avatar_url is not None:
            result["avatar_url"] = self.avatar_url
        return result
