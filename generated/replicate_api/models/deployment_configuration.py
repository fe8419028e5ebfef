# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    wrong,
)


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "DeploymentConfiguration") -> DeploymentConfiguration:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _hardware = pop("hardware", None)
        if not isinstance(_hardware, str):
            raise wrong(field, "hardware", "a string", _hardware)
        _min_instances = pop("min_instances", None)
        if _min_instances is not None and type(_min_instances) is not int:
            raise wrong(field, "min_instances", "an integer", _min_instances)
        _max_instances = pop("max_instances", None)
        if _max_instances is not None and type(_max_instances) is not int:
            raise wrong(field, "max_instances", "an integer", _max_instances)
        return cls(
            hardware=_hardware,
            min_instances=_min_instances,
            max_instances=_max_instances,
            additional_properties=rest,
        )

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
