# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    wrong,
)
from .deployment_release import DeploymentRelease


@define(kw_only=True, repr=False)
class Deployment:
    """A private endpoint that runs one model version on hardware of its own."""

    owner: str
    """User or organization that the deployment belongs to."""
    name: str
    """The deployment's name without its owner."""
    current_release: DeploymentRelease | None = None
    """What the deployment runs now."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "Deployment") -> Deployment:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("owner", None)
        if not isinstance(value, str):
            raise wrong(field, "owner", "a string", value)
        made.owner = value
        value = rest.pop("name", None)
        if not isinstance(value, str):
            raise wrong(field, "name", "a string", value)
        made.name = value
        value = rest.pop("current_release", None)
        made.current_release = None if value is None else DeploymentRelease.from_dict(value, (field, "current_release"))
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "owner": self.owner,
            "name": self.name,
        }
        if self.current_release is not None:
            result["current_release"] = self.current_release.to_dict()
        return result
