# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_time,
    wrong,
)
from ..writing import write_time
from .account import Account
from .deployment_configuration import DeploymentConfiguration


@define(kw_only=True, repr=False)
class DeploymentRelease:
    """One state of a deployment; every change makes a new one."""

    number: int
    """Counts the deployment's releases."""
    model: str
    """The model that runs, as `owner/name`."""
    version: str
    """Id of the model version that runs."""
    created_at: datetime
    """When the release was made."""
    created_by: Account | None = None
    """Who made the release."""
    configuration: DeploymentConfiguration | None = None
    """Hardware and scaling."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "DeploymentRelease") -> DeploymentRelease:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("number", None)
        if type(value) is not int:
            raise wrong(field, "number", "an integer", value)
        made.number = value
        value = rest.pop("model", None)
        if not isinstance(value, str):
            raise wrong(field, "model", "a string", value)
        made.model = value
        value = rest.pop("version", None)
        if not isinstance(value, str):
            raise wrong(field, "version", "a string", value)
        made.version = value
        made.created_at = read_time(field, "created_at", rest.pop("created_at", None))
        value = rest.pop("created_by", None)
        made.created_by = None if value is None else Account.from_dict(value, (field, "created_by"))
        value = rest.pop("configuration", None)
        made.configuration = (
            None if value is None else DeploymentConfiguration.from_dict(value, (field, "configuration"))
        )
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "number": self.number,
            "model": self.model,
            "version": self.version,
            "created_at": write_time("created_at", self.created_at),
        }
        if self.created_by is not None:
            result["created_by"] = self.created_by.to_dict()
        if self.configuration is not None:
            result["configuration"] = self.configuration.to_dict()
        return result
