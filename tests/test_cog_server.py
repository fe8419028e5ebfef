"""The script that starts a real Cog server, for the demo and for these tests."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from scripts.cog_server import CogServer, CogServerError

ROOT = Path(__file__).resolve().parents[1]
COG_MODEL = Path(__file__).parent / "cog_model"


def test_a_model_that_is_not_there_is_an_error_with_what_was_printed(tmp_path: Path) -> None:
    """The server itself starts; that its model could not be loaded is its health."""
    with CogServer(tmp_path) as server:
        health = httpx.get(f"{server.url}/health-check").json()
    assert health["status"] == "SETUP_FAILED"
    assert "predict.py" in health["setup"]["logs"]


def test_a_server_that_ends_at_once_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the end of what it printed."""
    monkeypatch.setattr("scripts.cog_server.PROGRAM", "print('no such port'); raise SystemExit(7)")
    with pytest.raises(CogServerError, match="ended with status 7\nno such port"), CogServer(COG_MODEL):
        pytest.fail("it is said to be ready")


def test_a_server_that_is_never_ready_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time given to it."""
    monkeypatch.setattr("scripts.cog_server.PROGRAM", "import sys; sys.stdin.read()")
    server = CogServer(COG_MODEL, patience=0.1)
    with pytest.raises(CogServerError, match=r"was not ready within 0\.1 s"), server:
        pytest.fail("it is said to be ready")
    assert server.process.returncode == 0


def test_the_server_does_not_outlive_who_started_it() -> None:
    """Not even one that is killed: a connection to it is closed then."""
    program = f"""
import pathlib, signal
from scripts.cog_server import CogServer
with CogServer(pathlib.Path({str(COG_MODEL)!r})) as server:
    print(server.url, flush=True)
    signal.pause()
"""
    starter = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert starter.stdout is not None
    with starter, starter.stdout:
        url = httpx.URL(starter.stdout.readline().strip())
        with socket.create_connection((url.host, url.port), timeout=20) as connection:
            connection.sendall(b"GET /health-check HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"READY" in connection.recv(4096)
            starter.kill()
            while connection.recv(4096):
                pass
