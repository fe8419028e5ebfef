# Made by `replicate-typed types add acme/painter`; do not edit.
"""acme/painter, a model on Replicate: what it takes, and what it gives."""

from __future__ import annotations

from typing import Annotated, Literal

from attrs import define

from replicate_typed.typed_models import FileInput, Limits, ModelReference, Output, OutputFile


@define(kw_only=True)
class PainterInput:
    """What acme/painter takes.

    Paints what it is told to.
    """

    prompt: str
    """What is to be seen on the picture"""
    image: FileInput | None = None
    """A picture to begin with"""
    aspect_ratio: Literal["1:1", "3:2", "16:9"] | None = "1:1"
    """Width and height of the picture

    Default: "1:1".
    """
    num_outputs: Annotated[int, Limits(ge=1, le=4)] | None = 1
    """How many pictures

    From 1 to 4. Default: 1.
    """
    guidance: Annotated[float, Limits(ge=0, le=10)] | None = 3.5
    """How closely the prompt is followed

    From 0 to 10. Default: 3.5.
    """


painter = ModelReference("acme/painter", PainterInput, Output[list[OutputFile]])
"""Run it with `client.run(painter(…))`."""
