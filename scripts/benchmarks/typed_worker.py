"""A typed model at work: asked and answering in lines of JSON."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from .worker import check, obey, repeated, versions

GIVEN = {
    "prompt": "a 19th century portrait of a wombat gentleman",
    "negative_prompt": "ugly, blurry",
    "image": "https://replicate.delivery/pbxt/wombat.png",
    "width": 768,
    "height": 1024,
    "num_outputs": 2,
    "scheduler": "K_EULER",
    "num_inference_steps": 30,
    "guidance_scale": 7.5,
    "prompt_strength": 0.6,
    "seed": 42,
    "apply_watermark": False,
}


class TypedWorker:
    """Calls of the reference of a typed module, which check their input."""

    def __init__(self, folder: str) -> None:
        sys.path.append(folder)
        self._model: Any = importlib.import_module("picture_0").picture_0

    def versions(self) -> dict[str, str]:
        return versions()

    def check(self, seconds: float) -> float:
        """Seconds that one call takes; nothing is sent."""
        model = self._model
        check(model(**GIVEN).input == GIVEN)
        return repeated(lambda: model(**GIVEN), seconds)


if __name__ == "__main__":
    obey(lambda: TypedWorker(sys.argv[1]))
