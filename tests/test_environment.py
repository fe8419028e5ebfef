"""The environment of the scripts: when it is made, kept and made anew."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from generating import ROOT

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


TEST_SET = ["venv python3.12", "pip install pip>=25.1", "pip install -e .[serve] --group dev"]


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
    checkout.environment("cog")
    assert checkout.done() == ["pip install pip>=25.1", "pip install -e .[cli] --group example"]
    checkout.environment("demo")
    assert checkout.done() == []
    checkout.environment("test")
    assert checkout.done() == TEST_SET[1:]
    for kind in ("demo", "cog"):
        checkout.environment(kind)
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
