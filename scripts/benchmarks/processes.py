"""Programs in processes of their own: asked and answering in lines of JSON, or run to their end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

LONGEST_LINE = 2**26
HERE = Path(__file__).resolve().parent


class FailedError(Exception):
    """A program that ended badly, or says that it could not do what it was asked; in one line."""


def clean_environment() -> dict[str, str]:
    """Without what changes how the measured programs behave: proxies, settings of clients and of Python."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith(("REPLICATE_", "PYTHON"))
    }


def last_line(text: str) -> str:
    """Why a program failed: the last line, or the last that calls itself an error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["it said nothing"]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return [*lines, *errors][-1]


@asynccontextmanager
async def started(
    command: Sequence[str | Path], environment: Mapping[str, str], *, stdin: int, stdout: int, stderr: IO[str]
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A process, away from the terminal's Ctrl-C, that is gone at the end with all that it started."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env=environment,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        limit=LONGEST_LINE,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def run(command: Sequence[str | Path], environment: Mapping[str, str]) -> str:
    """What a program prints; raises FailedError if it fails."""
    with tempfile.TemporaryFile("w+", errors="replace") as errors:
        streams = {"stdin": asyncio.subprocess.DEVNULL, "stdout": asyncio.subprocess.PIPE}
        async with started(command, environment, **streams, stderr=errors) as process:
            output, _ = await process.communicate()
        if process.returncode != 0:
            errors.seek(0)
            raise FailedError(last_line(output.decode(errors="replace") + errors.read()))
    return output.decode()


class Child:
    """A module of this package at work."""

    def __init__(self, process: asyncio.subprocess.Process, errors: IO[str]) -> None:
        self._process = process
        self._errors = errors

    async def hear(self) -> Any:
        """The next line that it says."""
        assert self._process.stdout
        line = await self._process.stdout.readline()
        if not line:
            self._errors.seek(0)
            raise FailedError(last_line(self._errors.read()))
        return json.loads(line)

    async def ask(self, **request: Any) -> Any:
        """What it answers to a request; raises FailedError if it cannot."""
        assert self._process.stdin
        with contextlib.suppress(ConnectionError):  # it has ended, and the end of its words says why
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            await self._process.stdin.drain()
        answer = await self.hear()
        if "error" in answer:
            raise FailedError(answer["error"])
        return answer["value"]


@asynccontextmanager
async def child(python: Path | str, module: str, *arguments: str) -> AsyncGenerator[Child]:
    """A module of this package, run by this Python."""
    environment = {**clean_environment(), "PYTHONPATH": str(HERE.parent)}
    command = [python, "-P", "-m", f"{HERE.name}.{module}", *arguments]
    streams = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    with tempfile.TemporaryFile("w+", errors="replace") as errors:
        async with started(command, environment, **streams, stderr=errors) as process:
            yield Child(process, errors)
