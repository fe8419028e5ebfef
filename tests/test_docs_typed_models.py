"""docs/typed-models.md: its commands and its programs do what it says, in order, in one folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents import blocks, broken_links, files
from serving import environment_with
from suites import ROOT

PAGE = ROOT / "docs" / "typed-models.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILES = files(TEXT)
ADD, CHECK, UPDATE = blocks(TEXT, "sh")
MISTAKES, CHANGES = blocks(TEXT, "text")
MODULE = "myapp/models/flux_schnell.py"

SERVICE = """\
from pathlib import Path
from typing import Literal

from replicate_typed import ConcatenateIterator, Input, MockTransport

mock = MockTransport()
Ratio = Literal["1:1", "3:2", "16:9"]
most = 4


@mock.model("black-forest-labs/flux-schnell", description="The fastest image generation model.")
def flux_schnell(
    prompt: str = Input(description="Prompt for generated image"),
    aspect_ratio: Ratio = Input("1:1", description="Aspect ratio of the image"),
    num_outputs: int = Input(1, ge=1, le=most, description="Number of outputs to generate"),
) -> list[Path]:
    pictures = [Path(f"out-{number}.webp") for number in range(num_outputs)]
    for picture in pictures:
        picture.write_bytes(b"picture")
    return pictures


@mock.model("meta/meta-llama-3-8b-instruct")
def llama(prompt: str, max_tokens: int = Input(512, ge=1)) -> ConcatenateIterator[str]:
    yield from ["An ode ", "to a fox"]
"""
CHANGED = SERVICE.replace('"16:9"]', '"16:9", "21:9"]').replace("most = 4", "most = 2")


class Folder:
    """Where the reader of the page works; the models are those of a file, as its last section has them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.publish(SERVICE)
        for name, text in FILES.items():
            if name != MODULE:
                (path / name).write_text(text, encoding="utf-8")

    def publish(self, service: str) -> None:
        (self.path / "service.py").write_text(service, encoding="utf-8")

    def does(self, command: str) -> subprocess.CompletedProcess[str]:
        """What a line of the shell says."""
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        environment = environment_with(REPLICATE_TRANSPORT="mock:service.py", PATH=path)
        return subprocess.run(
            ["sh", "-ec", command], capture_output=True, text=True, check=False, cwd=self.path, env=environment
        )

    def prints(self, command: str) -> str:
        """The same of one that succeeds."""
        done = self.does(command)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """With the modules that the page's first command writes."""
    folder = Folder(tmp_path)
    folder.prints(ADD)
    return folder


def test_the_module_is_the_one_that_the_page_shows(folder: Folder) -> None:
    """Its class and its reference, to the end of the file."""
    written = (folder.path / MODULE).read_text(encoding="utf-8")
    assert written.endswith(FILES[MODULE].removeprefix(f"# {MODULE}\n"))
    assert (folder.path / "myapp" / "models" / "replicate-models.lock").exists()


def test_the_programs_of_the_page_run(folder: Folder) -> None:
    """In both colours, with outputs of the types that it says."""
    assert folder.prints("python picture.py") == "out-0.webp 7\nout-1.webp 7\n"
    assert folder.prints("python poem.py") == "AN ODE TO A FOX\nAn ode to a fox\nTrue\n"
    assert folder.prints("python side_by_side.py") == "out-0.webp\nout-0.webp\n"
    assert folder.prints("python mistakes.py") == MISTAKES


def test_checkers_agree_with_the_programs_of_the_page(folder: Folder) -> None:
    """They are silent but for the mistakes, of which they find all but the range."""
    (folder.path / "myapp" / "__init__.py").touch()
    done = folder.does(f"python -m mypy --strict --cache-dir {folder.path / 'cache'} .")
    found = re.findall(r"^(\w+\.py):\d+: error: .*\[([\w-]+)\]$", done.stdout, re.MULTILINE)
    assert set(found) == {("mistakes.py", "call-arg"), ("mistakes.py", "arg-type")}, done.stdout


def test_a_check_tells_of_what_changed(folder: Folder) -> None:
    """As on the page, with the status of a failure; after an update it passes."""
    assert folder.prints(CHECK).count(": unchanged\n") == 2
    folder.publish(CHANGED)
    done = folder.does(CHECK)
    assert (done.returncode, done.stdout) == (1, CHANGES)
    assert "breaks  input.num_outputs" in folder.prints(UPDATE)
    assert folder.prints(CHECK).count(": unchanged\n") == 2


def test_the_links_of_the_page_lead_to_what_is_there() -> None:
    """From where it is."""
    assert broken_links(TEXT, PAGE.parent) == []
