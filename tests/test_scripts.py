"""The scripts: what the demo shows, and when the environment is made, kept and made anew."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts import demo

ROOT = Path(__file__).resolve().parents[1]
DEMO = [sys.executable, str(ROOT / "scripts" / "demo.py")]
COLOUR = "\x1b["


def environment_with(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REPLICATE_")}
    return {**kept, "TERM": "xterm", "PYTHONUTF8": "1", **changes}


def run_demo(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    command = [*DEMO, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment_with(**changes))


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
    assert done.stderr.startswith("scripts/demo: POST /models/a/b/predictions: could not connect")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--live"], "expected one argument"),
        (["text=a"], "an input is for --live"),
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


FAKE_PYTHON = """\
#!/bin/sh
# A Python that makes hollow environments, and writes down what pip is asked for.
case "$*" in
*"-m venv"*)
    for folder; do :; done
    mkdir -p "$folder/bin"
    cp "$0" "$folder/bin/python"
    echo "command = python -m venv $PWD/$folder" >"$folder/pyvenv.cfg"
    echo "venv $(basename "$0")" >>"$CALLS" ;;
*"-m pip"*)
    echo "pip $*" >>"$CALLS"
    [ -e "$CALLS.interrupt" ] && rm "$CALLS.interrupt" && kill -INT "$PPID" && exit 1
    [ ! -e "$CALLS.offline" ] || { echo "pip says: no network" >&2; exit 1; } ;;
*version_info*) exit "${TOO_OLD-0}" ;;
*) echo "3.14.0" ;;
esac
"""


@dataclass
class Checkout:
    """A copy of what scripts/environment looks at, on a machine with few programs."""

    folder: Path
    programs: Path
    calls: Path
    too_old: str = "0"

    def environment(self, kind: str = "test") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "scripts" / "environment", kind],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": str(self.programs), "CALLS": str(self.calls), "TOO_OLD": self.too_old},
        )

    def done(self) -> list[str]:
        """What was made and installed since the last look."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return [line.replace("-m pip ", "") for line in lines]


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    folder, programs = tmp_path / "a checkout", tmp_path / "programs"
    (folder / "scripts").mkdir(parents=True)
    programs.mkdir()
    shutil.copy(ROOT / "scripts" / "environment", folder / "scripts")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("basename", "cat", "cksum", "cp", "dirname", "grep", "mkdir", "mktemp", "mv", "rm", "sh"):
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    fake = programs / "python3.12"
    fake.write_text(FAKE_PYTHON)
    fake.chmod(0o755)
    made = Checkout(folder, programs, tmp_path / "calls")
    yield made
    assert {path.name for path in made.folder.iterdir()} <= {".venv", "pyproject.toml", "scripts"}


TEST_SET = ["venv python3.12", "pip install pip>=25.1", "pip install -e .[cli] --group dev"]


def test_the_first_run_makes_an_environment_and_the_second_nothing(checkout: Checkout) -> None:
    """It says so the first time, and is silent the second."""
    first = checkout.environment()
    assert (first.returncode, first.stdout, checkout.done()) == (0, "", TEST_SET)
    assert first.stderr.count("\n") == 2
    second = checkout.environment()
    assert (second.returncode, second.stdout + second.stderr, checkout.done()) == (0, "", [])


def test_the_newest_python_is_taken(checkout: Checkout) -> None:
    """Whatever `python3` may be."""
    for name in ("python3", "python3.11", "python3.13"):
        shutil.copy(checkout.programs / "python3.12", checkout.programs / name)
    checkout.environment()
    assert checkout.done()[0] == "venv python3.13"


def test_the_demo_needs_less_and_has_it_when_the_tests_do(checkout: Checkout) -> None:
    """So neither order of the two commands installs anything twice."""
    checkout.environment("demo")
    assert checkout.done() == ["venv python3.12", "pip install -e .[cli]"]
    checkout.environment("test")
    assert checkout.done() == TEST_SET[1:]
    checkout.environment("demo")
    assert checkout.done() == []


def test_another_pyproject_is_installed_anew(checkout: Checkout) -> None:
    """Into the environment that is there."""
    checkout.environment()
    checkout.done()
    with (checkout.folder / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    checkout.environment()
    assert checkout.done() == TEST_SET[1:]


def test_an_interrupted_run_is_begun_anew(checkout: Checkout) -> None:
    """Half an environment is not trusted."""
    Path(f"{checkout.calls}.interrupt").touch()
    assert checkout.environment().returncode == 130
    checkout.done()
    assert checkout.environment().returncode == 0
    assert checkout.done() == TEST_SET


def test_a_moved_checkout_gets_an_environment_of_its_own(checkout: Checkout) -> None:
    """Its programs would name the old place."""
    checkout.environment()
    checkout.done()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("moved"))
    checkout.environment()
    assert checkout.done() == TEST_SET


def test_what_pip_says_is_shown_when_it_fails(checkout: Checkout) -> None:
    """And what was there before is kept."""
    Path(f"{checkout.calls}.offline").touch()
    failed = checkout.environment()
    assert failed.returncode == 1
    assert "pip says: no network" in failed.stderr
    checkout.done()
    Path(f"{checkout.calls}.offline").unlink()
    assert checkout.environment().returncode == 0
    assert checkout.done() == TEST_SET[1:]


def test_without_a_new_enough_python_the_message_says_where_to_get_one(checkout: Checkout) -> None:
    """And nothing is made."""
    checkout.too_old = "1"
    failed = checkout.environment()
    assert failed.returncode == 1
    assert "No Python 3.11 or newer" in failed.stderr
    assert not (checkout.folder / ".venv").exists()


def test_ci_runs_what_people_run() -> None:
    """`.ci/run` is `./scripts/test` and no more."""
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert 'exec "$(dirname -- "${BASH_SOURCE[0]}")/../scripts/test"' in run.read_text()


def test_the_tests_check_everything() -> None:
    """Each tool of the list has its step, in the order of how fast it answers."""
    steps = re.findall(r"^step (.*)$", (ROOT / "scripts" / "test").read_text(), re.MULTILINE)
    assert steps == [
        "ruff check",
        "ruff format --check",
        "scripts/regenerate --check",
        "python scripts/unasync.py --check",
        "lint-imports --no-logo --no-cache",
        "mypy",
        "pyright",
        "python -m pytest",
    ]
