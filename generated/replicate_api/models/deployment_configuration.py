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


@define(kw_only=True, repr=False)
class DeploymentConfiguration:
    """What a release of a deployment runs on."""

    hardware: str
    """The hardware, as a `sku` from `hardware.list`."""
    min_instances: int | None = None
    """Instances that are always up."""
    max_instances: int | None = None
    """The most instances that are started under load."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "DeploymentConfiguration") -> DeploymentConfiguration:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("hardware", None)
        if not isinstance(value, str):
            raise wrong(field, "hardware", "a string", value)
        made.hardware = value
        value = rest.pop("min_instances", None)
        if value is not None and type(value) is not int:
            raise wrong(field, "min_instances", "an integer", value)
        made.min_instances = value
        value = rest.pop("max_instances", None)
        if value is not None and type(value) is not int:
            raise wrong(field, "max_instances", "an integer", value)
        made.max_instances = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "hardware": self.hardware,
        }
        if self.min_instances is not None:
            result["min_instances"] = self.min_instances
        if self.max_instances is not None:
            result["max_instances"] = self.max_instances
        return result
