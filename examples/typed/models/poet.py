# Made by `replicate-typed types add acme/poet`; do not edit.
"""acme/poet, a model on Replicate: what it takes, and what it gives."""

from __future__ import annotations

from typing import Annotated

from attrs import define

from replicate_typed.typed_models import ConcatenatedText, Limits, ModelReference, Output


@define(kw_only=True)
class PoetInput:
    """What acme/poet takes.

    Writes a line or two.
    """

    subject: Annotated[str, Limits(max_length=100)]
    """What the poem is about

    Of at most 100 characters.
    """
    max_words: Annotated[int, Limits(ge=1, le=50)] | None = 12
    """How long it may be

    From 1 to 50. Default: 12.
    """


poet = ModelReference("acme/poet", PoetInput, Output[ConcatenatedText])
"""Run it with `client.run(poet(…))`."""
