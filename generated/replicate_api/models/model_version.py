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


@define(kw_only=True, repr=False)
class ModelVersion:
    """A model as it was pushed at one time; it never changes."""

    id: str
    """Identifies the version, 64 hexadecimal digits."""
    created_at: datetime
    """When the version was pushed."""
    cog_version: str | None = None
    """The Cog it was built with; not always a number (`dev`, `0.1.3+shimmed`)."""
    openapi_schema: dict[str, Any] | None = None
    """An OpenAPI document about the model, 8 to 17 KB. Under `components.schemas`, `Input` and
    `Output` tell what it takes and gives; one that can be trained has `TrainingInput` and
    `TrainingOutput`.
    """
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "ModelVersion") -> ModelVersion:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        made = object.__new__(cls)  # __init__ with so many names takes as long as all of the reading
        value: Any
        value = rest.pop("id", None)
        if not isinstance(value, str):
            raise wrong(field, "id", "a string", value)
        made.id = value
        made.created_at = read_time(field, "created_at", rest.pop("created_at", None))
        value = rest.pop("cog_version", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "cog_version", "a string", value)
        made.cog_version = value
        value = rest.pop("openapi_schema", None)
        if value is not None and not isinstance(value, dict):
            raise wrong(field, "openapi_schema", "an object", value)
        made.openapi_schema = value
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "id": self.id,
            "created_at": write_time("created_at", self.created_at),
        }
        if self.cog_version is not None:
            result["cog_version"] = self.cog_version
        if self.openapi_schema is not None:
            result["openapi_schema"] = self.openapi_schema
        return result
