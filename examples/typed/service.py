"""The models that the posters are made by, on the service in memory; no token is needed.

The modules in `models` are made of what these publish:

    export REPLICATE_TRANSPORT=mock:service.py
    replicate-typed types add acme/painter acme/poet -o models
    replicate-typed types check -o models

Without the first line, the same commands ask the real service for its own models.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from replicate_typed import ConcatenateIterator, Input, MockTransport

mock = MockTransport()
drawer = TemporaryDirectory()  # where pictures are until the program ends


@mock.model("acme/painter", description="Paints what it is told to.", processing=4)
def painter(
    prompt: str = Input(description="What is to be seen on the picture"),
    image: Path | None = Input(None, description="A picture to begin with"),
    aspect_ratio: Literal["1:1", "3:2", "16:9"] = Input("1:1", description="Width and height of the picture"),
    num_outputs: int = Input(1, ge=1, le=4, description="How many pictures"),
    guidance: float = Input(3.5, ge=0, le=10, description="How closely the prompt is followed"),
) -> list[Path]:
    across, down = map(int, aspect_ratio.split(":"))
    width = 100 * across // down
    words = f'<text x="50%" y="50%" text-anchor="middle" font-size="8">{escape(prompt)}</text>'
    pictures = [Path(drawer.name, f"picture-{number}.svg") for number in range(num_outputs)]
    for number, picture in enumerate(pictures):
        paper = f'<rect width="100%" height="100%" fill="hsl({40 + 90 * number} 80% 80%)"/>'
        picture.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100" width="{3 * width}">'
            f"{paper}{words}</svg>",
            encoding="utf-8",
        )
    return pictures


@mock.model("acme/poet", description="Writes a line or two.", processing=2)
def poet(
    subject: str = Input(description="What the poem is about", max_length=100),
    max_words: int = Input(12, ge=1, le=50, description="How long it may be"),
) -> ConcatenateIterator[str]:
    for word in f"An ode to {subject}".split()[:max_words]:
        yield f"{word} "
