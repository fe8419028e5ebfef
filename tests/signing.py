"""Functions for tests of what their annotations say."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from replicate_typed.transports.mock.signatures.signature import Signature, signature_of

NOTHING: Any = inspect.Parameter.empty


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    SMALL = 256
    LARGE = 512


class Box(TypedDict):
    left: int
    label: NotRequired[str]
    parts: list[Box]


@dataclass
class Weights:
    of_text: float
    of_image: float = 0.5


def taking(annotation: Any, default: Any = NOTHING) -> Callable[..., Any]:
    """A function with one parameter, `x`."""

    def model(**values: Any) -> Any:
        return values

    parameter = inspect.Parameter("x", inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
    setattr(model, "__signature__", inspect.Signature([parameter]))  # noqa: B010 -- unknown to checkers
    return model


def giving(annotation: Any) -> Callable[..., Any]:
    """A function that returns what is so annotated."""

    def model() -> Any: ...

    model.__annotations__["return"] = annotation
    return model


def signed(function: Callable[..., Any]) -> Signature:
    return signature_of(function, what="acme/model")


def input_schema(annotation: Any, default: Any = NOTHING) -> dict[str, Any]:
    """The schema of the parameter, apart from its title and its place."""
    schema = signed(taking(annotation, default)).input_schema["properties"]["x"]
    return {key: value for key, value in schema.items() if key not in ("title", "x-order")}


def argument(annotation: Any, value: object) -> Any:
    """What the function gets for a value."""
    return signed(taking(annotation)).arguments({"x": value}, downloaded)["x"]


def downloaded(address: str) -> Path:
    """Where the file of an address would be."""
    return Path("/downloads") / address.rpartition("/")[2]
