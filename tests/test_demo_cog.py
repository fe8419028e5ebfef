"""scripts/demo --cog: a real Cog server is started, used and stopped."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from demonstrating import DEMO, environment_with, run_demo


def is_listening(url: str) -> bool:
    port = int(url.rpartition(":")[2])
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def address_in(output: str) -> str:
    found = re.search(r"^it is at (http://127\.0\.0\.1:\d+)$", output, re.MULTILINE)
    assert found
    return found[1]


def test_the_picture_is_saved_and_the_server_stopped(tmp_path: Path) -> None:
    """With the model's own log between, and the source of what did it after."""
    done = run_demo("--cog", "text=a fox, a quick fox", "width=300", "height=200", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    heads = ["starting a Cog server", "it is at http", "prediction ", "1/2  fox", "2/2  quick", "s  succeeded"]
    tails = ["output, after ", '"wordcloud.png"', "what did it:", "CogTransport(url, model=", "client.run("]
    places = [done.stdout.index(text) for text in [*heads, *tails]]
    assert places == sorted(places)
    picture = (tmp_path / "wordcloud.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (300, 200)
    assert not is_listening(address_in(done.stdout))


def test_a_failure_is_one_line_and_the_server_stopped(tmp_path: Path) -> None:
    """In the model's own words."""
    done = run_demo("--cog", "text=12 a", folder=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "of acme/wordcloud failed: ValueError: the text has no words" in done.stderr
    assert not (tmp_path / "wordcloud.png").exists()
    assert not is_listening(address_in(done.stdout))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_is_stopped_when_the_demo_is(number: signal.Signals, tmp_path: Path) -> None:
    """By Ctrl-C, which also cancels the prediction, or by whatever ends a process."""
    started = subprocess.Popen(
        [*DEMO, "--cog", "words=200"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment_with(),
        cwd=tmp_path,
    )
    assert started.stdout
    lines: list[str] = []
    while "/200  " not in "".join(lines[-1:]):
        lines.append(started.stdout.readline())
    url = address_in("".join(lines))
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=20) as connection:
        started.send_signal(number)
        _, errors = started.communicate(timeout=60)
        assert connection.recv(1) == b""  # the server is gone
    if number == signal.SIGINT:
        assert re.fullmatch(r"scripts/demo: interrupted; prediction \w+ is canceled\n", errors)
        assert started.returncode == 130
