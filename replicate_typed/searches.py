"""The search for models, an operation by hand: OpenAPI 3.1 cannot tell of its method, QUERY; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replicate_api.models.model_page import ModelPage
from replicate_api.reading import read_json
from replicate_api.types import Operation
from replicate_api.writing import write_string

if TYPE_CHECKING:
    from httpx import Response


def models_search(query: str) -> Operation[ModelPage]:
    """One page of the public models that match some words.

    The words are the whole body. A recorded page had 25 models, and was the only one.

    Operation `models.search`: QUERY /models.
    """
    return Operation(
        "models.search",
        "QUERY",
        "/models",
        _parse,
        headers={"Content-Type": "text/plain"},
        body=write_string("query", query).encode(),
        is_repeatable=True,
        is_page=True,
    )


def _parse(response: Response) -> ModelPage:
    return ModelPage.from_dict(read_json(response))
