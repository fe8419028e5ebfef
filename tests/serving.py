"""`replicate-typed serve` in a process of its own, for tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from generating import ROOT

COMMAND = [sys.executable, "-P", "-m", "replicate_typed.cli"]
PATIENCE = 30  # seconds, of a machine that may be busy with something else


def environment_with(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REPLICATE_", "COLUMNS"))}
    paths = os.pathsep.join(str(path) for path in (ROOT, ROOT / "generated"))
    return {**kept, "PYTHONPATH": paths, "PYTHONUTF8": "1", "TERM": "dumb", **changes}


def run_command(*arguments: str | Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """What a command that comes to an end says."""
    command = [*COMMAND, *map(str, arguments)]
    environment = environment_with(**changes)
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
    )


class Served:
    """A server that runs: its address, and what it prints, line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self.started: dict[str, Any] = {}
        """What it said when it was ready, if it speaks JSON."""

    @property
    def url(self) -> str:
        url: str = self.started["url"]
        return url

    def line(self) -> str:
        """The next line that it prints; empty at the end."""
        return self._lines.get(timeout=PATIENCE)

    def event(self) -> dict[str, Any]:
        """The next line, if it speaks JSON."""
        line = self.line()
        assert line, self.errors()
        event: dict[str, Any] = json.loads(line)
        return event

    def errors(self) -> str:
        """All that it wrote to the standard error; once it has ended."""
        assert self.process.stderr
        return self.process.stderr.read()

    def end(self, sent: signal.Signals) -> int:
        """Its exit status after a signal."""
        self.process.send_signal(sent)
        return self.process.wait(timeout=PATIENCE)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe
            pipe.close()


@contextmanager
def running(models: Path, *arguments: str) -> Generator[Served]:
    """A server on any free port, as it was started: it may not be ready yet."""
    command = [*COMMAND, "serve", "--models", str(models), "--port", "0", *arguments]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment_with(),
        start_new_session=True,  # Ctrl-C is for who runs the tests
    )
    served = Served(process)
    try:
        yield served
    finally:
        served.close()


@contextmanager
def serving(models: Path, *arguments: str) -> Generator[Served]:
    """A server that is ready, and speaks JSON."""
    with running(models, "--json", *arguments) as served:
        served.started = served.event()
        yield served
