"""The schemas of models in the recorded traffic, with their default examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cassettes import exchanges

from replicate_typed.transports.mock.problems import is_object
from replicate_typed.transports.mock.schemas import is_array


@dataclass(frozen=True)
class RecordedModel:
    """A version with a schema, as it was recorded."""

    name: str
    version: str
    document: dict[str, Any]
    example: dict[str, Any] | None
    """The default example: a prediction."""

    def __str__(self) -> str:
        return f"{self.name}-{self.version[:8]}"


def recorded_models() -> list[RecordedModel]:
    """Every version with a schema, once; none when the recordings are not there."""
    found: dict[str, RecordedModel] = {}
    for exchange in exchanges():
        if "json" in exchange.content_type and "openapi_schema" in exchange.text:
            for each in _models_in(exchange.json, "acme/unnamed"):
                if each.version not in found or found[each.version].example is None:
                    found[each.version] = each
    return list(found.values())


def _models_in(value: object, name: str, example: dict[str, Any] | None = None) -> Iterator[RecordedModel]:
    if is_array(value):
        for item in value:
            yield from _models_in(item, name)
    if not is_object(value):
        return
    if is_object(value.get("openapi_schema")):
        yield RecordedModel(name, value["id"], value["openapi_schema"], example)
    if is_object(value.get("latest_version")):
        name = f"{value['owner']}/{value['name']}"
        yield from _models_in(value["latest_version"], name, value.get("default_example"))
    else:
        for inner in value.values():
            yield from _models_in(inner, name)
