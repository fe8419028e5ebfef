"""The words of a text, counted and laid out as a cloud: plain functions that know nothing of Cog."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from PIL import Image, ImageChops, ImageDraw, ImageFont

STOP_WORDS = frozenset(
    """
    about above after again against all also although always among and any are around because been before being below
    between both but can cannot could did does doing done down during each either else ever every few for from further
    get gets got had has have having hence her here hers herself him himself his how however into its itself just let
    like may might more most much must myself neither nor not now off often once one only other others ought our ours
    ourselves out over own per quite rather really same sha shall she should since some still such than that the their
    theirs them themselves then there therefore these they this those through thus too under until upon use used uses
    using very was were what when where whether which while who whom whose why will with within without would yet you
    your yours yourself yourselves
    """.split()  # noqa: SIM905 -- a list of so many strings could not be read
)
BACKGROUND = "#fbf8f1"
PALETTE = ["#1d3557", "#2a6f97", "#2a9d8f", "#e76f51", "#b5172f", "#6d597a"]
NOISE = re.compile(r"\b\w+://\S+|(?:n't|'(?:s|d|m|ll|re|ve))\b")  # links, and the ends of "it's" and "don't"
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
FULLNESS = 0.7  # of the picture, at first: words that find no place get smaller
SMALLEST = 9  # pixels: smaller letters cannot be read
SPOTS = 4000  # where each word is tried
GOLDEN_ANGLE = pi * (3 - sqrt(5))


@dataclass(frozen=True)
class Placed:
    """A word and its place: the size of its letters, its upper left corner, its colour, and if it reads upwards."""

    word: str
    size: int
    corner: tuple[int, int]
    upwards: bool
    colour: str


def count(text: str) -> Counter[str]:
    """How often each word is in the text, without stop words, numbers, links and words of one or two letters.

    Case, accents and a possessive 's do not matter. Words with other letters than A to Z are left out, as Pillow's own
    font cannot draw them, and so is what is too long for a word.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = WORD.findall(NOISE.sub(" ", plain))
    return Counter(word for word in words if word.isascii() and 3 <= len(word) <= 24 and word not in STOP_WORDS)


def layout(counts: list[tuple[str, int]], width: int, height: int, seed: int) -> Iterator[Placed]:
    """The places of the words, one by one: the most frequent first, from the middle outwards, and none on another.

    A word is never smaller than one that is counted less often. Words that would fit only in letters too small to be
    read have no place.
    """
    chance = random.Random(seed)  # noqa: S311 -- the same seed is to give the same picture
    taken = Image.new("L", (width, height))
    weights = {word: sqrt(number / counts[0][1]) for word, number in counts}
    scale = sqrt(FULLNESS * width * height / sum(len(word) * weight**2 / 2 for word, weight in weights.items()))
    for rank, (word, weight) in enumerate(weights.items()):
        upwards = rank > 2 and chance.random() < 0.2
        colour, turn = chance.choice(PALETTE), chance.uniform(0, 2 * pi)
        while True:
            size = max(SMALLEST, round(scale * weight))
            if corner := free_corner(taken, ink_of(word, size, upwards), turn):
                margin = 1 + size // 8
                taken.paste(255, (corner[0] - margin, corner[1] - margin), ink_of(word, size, upwards, margin))
                yield Placed(word, size, corner, upwards, colour)
                break
            if size == SMALLEST:
                break
            scale *= 0.95  # of all words to come, so that their sizes still tell their counts


def free_corner(taken: Image.Image, ink: Image.Image, turn: float) -> tuple[int, int] | None:
    """The upper left corner of the place nearest to the middle where the ink meets nothing, if there is any."""
    right, bottom = taken.width - ink.width, taken.height - ink.height
    if right < 0 or bottom < 0:
        return None
    for spot in range(SPOTS):  # as the seeds of a sunflower lie: evenly, from the middle outwards, in all directions
        angle, far = turn + spot * GOLDEN_ANGLE, 0.97 * sqrt(spot / SPOTS)
        x, y = round(right / 2 * (1 + far * cos(angle))), round(bottom / 2 * (1 + far * sin(angle)))
        there = taken.crop((x, y, x + ink.width, y + ink.height))
        if not ImageChops.multiply(there, ink).getbbox():
            return x, y
    return None


def ink_of(word: str, size: int, upwards: bool, margin: int = 0) -> Image.Image:
    """The word in white on black, just as large as its letters and the margin around each."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(word, stroke_width=margin)
    ink = Image.new("L", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(ink).text((-left, -top), word, fill=255, font=font, stroke_width=margin)
    return ink.transpose(Image.Transpose.ROTATE_90) if upwards else ink


def draw(words: list[Placed], width: int, height: int) -> Image.Image:
    """The picture of the words at their places."""
    picture = Image.new("RGB", (width, height), BACKGROUND)
    for placed in words:
        picture.paste(placed.colour, placed.corner, ink_of(placed.word, placed.size, placed.upwards))
    return picture
