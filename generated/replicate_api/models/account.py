# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_enum,
    wrong,
)
from .account_type import AccountType


@define(kw_only=True, repr=False)
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

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "Account") -> Account:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        made.type = read_enum(field, "type", rest.pop("type", None), AccountType)
        value = rest.pop("username", None)
        if not isinstance(value, str):
            raise wrong(field, "username", "a string", value)
        made.username = value
        value = rest.pop("name", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "name", "a string", value)
        made.name = value
        value = rest.pop("github_url", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "github_url", "a string", value)
        made.github_url = value
        value = rest.pop("avatar_url", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "avatar_url", "a string", value)
        made.avatar_url = value
        made.additional_properties = rest
        return made

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
