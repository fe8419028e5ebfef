"""The word cloud of examples/: what it counts, where the words come to lie, and what the model gives and logs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from cloud import SMALLEST, Placed, count, draw, layout
from generating import ROOT
from PIL import Image, ImageChops
from predict import Predictor

EXAMPLE = ROOT / "examples" / "wordcloud"
TEXT = "The fox and the owl: a fox's den, an OWL's tree. Foxes? A fox!"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MANY = [(a + b + a + b, 30 - number // 2) for number, (a, b) in enumerate(combinations(LETTERS[:9], 2))]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def run(text: str = TEXT, words: int = 60, width: int = 300, height: int = 200, seed: int = 0) -> Path:
    return Predictor().run(text=text, words=words, width=width, height=height, seed=seed)


def ink(words: list[Placed], width: int, height: int) -> Image.Image:
    """White where the words are, on a picture with room to the right and below."""
    size = (width + 100, height + 100)
    difference = ImageChops.difference(draw(words, *size), draw([], *size)).convert("L")
    return ImageChops.add(difference, difference, scale=1 / 255)


def box(word: Placed, width: int, height: int) -> tuple[int, int, int, int]:
    found = ink([word], width, height).getbbox()
    assert found, f"{word} cannot be seen"
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, {"fox": 3, "owl": 2, "den": 1, "tree": 1, "foxes": 1}),
        ("Owl owl OWL", {"owl": 3}),
        ("it's the one that isn't, we'll see; they’re don’t can't", {"see": 1}),  # noqa: RUF001 -- as texts have it
        ("(owl), 'owl' \"owl\" owl-fox_owl/fox...", {"owl": 5, "fox": 2}),
        ("an ox is 42 and 1,000", {}),
        ("see https://acme.example/owl?fox=1 twice", {"see": 1, "twice": 1}),
        ("Café cafe\N{COMBINING ACUTE ACCENT}s cafe", {"cafe": 2, "cafes": 1}),
        ("東京 Москва smørrebrød owl", {"owl": 1}),
        ("a" * 100_000 + " owl", {"owl": 1}),
        ("O'Hara's rock'n'roll", {"o'hara": 1, "rock'n'roll": 1}),
    ],
)
def test_the_words_of_a_text_are_counted(text: str, expected: dict[str, int]) -> None:
    """Whatever their case, accents and punctuation, but no stop words, nor what could not be drawn."""
    assert count(text) == expected


@pytest.mark.parametrize(("width", "height"), [(400, 300), (200, 500)])
def test_words_lie_in_the_picture_and_not_on_each_other(width: int, height: int) -> None:
    """Not a pixel of them, whether they read to the right or upwards; also where the first is nearly too long."""
    words = list(layout([("w" * 24, 31), *MANY], width, height, seed=3))
    assert len(words) > 15
    assert {word.upwards for word in words} == {True, False}
    taken = ink([], width, height)
    for word in words:
        left, top, right, bottom = box(word, width, height)
        assert min(word.corner) >= 0
        assert right <= width
        assert bottom <= height
        assert (bottom - top > right - left) == word.upwards
        its = ink([word], width, height)
        assert not ImageChops.multiply(taken, its).getbbox(), f"{word} lies on another one"
        taken = ImageChops.lighter(taken, its)


def test_what_is_counted_more_often_is_larger() -> None:
    """And stands in the middle; four times as often is twice as high."""
    words = list(layout([("non", 9), ("sos", 4), ("xox", 1)], 400, 300, seed=0))
    boxes = [box(word, 400, 300) for word in words]
    large, middle, small = [bottom - top for _, top, _, bottom in boxes]
    assert large / small == pytest.approx(3, rel=0.15)
    assert middle / small == pytest.approx(2, rel=0.15)
    left, top, right, bottom = boxes[0]
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((200, 150), abs=10)


def test_no_word_is_smaller_than_a_rarer_one() -> None:
    """Also after one that was too long for its size."""
    sizes = [word.size for word in layout([("w" * 24, 31), *MANY[:5]], 300, 200, seed=0)]
    assert len(sizes) == 6
    assert sizes == sorted(sizes, reverse=True)


def test_what_could_not_be_read_is_left_out() -> None:
    """In a picture without room for all; what does fit is drawn nevertheless."""
    words = list(layout([("w" * 24, 31), *MANY], 90, 60, seed=0))
    assert 3 < len(words) < len(MANY)
    assert min(word.size for word in words) >= SMALLEST


def test_the_model_makes_a_png_of_the_size_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the most frequent words, which it logs as it goes."""
    path = run(words=2, width=320, height=240)
    with Image.open(path) as picture:
        assert (path.suffix, picture.format, picture.size) == (".png", "PNG", (320, 240))
        colours = picture.convert("RGB").getcolors(320 * 240)
    assert colours
    assert len(colours) > 10  # letters with smooth edges on a plain ground
    assert capsys.readouterr().out == "   1/2  fox\n   2/2  owl\n"


def test_the_logs_say_when_the_picture_is_full(capsys: pytest.CaptureFixture[str]) -> None:
    """As the last number is not reached."""
    run(" ".join(word for word, _ in MANY), width=90, height=60)
    *progress, last = capsys.readouterr().out.splitlines()
    assert last == f"no place for {len(MANY) - len(progress)} words more"


def test_the_same_seed_gives_the_same_picture() -> None:
    """In another process, too; another seed gives another one."""
    first = run(seed=1).read_bytes()
    call = {"text": TEXT, "words": 60, "width": 300, "height": 200, "seed": 1}
    again = in_another_process(f"import shutil; shutil.copyfileobj(open(Predictor().run(**{call}), 'rb'), out)")
    assert again.endswith(first)
    assert run(seed=2).read_bytes() != first


def test_the_progress_can_be_read_at_once() -> None:
    """Each word is out before the next one is looked for, even in a pipe."""
    program = f"predict.draw = lambda *_: os._exit(0); Predictor().run({TEXT!r}, 60, 300, 200, 0)"
    assert in_another_process(program).decode().splitlines()[-1] == "   5/5  foxes"


def in_another_process(program: str) -> bytes:
    """What a program writes that knows the predictor, and `out`, the bytes of its output."""
    start = "import os, sys, predict; from predict import Predictor; out = sys.stdout.buffer; "
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLE), "TMPDIR": tempfile.gettempdir(), "PYTHONUNBUFFERED": ""}
    command = [sys.executable, "-c", start + program]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment).stdout


@pytest.mark.parametrize("text", ["", "and the 12 of it", "東京"])
def test_a_text_without_words_is_refused(text: str) -> None:
    """The error says what does not count."""
    with pytest.raises(ValueError, match="no words to draw: numbers, links, stop words"):
        run(text)


def test_an_image_of_the_model_can_be_built() -> None:
    """cog.yaml names the predictor, and asks for the packages that the tests have, Cog apart, which brings itself."""
    config = yaml.safe_load((EXAMPLE / "cog.yaml").read_text(encoding="utf-8"))
    file, _, name = config["run"].partition(":")
    assert (EXAMPLE / file, name) == (Path(sys.modules["predict"].__file__ or ""), Predictor.__name__)
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    asked = (EXAMPLE / config["build"]["python_requirements"]).read_text(encoding="utf-8").split()
    assert asked == [package for package in groups["example"] if not package.startswith("cog")]
