"""A model for Cog that does real work without weights: it draws the word cloud of a text."""

from __future__ import annotations

import tempfile

from cloud import Placed, count, draw, layout
from cog import BaseRunner, Input, Path  # pyright: ignore[reportMissingTypeStubs] -- typed, but without py.typed


class Predictor(BaseRunner):
    """Draws word clouds."""

    def run(
        self,
        text: str = Input(description="The text whose words are drawn"),
        words: int = Input(description="How many words at most", default=60, ge=1, le=200),
        width: int = Input(description="Width of the picture in pixels", default=1024, ge=200, le=2048),
        height: int = Input(description="Height of the picture in pixels", default=640, ge=200, le=2048),
        seed: int = Input(description="Another seed gives another picture of the same words", default=0),
    ) -> Path:
        """A picture of the words of the text, the larger the more often they are in it."""
        counts = count(text).most_common(words)
        if not counts:
            raise ValueError(
                "the text has no words to draw: numbers, links, stop words, "
                "and words that are short or have other letters than A to Z do not count"
            )
        placed: list[Placed] = []
        for word in layout(counts, width, height, seed):
            placed.append(word)
            print(f"{len(placed):4}/{len(counts)}  {word.word}", flush=True)  # at once, as clients show it as progress
        if left := len(counts) - len(placed):
            print(f"no place for {left} words more", flush=True)
        path = Path(tempfile.mkdtemp()) / "wordcloud.png"
        draw(placed, width, height).save(path)
        return path
