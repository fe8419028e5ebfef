# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from ...models.model import Model
from ...models.model_visibility import ModelVisibility
from ...reading import (
    read_json,
)
from ...types import Operation
from ...writing import (
    write_enum,
    write_object,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Model:
    return Model.from_dict(read_json(response))


def models_create(
    *,
    owner: str,
    name: str,
    visibility: ModelVisibility | Literal["public", "private"],
    hardware: str,
    description: str | None = None,
    github_url: str | None = None,
    paper_url: str | None = None,
    license_url: str | None = None,
    cover_image_url: str | None = None,
    extra_body: Mapping[str, Any] | None = None,
) -> Operation[Model]:
    """A new model that has no versions yet.

    Versions are added by pushing with Cog, or by a training whose destination is the model. An
    account can have 1000 models: prefer new versions to new models.

    Args:
        owner: User or organization to own the model; has to be the account that the token belongs
            to.
        name: The model's name, which none of the owner's other models has.
        visibility: Who shall see and run the model.
        hardware: What the model shall run on, as a `sku` from `hardware.list`.
        description: What the model does.
        github_url: Address of the model's source code.
        paper_url: Address of the paper behind the model.
        license_url: Address of the model's license.
        cover_image_url: Address of an image file that stands for the model.
        extra_body: More fields of the request, sent as they are.

    Operation `models.create`: POST /models.
    """
    _body: dict[str, Any] = {}
    _body["owner"] = write_string("owner", owner)
    _body["name"] = write_string("name", name)
    _body["visibility"] = write_enum("visibility", visibility, ModelVisibility)
    _body["hardware"] = write_string("hardware", hardware)
    if description is not None:
        _body["description"] = write_string("description", description)
    if github_url is not None:
        _body["github_url"] = write_string("github_url", github_url)
    if paper_url is not None:
        _body["paper_url"] = write_string("paper_url", paper_url)
    if license_url is not None:
        _body["license_url"] = write_string("license_url", license_url)
    if cover_image_url is not None:
        _body["cover_image_url"] = write_string("cover_image_url", cover_image_url)
    if extra_body is not None:
        _body.update(write_object("extra_body", extra_body))
    return Operation(
        "models.create",
        "POST",
        "/models",
        _parse,
        body=_body,
    )
