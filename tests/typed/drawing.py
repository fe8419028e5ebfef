# Made by `replicate-typed types add acme/drawing`; do not edit.
"""acme/drawing, a model on Replicate: what it takes, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

from attrs import define, field as attribute

from replicate_typed.typed_models import FileInput, Limits, ModelReference, Output, OutputFile, SecretInput, WireName

DrawingSize: TypeAlias = Literal[
    "256x256",
    "384x384",
    "512x512",
    "640x640",
    "768x768",
    "896x896",
    "1024x1024",
    "1152x1152",
    "1280x1280",
    "1408x1408",
    "1536x1536",
    "1664x1664",
    "1792x1792",
    "1920x1920",
]


@define(kw_only=True)
class DrawingInput:
    """What acme/drawing takes.

    Draws what it is told to, slowly.

    Not for children.
    """

    prompt: str
    """What to "draw\""""
    masks: Sequence[FileInput]
    image: FileInput | None = None
    scheduler: Literal["DDIM", "K_EULER"] | None = "K_EULER"
    """Default: "K_EULER"."""
    size: DrawingSize | None = "512x512"
    """Default: "512x512"."""
    steps: Annotated[int, Limits(ge=1, le=50)] | None = 4
    """How

    From 1 to 50. Default: 4.
    """
    guidance: Annotated[float, Limits(ge=0)] | None = 7.5
    """At least 0. Default: 7.5. Deprecated."""
    from_: Annotated[str, WireName("from")] | None = None
    """Where to begin"""
    api_key: SecretInput | None = None
    negative_prompt: str | None = (
        "ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, "
        "ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, ugly, blurry"
    )
    options: Mapping[str, Any] | None = None


@define(kw_only=True)
class DrawingOutputBoxes:
    """What acme/drawing gives under boxes."""

    class_: Annotated[str, WireName("class")] | None = None
    additional_properties: dict[str, Any] = attribute(factory=dict[str, Any], repr=False)
    """What it gave beyond the fields above, as it came."""


@define(kw_only=True)
class DrawingOutput:
    """What acme/drawing gives."""

    images: list[OutputFile]
    note: str | None = None
    """What the model thought"""
    boxes: list[DrawingOutputBoxes] | None = None
    additional_properties: dict[str, Any] = attribute(factory=dict[str, Any], repr=False)
    """What it gave beyond the fields above, as it came."""


drawing = ModelReference("acme/drawing", DrawingInput, Output[DrawingOutput])
"""Run it with `client.run(drawing(…))`."""
