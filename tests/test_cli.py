"""The command line: its help, what is wrong with its arguments, and what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from serving import environment_with, run_command

import replicate_typed
from replicate_typed.cli import stop_without

MODELS = Path(__file__).parent / "served" / "plain.py"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--models"),
        (["--models", "nothing.py"], "nothing.py"),
        (["--models", str(MODELS), "--port", "65536"], "--port"),
        (["--models", str(MODELS), "--port", "x"], "--port"),
        (["--models", str(MODELS), "--prot", "1"], "--prot"),
        (["--models", str(MODELS), "--host", "no.such.host.invalid"], "no.such.host.invalid"),
        (["--models", str(MODELS), "--host", ""], "--host ''"),
    ],
)
def test_wrong_arguments_are_named(arguments: list[str], message: str) -> None:
    """With the exit status of wrong usage, and no traceback."""
    done = run_command("serve", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_names_every_option() -> None:
    """With an example of a models file."""
    done = run_command("serve", "--help", COLUMNS="120")
    assert done.returncode == 0
    for text in ("--models FILE", "--host", "--port", "--token", "--json", "mock = MockTransport()"):
        assert text in done.stdout


def test_the_version_is_that_of_the_package() -> None:
    """And the commands are listed by the help."""
    assert run_command("--version").stdout == f"replicate-typed {replicate_typed.__version__}\n"
    assert "serve" in run_command("--help").stdout


@pytest.mark.parametrize(
    ("arguments", "missing", "extra"),
    [
        (["--help"], "cyclopts", "cli"),
        (["serve", "--models", str(MODELS)], "rich", "cli"),
        (["serve", "--models", str(MODELS)], "uvicorn", "serve"),
    ],
)
def test_without_what_an_extra_brings_it_says_how_to_get_it(
    arguments: list[str], missing: str, extra: str, tmp_path: Path
) -> None:
    """In one line."""
    (tmp_path / "run.py").write_text(
        f"import sys; sys.modules[{missing!r}] = None\nfrom replicate_typed.cli import main; main()\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-P", str(tmp_path / "run.py"), *arguments],
        capture_output=True, text=True, check=False, env=environment_with(),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"replicate-typed: this needs {missing}, which comes with pip install 'replicate-typed[{extra}]'\n"
    )


def test_the_package_does_not_import_the_command_line() -> None:
    """Nor what only that needs."""
    program = "import sys, replicate_typed, replicate_typed.transports.mock; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, env=environment_with()
    )
    assert not {"cyclopts", "uvicorn", "replicate_typed.cli"} & set(done.stdout.split())


def test_only_what_an_extra_brings_is_said_to_be_missing() -> None:
    """Another module that cannot be imported is a mistake to be seen with its traceback."""
    with pytest.raises(ModuleNotFoundError, match="no colours"):
        stop_without(ModuleNotFoundError("no colours", name="colours"), extra="cli")


def test_a_host_that_can_be_no_name_is_told_in_one_line() -> None:
    """As every argument that cannot be."""
    done = run_command("serve", "--models", MODELS, "--host", "a..b")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("replicate-typed: --host 'a..b': ")
    assert done.stderr.count("\n") == 1
