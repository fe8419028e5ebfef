"""Running the demo, as its tests do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from generating import ROOT

DEMO = [sys.executable, "-P", "-m", "scripts.demo"]


def environment_with(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REPLICATE_")}
    return {**kept, "TERM": "xterm", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **changes}


def run_demo(*arguments: str, folder: Path | None = None, **changes: str) -> subprocess.CompletedProcess[str]:
    command = [*DEMO, *arguments]
    environment = environment_with(**changes)
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=folder)
