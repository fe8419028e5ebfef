"""The demo: what it shows, in a pipe and on a terminal, and what it says of wrong arguments."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import textwrap
from typing import Any

import pytest
from demonstrating import DEMO, environment_with, run_demo
from generating import ROOT

from scripts import demo

COLOUR = "\x1b["


@pytest.fixture(scope="module")
def outputs() -> dict[str, str]:
    """What the demo writes to a pipe and to a terminal, run side by side."""
    master, slave = pty.openpty()
    try:
        piped = subprocess.Popen(DEMO, stdout=subprocess.PIPE, text=True, env=environment_with())
        shown = subprocess.Popen(DEMO, stdout=slave, env=environment_with(COLUMNS="100"))
        os.close(slave)
        terminal = b"".join(iter(lambda: read(master), b"")).decode()
        pipe, _ = piped.communicate(timeout=60)
        assert (piped.wait(), shown.wait()) == (0, 0)
    finally:
        os.close(master)
    return {"pipe": pipe, "terminal": terminal}


def read(file: int) -> bytes:
    try:
        return os.read(file, 65536)
    except OSError:  # what Linux says at the end of a terminal
        return b""


def test_the_demo_shows_status_logs_output_and_source_as_plain_lines(outputs: dict[str, str]) -> None:
    """In a pipe: no colours, nothing that moves, each line once."""
    pipe = outputs["pipe"]
    assert "\x1b" not in pipe
    assert "\r" not in pipe
    heads = ["prediction ", "s  starting", "s  processing", "painting an astronaut", " 50%|####    | 4/8"]
    tails = ["100%|########| 8/8", "s  succeeded", "output, after ", "an-astronaut-on-a-horse.png", "what did it:"]
    places = [pipe.index(text) for text in [*heads, *tails]]
    assert places == sorted(places)
    assert pipe.count("4/8") == 1


def test_the_source_that_the_demo_shows_is_its_own(outputs: dict[str, str]) -> None:
    """Not a copy of it."""
    shown = textwrap.dedent(outputs["pipe"].partition("what did it:\n")[2])
    source = (ROOT / "scripts" / "demo.py").read_text(encoding="utf-8")
    assert all(part.strip() in source for part in shown.split("\n\n\n"))
    assert "client.run(" in shown


def test_the_demo_is_live_on_a_terminal(outputs: dict[str, str]) -> None:
    """With colours, and a line that is drawn again and again."""
    terminal = outputs["terminal"]
    assert COLOUR in terminal
    assert terminal.count("processing") > 5
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal)
    assert "100%|########| 8/8" in plain
    assert "s  succeeded" in plain
    assert "an-astronaut-on-a-horse.png" in plain


def test_ctrl_c_cancels_the_prediction_and_says_so() -> None:
    """The exit status is that of an interrupted program."""
    started = subprocess.Popen(DEMO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment_with())
    assert started.stdout
    while "processing" not in started.stdout.readline():
        pass
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=60)
    assert re.fullmatch(r"scripts/demo: interrupted; prediction \w+ is canceled\n", errors)
    assert started.returncode == 130


def test_the_demo_ends_when_nobody_reads_it() -> None:
    """`scripts/demo | head -1` is as good as Ctrl-C, without a traceback."""
    started = subprocess.Popen(DEMO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment_with())
    assert started.stdout
    started.stdout.readline()
    started.stdout.close()
    assert started.stderr
    assert re.fullmatch(r"scripts/demo: interrupted; prediction \w+ is canceled\n", started.stderr.read())
    started.stderr.close()
    assert started.wait() == 130


def test_a_real_run_without_a_token_says_what_is_missing() -> None:
    """In one line, before anything is sent."""
    done = run_demo("--live", "acme/echo", "text=a")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "set REPLICATE_API_TOKEN" in done.stderr


def test_an_error_is_one_line() -> None:
    """A traceback would not help."""
    done = run_demo("--live", "a/b", REPLICATE_API_TOKEN="x", REPLICATE_BASE_URL="http://127.0.0.1:1")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("scripts/demo: POST /models/a/b/predictions at 127.0.0.1:1: could not connect")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--live"], "expected one argument"),
        (["text=a"], "an input is for --cog or --live"),
        (["--nothing"], "unrecognized arguments"),
        (["--live", "acme/echo", "text"], "expected key=value, got 'text'"),
        (["--live", "acme/echo", "=a"], "expected key=value"),
        (["--live", "acme/echo", "a=1", "a=2"], "a is given twice"),
        (["--live", "echo"], "got 'echo'"),
    ],
)
def test_wrong_arguments_are_answered_with_the_usage(arguments: list[str], message: str) -> None:
    """And what is wrong with them."""
    done = run_demo(*arguments, REPLICATE_API_TOKEN="x", REPLICATE_BASE_URL="http://127.0.0.1:1")
    assert done.returncode == 2
    assert done.stderr.startswith("usage: scripts/demo")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_tells_about_live_runs() -> None:
    """With an example of each form."""
    done = run_demo("--help")
    assert done.returncode == 0
    assert "scripts/demo --live" in done.stdout
    assert "REPLICATE_API_TOKEN" in done.stdout


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2), ("2.5", 2.5), ("true", True), ("null", None), ('"2"', "2"), ('["a"]', ["a"]), ('{"a": 1}', {"a": 1}),
        ("a fox", "a fox"), ("", ""), ("a=b", "a=b"), ("NaN", "NaN"), ("-Infinity", "-Infinity"), ("[1", "[1"),
    ],
)  # fmt: skip
def test_a_value_is_json_if_it_can_be(text: str, value: Any) -> None:
    """Else it is the text, as it is."""
    assert demo.input_of([f"key={text}"]) == {"key": value}
    assert type(demo.input_of([f"key={text}"])["key"]) is type(value)
