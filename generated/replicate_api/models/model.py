# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define
from attrs import field as attribute

from ..reading import (
    read_enum,
    read_time,
    wrong,
)
from ..writing import write_time
from .model_version import ModelVersion
from .model_visibility import ModelVisibility
from .prediction import Prediction


@define(kw_only=True)
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

    @classmethod
    def from_dict(cls, source: Mapping[str, Any], field: str = "Model") -> Model:
        """The object that JSON describes; raises `UndecodableError`, which calls the object `field`, if it does not."""
        if not isinstance(source, builtins.dict):
            raise wrong(field, "", "an object", source)
        rest: dict[str, Any] = source.copy()
        pop = rest.pop
        _owner = pop("owner", None)
        if not isinstance(_owner, str):
            raise wrong(field, "owner", "a string", _owner)
        _name = pop("name", None)
        if not isinstance(_name, str):
            raise wrong(field, "name", "a string", _name)
        _url = pop("url", None)
        if not isinstance(_url, str):
            raise wrong(field, "url", "a string", _url)
        _description = pop("description", None)
        if _description is not None and not isinstance(_description, str):
            raise wrong(field, "description", "a string", _description)
        _visibility = read_enum(field, "visibility", pop("visibility", None), ModelVisibility)
        _is_official = pop("is_official", None)
        if _is_official is not None and not isinstance(_is_official, bool):
            raise wrong(field, "is_official", "true or false", _is_official)
        _run_count = pop("run_count", None)
        if type(_run_count) is not int:
            raise wrong(field, "run_count", "an integer", _run_count)
        _created_at = pop("created_at", None)
        if _created_at is not None:
            _created_at = read_time(field, "created_at", _created_at)
        _github_url = pop("github_url", None)
        if _github_url is not None and not isinstance(_github_url, str):
            raise wrong(field, "github_url", "a string", _github_url)
        _paper_url = pop("paper_url", None)
        if _paper_url is not None and not isinstance(_paper_url, str):
            raise wrong(field, "paper_url", "a string", _paper_url)
        _license_url = pop("license_url", None)
        if _license_url is not None and not isinstance(_license_url, str):
            raise wrong(field, "license_url", "a string", _license_url)
        _weights_url = pop("weights_url", None)
        if _weights_url is not None and not isinstance(_weights_url, str):
            raise wrong(field, "weights_url", "a string", _weights_url)
        _cover_image_url = pop("cover_image_url", None)
        if _cover_image_url is not None and not isinstance(_cover_image_url, str):
            raise wrong(field, "cover_image_url", "a string", _cover_image_url)
        _default_example = pop("default_example", None)
        if _default_example is not None:
            _default_example = Prediction.from_dict(_default_example, f"{field}.default_example")
        _latest_version = pop("latest_version", None)
        if _latest_version is not None:
            _latest_version = ModelVersion.from_dict(_latest_version, f"{field}.latest_version")
        return cls(
            owner=_owner,
            name=_name,
            url=_url,
            description=_description,
            visibility=_visibility,
            is_official=_is_official,
            run_count=_run_count,
            created_at=_created_at,
            github_url=_github_url,
            paper_url=_paper_url,
            license_url=_license_url,
            weights_url=_weights_url,
            cover_image_url=_cover_image_url,
            default_example=_default_example,
            latest_version=_latest_version,
            additional_properties=rest,
        )

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
