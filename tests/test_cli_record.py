"""`replicate-typed record`: programs in processes of their own, whose clients know nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from servers import Server, answer, says
from serving import COMMAND, PATIENCE, environment_with, run_command

PYTHON = sys.executable
TOKEN = "r8_secret0123456789"
PROGRAM = """
import sys
from replicate_typed import Client

client = Client()
print([client.request("GET", path) for path in sys.argv[2:]])
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def served(word: str) -> Server:
    return Server(says(answer(200, {"word": word})))


def record(server: Server, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run_command("record", *arguments, REPLICATE_BASE_URL=server.url, REPLICATE_API_TOKEN=TOKEN)


def test_a_program_is_recorded_and_then_replayed(program: Path, tmp_path: Path) -> None:
    """Its output and exit status are its own; the last line says what was recorded; the replay has no server."""
    path = tmp_path / "deep" / "words.yaml"
    command = [PYTHON, "-W", "error", str(program), "3", "/a", "/b"]
    with served("fox") as server:
        done = record(server, path, "--", *command)
        assert len(server.requests) == 2
    printed = "[{'word': 'fox'}, {'word': 'fox'}]\n"
    assert (done.returncode, done.stdout) == (3, printed)
    assert done.stderr == f"replicate-typed: 2 interactions recorded in {path}\n"
    assert TOKEN not in path.read_text()
    environment = environment_with(REPLICATE_TRANSPORT=f"recorded:{path}")
    again = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (again.returncode, again.stdout, again.stderr) == (3, printed, "")


def test_the_path_is_from_the_folder_of_the_command(program: Path, tmp_path: Path) -> None:
    """Even when the program goes elsewhere."""
    program.write_text(f"import os; os.chdir('/')\n{PROGRAM}", encoding="utf-8")
    command = [*COMMAND, "record", "words.json", "--", PYTHON, str(program), "0", "/a"]
    with served("fox") as server:
        variables = environment_with(REPLICATE_BASE_URL=server.url, REPLICATE_API_TOKEN=TOKEN)
        subprocess.run(command, check=True, env=variables, cwd=tmp_path, capture_output=True)
    assert '"version": 1' in (tmp_path / "words.json").read_text()


def test_the_mode_says_what_becomes_of_a_file_that_is_there(program: Path, tmp_path: Path) -> None:
    """Replaced unless something else is said; the line counts what is new."""
    path = tmp_path / "words.yaml"
    with served("fox") as server:
        record(server, path, "--", PYTHON, program, "0", "/a")
        done = record(server, path, "--mode", "new", "--", PYTHON, program, "0", "/a", "/b")
        assert done.stderr == f"replicate-typed: 1 interaction recorded in {path}\n"
    with served("owl") as server:
        done = record(server, path, "--mode=once", "--", PYTHON, program, "0", "/b", "/a")
        assert (done.returncode, done.stdout) == (0, "[{'word': 'fox'}, {'word': 'fox'}]\n")
        assert done.stderr.startswith(f"replicate-typed: nothing was recorded, as {path} is there and was replayed; ")
        done = record(server, path, "--", PYTHON, program, "0", "/c")
        assert done.stderr == f"replicate-typed: 1 interaction recorded in {path}\n"
    assert "fox" not in path.read_text()


def test_a_program_without_clients_leaves_the_file(tmp_path: Path) -> None:
    """And is told why."""
    path = tmp_path / "words.yaml"
    done = run_command("record", path, "--", PYTHON, "-c", "print('hello')")
    assert (done.returncode, done.stdout) == (0, "hello\n")
    assert done.stderr.startswith("replicate-typed: nothing was recorded: no client without a transport of its own ")
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["words.yaml"], ["words.yaml", "--mode", "none", "--", "true"], ["/", "true"]]
)
def test_wrong_arguments_are_refused_before_anything_is_run(arguments: list[str]) -> None:
    """With the exit status of wrong usage, and no traceback."""
    done = run_command("record", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_program_that_cannot_be_run_has_the_status_that_shells_give(tmp_path: Path) -> None:
    """In one line."""
    file = tmp_path / "file"
    file.touch()
    for command, status in ((tmp_path / "nothing", 127), (file, 126)):
        done = run_command("record", tmp_path / "words.yaml", "--", command)
        assert (done.returncode, done.stderr.count("\n")) == (status, 1)
        assert done.stderr.startswith(f"replicate-typed: {command} cannot be run: ")


def test_a_file_that_is_no_cassette_is_told_before_anything_is_run(tmp_path: Path) -> None:
    """Unless it is to be replaced."""
    path = tmp_path / "words.yaml"
    path.write_text("[", encoding="utf-8")
    for mode, status in (("new", 1), ("once", 1), ("all", 0)):
        done = run_command("record", path, f"--mode={mode}", "--", PYTHON, "-c", "print('ran')")
        assert (done.returncode, done.stdout) == (status, "" if status else "ran\n")
        assert "Traceback" not in done.stderr


def test_without_pyyaml_it_says_how_to_get_it(tmp_path: Path) -> None:
    """For a cassette in YAML."""
    (tmp_path / "run.py").write_text(
        "import sys; sys.modules['yaml'] = None\nfrom replicate_typed.cli import main; main()\n", encoding="utf-8"
    )
    command = [PYTHON, "-P", str(tmp_path / "run.py"), "record", "words.yaml", "--", PYTHON, "-c", "print('ran')"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment_with())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "pip install 'replicate-typed[recorded]'" in done.stderr


def test_it_does_not_need_what_serves(tmp_path: Path) -> None:
    """The extras cli and recorded are enough."""
    (tmp_path / "run.py").write_text(
        "import sys; sys.modules['uvicorn'] = None\nfrom replicate_typed.cli import main; main()\n", encoding="utf-8"
    )
    command = [
        PYTHON,
        "-P",
        str(tmp_path / "run.py"),
        "record",
        str(tmp_path / "words.yaml"),
        "--",
        PYTHON,
        "-c",
        "print('ran')",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment_with())
    assert (done.returncode, done.stdout) == (0, "ran\n")


ENDLESS = """
import signal, sys
from replicate_typed import Client

client = Client()
client.request("GET", "/a")
try:
    print("ready", flush=True)
    signal.pause()
except KeyboardInterrupt:
    sys.exit(5)
"""


@pytest.mark.parametrize(
    ("sent", "to_all", "status", "recorded"), [("SIGINT", True, 5, True), ("SIGTERM", False, 143, False)]
)
def test_a_signal_ends_the_program_first(sent: str, to_all: bool, status: int, recorded: bool, tmp_path: Path) -> None:
    """Ctrl-C reaches both, and what was recorded until then is written; a request to end is handed on."""
    program, path = tmp_path / "endless.py", tmp_path / "words.yaml"
    program.write_text(ENDLESS, encoding="utf-8")
    with served("fox") as server:
        process = subprocess.Popen(
            [*COMMAND, "record", str(path), "--", PYTHON, str(program)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env=environment_with(REPLICATE_BASE_URL=server.url, REPLICATE_API_TOKEN=TOKEN),
        )  # fmt: skip
        assert process.stdout is not None
        with process:
            assert process.stdout.readline() == "ready\n"
            (os.killpg if to_all else os.kill)(process.pid, getattr(signal, sent))
            _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, path.exists()) == (status, recorded)
    assert ("1 interaction recorded" in errors) == recorded
