# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_time,
    wrong,
)
from ..writing import write_time
from .account import Account
from .deployment_configuration import DeploymentConfiguration


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "DeploymentRelease") -> DeploymentRelease:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _number = pop("number", None)
        if type(_number) is not int:
            raise wrong(field, "number", "an integer", _number)
        _model = pop("model", None)
        if not isinstance(_model, str):
            raise wrong(field, "model", "a string", _model)
        _version = pop("version", None)
        if not isinstance(_version, str):
            raise wrong(field, "version", "a string", _version)
        _created_at = read_time(field, "created_at", pop("created_at", None))
        _created_by = pop("created_by", None)
        if _created_by is not None:
            _created_by = Account.from_dict(_created_by, f"{field}.created_by")
        _configuration = pop("configuration", None)
        if _configuration is not None:
            _configuration = DeploymentConfiguration.from_dict(_configuration, f"{field}.configuration")
        return cls(
            number=_number,
            model=_model,
            version=_version,
            created_at=_created_at,
            created_by=_created_by,
            configuration=_configuration,
            additional_properties=rest,
        )

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
