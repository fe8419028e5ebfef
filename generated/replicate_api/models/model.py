# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    Where,
    read_enum,
    read_time,
    wrong,
)
from ..writing import write_time
from .model_version import ModelVersion
from .model_visibility import ModelVisibility
from .prediction import Prediction


@define(kw_only=True, repr=False)
class Model:
    """A model and what its page on the website tells of it."""

    owner: str
    """User or organization that the model belongs to."""
    name: str
    """The model's name without its owner."""
    url: str
    """The model's page on the website."""
    description: str | None = None
    """What the model does, in the words of its owner."""
    visibility: ModelVisibility
    """Who can see and run the model."""
    is_official: bool | None = None
    """Whether Replicate looks after the model, with a stable interface, a known price and no cold
    starts; such models are run by name alone.
    """
    run_count: int
    """How often the model has been run by anyone."""
    created_at: datetime | None = None
    """When the model was created."""
    github_url: str | None = None
    """The model's source code."""
    paper_url: str | None = None
    """The paper behind the model."""
    license_url: str | None = None
    """The license the model is under."""
    weights_url: str | None = None
    """The model's weights."""
    cover_image_url: str | None = None
    """A picture for the model: its owner's choice, else a file of the default example, else a
    placeholder.
    """
    default_example: Prediction | None = None
    """A prediction that shows what the model can do."""
    latest_version: ModelVersion | None = None
    """The version pushed last."""
    additional_properties: dict[str, Any] = attribute(factory=lambda: {}, repr=False)
    """What the service sent beyond the fields above, as it came."""

    def __repr__(self) -> str:
        from ..showing import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from ..showing import table

        return table(self)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: Where = "Model") -> Model:
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
        value = rest.pop("url", None)
        if not isinstance(value, str):
            raise wrong(field, "url", "a string", value)
        made.url = value
        value = rest.pop("description", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "description", "a string", value)
        made.description = value
        made.visibility = read_enum(field, "visibility", rest.pop("visibility", None), ModelVisibility)
        value = rest.pop("is_official", None)
        if value is not None and not isinstance(value, bool):
            raise wrong(field, "is_official", "true or false", value)
        made.is_official = value
        value = rest.pop("run_count", None)
        if type(value) is not int:
            raise wrong(field, "run_count", "an integer", value)
        made.run_count = value
        value = rest.pop("created_at", None)
        made.created_at = None if value is None else read_time(field, "created_at", value)
        value = rest.pop("github_url", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "github_url", "a string", value)
        made.github_url = value
        value = rest.pop("paper_url", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "paper_url", "a string", value)
        made.paper_url = value
        value = rest.pop("license_url", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "license_url", "a string", value)
        made.license_url = value
        value = rest.pop("weights_url", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "weights_url", "a string", value)
        made.weights_url = value
        value = rest.pop("cover_image_url", None)
        if value is not None and not isinstance(value, str):
            raise wrong(field, "cover_image_url", "a string", value)
        made.cover_image_url = value
        value = rest.pop("default_example", None)
        made.default_example = None if value is None else Prediction.from_dict(value, (field, "default_example"))
        value = rest.pop("latest_version", None)
        made.latest_version = None if value is None else ModelVersion.from_dict(value, (field, "latest_version"))
        made.additional_properties = rest
        return made

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; what is None is left out."""
        result: dict[str, Any] = {
            **self.additional_properties,
            "owner": self.owner,
            "name": self.name,
            "url": self.url,
            "visibility": str(self.visibility),
            "run_count": self.run_count,
        }
        if self.description is not None:
            result["description"] = self.description
        if self.is_official is not None:
            result["is_official"] = self.is_official
        if self.created_at is not None:
            result["created_at"] = write_time("created_at", self.created_at)
        if self.github_url is not None:
            result["github_url"] = self.github_url
        if self.paper_url is not None:
            result["paper_url"] = self.paper_url
        if self.license_url is not None:
            result["license_url"] = self.license_url
        if self.weights_url is not None:
            result["weights_url"] = self.weights_url
        if self.cover_image_url is not None:
            result["cover_image_url"] = self.cover_image_url
        if self.default_example is not None:
            result["default_example"] = self.default_example.to_dict()
        if self.latest_version is not None:
            result["latest_version"] = self.latest_version.to_dict()
        return result
