"""Postcards from places: a picture on the front, a greeting on the back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import replicate_typed
from replicate_typed import AsyncClient, Client, ModelError, RunTimeoutError

PAINTER = "black-forest-labs/flux-schnell"
WRITER = "meta/meta-llama-3-8b-instruct"
PATIENCE = 60  # seconds that anybody waits for a postcard


class NoPostcardError(Exception):
    """There is no postcard from this place."""


@dataclass(frozen=True)
class Postcard:
    place: str
    picture: str
    greeting: str


def postcard(place: str) -> Postcard:
    """A postcard from a place; raises NoPostcardError when there is none, or none in time."""
    try:
        pictures = replicate_typed.run(PAINTER, {"prompt": f"a postcard from {place}"}, timeout=PATIENCE)
        words = replicate_typed.run(WRITER, {"prompt": f"greetings from {place}", "max_tokens": 40}, timeout=PATIENCE)
    except ModelError as error:
        raise NoPostcardError(f"no postcard from {place}: {error.prediction.error}") from error
    except RunTimeoutError as error:
        raise NoPostcardError(f"no postcard from {place} within {PATIENCE} seconds") from error
    return Postcard(place, pictures[0], "".join(words))


class Album:
    """Pictures of many places, painted side by side."""

    def __init__(self, client: AsyncClient | None = None) -> None:
        self._client = client or AsyncClient()

    async def pictures(self, places: Sequence[str]) -> dict[str, str]:
        """A picture of each place."""
        inputs = [{"prompt": f"a postcard from {place}", "aspect_ratio": "3:2"} for place in places]
        outputs = await asyncio.gather(*[self._client.run(PAINTER, input) for input in inputs])
        return {place: output[0] for place, output in zip(places, outputs, strict=True)}


def spent(client: Client) -> float:
    """Seconds of computing that all postcards so far have taken."""
    runs = client.paginate(client.predictions.list)
    return sum(run.metrics.predict_time or 0 for run in runs if run.metrics)
