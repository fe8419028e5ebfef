"""docs/recording.md: its project is recorded and then replayed by pytest, and its commands and examples are run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from documents import blocks, broken_links, files
from serving import Served, environment_with, serving
from suites import ROOT, check, empty_suite, run

PAGE = ROOT / "docs" / "recording.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILES = files(TEXT)
ANYIO = ("-p", "anyio.pytest_plugin")
XDIST = ("-p", "xdist.plugin", "-n", "2")
TOKEN = "r8_secret0123456789abcdefghijklmnopqrstuvwx"
SERVICE = """
from collections.abc import Iterator
from replicate_typed import MockTransport

mock = MockTransport()

@mock.model("acme/poet", processing=0.05)
def poet(subject: str) -> Iterator[str]:
    yield from [f"I met {subject}", "in a wood"]
"""

suite = pytest.fixture(empty_suite)


def write_files(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """The service that is recorded."""
    models = tmp_path_factory.mktemp("service") / "service.py"
    models.write_text(SERVICE, encoding="utf-8")
    with serving(models, "--token", TOKEN) as served:
        yield served


@pytest.mark.parametrize("workers", [(), XDIST], ids=["alone", "in parallel"])
def test_the_tests_of_the_page_are_recorded_and_then_replayed(
    workers: tuple[str, ...], served: Served, suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the service is stopped, and with no token; every answer is used, and a changed program is noticed."""
    write_files(suite.path)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("REPLICATE_BASE_URL", served.url)
    monkeypatch.setenv("REPLICATE_API_TOKEN", TOKEN)
    check(suite, *ANYIO, *workers, passed=3)
    monkeypatch.delenv("REPLICATE_API_TOKEN")
    assert served.end(signal.SIGTERM) == 0
    cassettes = {str(path.relative_to(suite.path / "cassettes")) for path in suite.path.rglob("*.yaml")}
    own = {f"test_poems/{name}.yaml" for name in ("test_a_poem_has_its_subject", "test_every_answer_is_used")}
    assert cassettes == own | {"streamed.yaml"}
    replayed = check(suite, *ANYIO, *workers, "-o", "replicate_network=refuse", "--replicate-unused", passed=3)
    assert replayed.stdout.str().partition("not used")[2].split()[1] == "none"
    program = suite.path / "poems.py"
    program.write_text(program.read_text().replace('{"subject": subject}', '{"subject": subject.upper()}'))
    told = run(suite, *ANYIO, *workers, "--replicate-record=none")
    told.assert_outcomes(passed=1, failed=2)
    told.stdout.fnmatch_lines(["E *body.input.subject: recorded 'a hare', sent 'A HARE'"])


def test_the_commands_of_the_page_record_and_replay(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one types them: the same twice, with a service that has been stopped the second time."""
    write_files(tmp_path)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    record, replay = blocks(TEXT, "sh")[0].splitlines()

    def output_of(command: str, **variables: str) -> str:
        environment = environment_with(REPLICATE_BASE_URL=served.url, **variables)
        done = subprocess.run(
            ["sh", "-ec", command], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
        )
        return done.stdout

    assert output_of(record, REPLICATE_API_TOKEN=TOKEN) == "I met a fox\nin a wood\n"
    assert served.end(signal.SIGTERM) == 0
    assert output_of(replay) == "I met a fox\nin a wood\n"


def test_the_code_of_the_page_says_what_the_page_says(tmp_path: Path) -> None:
    """Output and error, from a process of its own."""
    write_files(tmp_path)
    printed = [
        subprocess.run(
            [sys.executable, name], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment_with()
        ).stdout
        for name in ("in_code.py", "lacking.py")
    ]
    assert printed[0] == 2 * "['A fox,', 'a quick one']\n"
    assert printed[1] in blocks(TEXT, "text")
    assert json.loads((tmp_path / "cassettes" / "fox.json").read_text())["version"] == 1


def test_the_links_of_the_page_lead_to_what_is_there() -> None:
    """From where it is."""
    assert broken_links(TEXT, PAGE.parent) == []
