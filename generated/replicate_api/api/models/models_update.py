# Made by scripts/regenerate from openapi.yaml; do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...models.model import Model
from ...reading import (
    read_json,
)
from ...types import Operation, Owned
from ...writing import (
    path_owned,
    write_object,
    write_string,
)

if TYPE_CHECKING:
    from httpx import Response


def _parse(response: Response) -> Model:
    return Model.from_dict(read_json(response))


def models_update(
    model: str | Owned,
    *,
    description: str | None = None,
    readme: str | None = None,
    github_url: str | None = None,
    paper_url: str | None = None,
    weights_url: str | None = None,
    license_url: str | None = None,
    extra_body: Mapping[str, Any] | None = None,
) -> Operation[Model]:
    """The model after a change of its texts and links.

    Only the given fields change. Name, owner, visibility and hardware cannot be changed here.

    Args:
        model: The model as `owner/name`, or an object that has an owner and a name.
        description: What the model does.
        readme: The new README, as Markdown.
        github_url: Address of the model's source code.
        paper_url: Address of the paper behind the model.
        weights_url: Address of the model's weights.
        license_url: Address of the model's license.
        extra_body: More fields of the request, sent as they are.

    Operation `models.update`: PATCH /models/{model_owner}/{model_name}.
    """
    _body: dict[str, Any] = {}
    if description is not None:
        _body["description"] = write_string("description", description)
    if readme is not None:
        _body["readme"] = write_string("readme", readme)
    if github_url is not None:
        _body["github_url"] = write_string("github_url", github_url)
    if paper_url is not None:
        _body["paper_url"] = write_string("paper_url", paper_url)
    if weights_url is not None:
        _body["weights_url"] = write_string("weights_url", weights_url)
    if license_url is not None:
        _body["license_url"] = write_string("license_url", license_url)
    if extra_body is not None:
        _body.update(write_object("extra_body", extra_body))
    return Operation(
        "models.update",
        "PATCH",
        f"/models/{path_owned('model', model)}",
        _parse,
        body=_body,
    )
