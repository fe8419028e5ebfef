"""A model for the tests, which a real Cog server runs: it does what its input says."""

from __future__ import annotations

import time
from pathlib import Path

from cog import BaseRunner  # pyright: ignore[reportMissingTypeStubs] -- typed, but without py.typed


class Predictor(BaseRunner):
    def run(self, text: str, until: str = "", error: str = "") -> str:
        """The text in capitals, once there is a file `until`; or the error."""
        print(f"reading {text}", flush=True)
        while until and not Path(until).exists():
            print("waiting", flush=True)  # the server sends a line to its webhook when the next one comes
            time.sleep(0.1)
        if error:
            raise ValueError(error)
        return text.upper()
