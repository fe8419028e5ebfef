"""A real Cog model server on this machine, for the demo and for tests: Replicate's own, from PyPI."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import httpx

if TYPE_CHECKING:
    from types import TracebackType

# The server with one thing added: it stops when its standard input ends, so it never outlives who started it, not
# even one that was killed.
PROGRAM = """
import os, runpy, signal, sys, threading

def stop_with_parent():
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=stop_with_parent, daemon=True).start()
sys.argv[1:] = ["--host", "127.0.0.1"]
runpy.run_module("cog.server.http", run_name="__main__")
"""


class CogServerError(Exception):
    """The server did not start; the message ends with what it printed."""


class CogServer:
    """A server of the model in a folder, from entering the block until leaving it, however it is left.

    Args:
        folder: Where the model's code is.
        predictor: Which class, as "predict.py:Predictor".
        patience: Seconds for it to become ready.
    """

    def __init__(self, folder: Path, predictor: str = "predict.py:Predictor", *, patience: float = 60) -> None:
        self._folder = folder
        self._predictor = predictor
        self._patience = patience
        self._port = _free_port()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 -- closed on leaving
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=self._folder,
            env={
                **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
                "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
                "COG_PREDICT_TYPE_STUB": self._predictor,
                "PORT": str(self._port),
            },
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for who started it
        )
        try:
            self._wait_until_set_up()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def kill(self) -> None:
        """End it at once, as a machine does that runs out of memory."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it in an orderly way."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
        self._log.close()

    def _wait_until_set_up(self) -> None:
        deadline = time.monotonic() + self._patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise CogServerError(f"the Cog server ended with status {self.process.returncode}\n{self._printed()}")
            try:
                if httpx.get(f"{self.url}/health-check", trust_env=False).json()["status"] != "STARTING":
                    return
            except httpx.TransportError:
                pass  # it does not listen yet
            time.sleep(0.05)
        raise CogServerError(f"the Cog server was not ready within {self._patience:g} s\n{self._printed()}")

    def _printed(self) -> str:
        self._log.seek(0)
        return "\n".join(self._log.read().decode(errors="replace").splitlines()[-10:])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
