"""`replicate-typed types`: what it prints, writes, and says with its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from serving import environment_with, run_command

MODELS = """\
from pathlib import Path
from replicate_typed import Input, MockTransport

mock = MockTransport()

@mock.model("acme/echo")
def echo(prompt: str, times: int = Input(1, ge=1, le={most})) -> str:
    return prompt * times

@mock.model("acme/draw")
def draw(prompt: str) -> list[Path]:
    return []
"""


class Program:
    """The command line, in a folder, against a service in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.publish(most=5)

    def publish(self, most: int) -> None:
        (self.folder / "service.py").write_text(MODELS.replace("{most}", str(most)), encoding="utf-8")

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        transport = f"mock:{self.folder / 'service.py'}"
        return run_command("types", *arguments, "-o", str(self.folder / "models"), REPLICATE_TRANSPORT=transport)


@pytest.fixture
def types(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_modules_are_written_and_can_be_used(types: Program) -> None:
    """By a program that knows the folder, without what the command line needs."""
    done = types("add", "acme/echo", "acme/draw")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith(f"{types.folder / 'models' / 'echo.py'}: acme/echo, run by name, of version ")
    assert second.startswith(f"{types.folder / 'models' / 'draw.py'}: acme/draw, run by name, of version ")
    program = "from models.echo import echo; print(echo(prompt='a', times=2)); echo(prompt='a', times=6)"
    environment = environment_with()
    environment["PYTHONPATH"] += f"{os.pathsep}{types.folder}"
    used = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False, env=environment
    )
    assert used.stdout == "<ModelCall acme/echo(prompt='a', times=2)>\n"
    assert used.stderr.endswith("  times: expected a whole number from 1 to 5, got 6\n")


def test_a_model_that_fails_does_not_keep_the_others_from_it(types: Program) -> None:
    """Each is told of in a line, and the exit status is that of a failure."""
    done = types("add", "acme/nothing", "acme/echo", "nonsense")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert "acme/echo" in done.stdout
    one, other = done.stderr.splitlines()
    assert one.startswith("replicate-typed: acme/nothing: GET /models/acme/nothing: 404")
    assert other.startswith('replicate-typed: nonsense: expected "owner/name"')


def test_models_are_listed(types: Program) -> None:
    """For people, and for programs."""
    types("add", "acme/echo", "acme/draw")
    lines = types("list").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["model", "module"], ["acme/draw", "draw"], ["acme/echo", "echo"]]
    listed = json.loads(types("list", "--json").stdout)
    assert [(each["model"], each["module"], each["runs_by_name"]) for each in listed] == [
        ("acme/draw", "draw", True),
        ("acme/echo", "echo", True),
    ]
    assert all(each["schema_hash"].startswith("sha256:") and len(each["version"]) == 64 for each in listed)


def test_a_folder_without_modules_is_an_empty_list(types: Program) -> None:
    """Nothing is made by looking."""
    assert json.loads(types("list", "--json").stdout) == []
    assert types("check").returncode == 0
    assert not (types.folder / "models").exists()


def test_a_check_fails_when_programs_may(types: Program) -> None:
    """With a list of what breaks them; an update makes it pass again."""
    types("add", "acme/echo", "acme/draw")
    done = types("check")
    assert (done.returncode, done.stdout) == (0, "acme/draw: unchanged\nacme/echo: unchanged\n")
    types.publish(most=3)
    done = types("check")
    assert done.returncode == 1
    assert done.stdout == (
        "acme/draw: unchanged\n"
        "acme/echo: programs for echo.py may be wrong for what is published now\n"
        "  breaks  input.times: was a whole number from 1 to 5, and is a whole number from 1 to 3\n"
    )
    assert types("check", "acme/draw").returncode == 0
    found = types("check", "--json")
    assert found.returncode == 1
    draw, echo = json.loads(found.stdout)
    assert (draw["is_compatible"], echo["is_compatible"]) == (True, False)
    assert echo["differences"][0]["where"] == "input.times"
    assert "breaks  input.times" in types("update", "acme/echo").stdout
    assert types("check").returncode == 0


def test_a_check_tells_of_what_fits_and_passes(types: Program) -> None:
    """A wider range breaks nothing."""
    types("add", "acme/echo")
    types.publish(most=9)
    done = types("check")
    assert done.returncode == 0
    assert done.stdout == (
        "acme/echo: changed, and programs for echo.py fit\n"
        "  fits  input.times: was a whole number from 1 to 5, and is a whole number from 1 to 9\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("add",), 2, "MODELS"),
        (("check", "acme/ecko"), 1, "there is no acme/ecko"),
        (("update", "acme/ecko"), 1, "there is no acme/ecko"),
        (("list", "--yaml"), 2, "--yaml"),
    ],
)
def test_wrong_arguments_are_named(types: Program, arguments: tuple[str, ...], status: int, message: str) -> None:
    """Without a traceback."""
    done = types(*arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_is_needed() -> None:
    """There is no other place that would be right."""
    done = run_command("types", "list")
    assert done.returncode == 2
    assert "--output" in done.stderr


def test_a_broken_lock_file_is_told_in_a_line(types: Program) -> None:
    """By its path."""
    types("add", "acme/echo")
    (types.folder / "models" / "replicate-models.lock").write_text("{}")
    done = types("list")
    assert done.returncode == 1
    assert done.stderr.startswith(f"replicate-typed: {types.folder / 'models' / 'replicate-models.lock'}: it is not")


def test_the_help_names_every_command() -> None:
    """With an example."""
    text = run_command("types", "--help", COLUMNS="120").stdout
    for part in ("add", "check", "list", "update", "replicate-typed types add black-forest-labs/flux-schnell"):
        assert part in text
    assert "types" in run_command("--help").stdout
