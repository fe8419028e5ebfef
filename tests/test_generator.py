"""The generator as a command: the same bytes for the same spec, and a check that misses nothing."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from generating import ROOT, command, spec, the_spec, written

HEADER = "# Made by scripts/regenerate from openapi.yaml; do not edit.\n"


def tree(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What openapi.yaml becomes."""
    folder = tmp_path_factory.mktemp("made")
    done = command("--output", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to spoil."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def test_the_committed_code_is_fresh(made: Path) -> None:
    """It is what the spec and the templates make now."""
    assert tree(made / "generated") == tree(ROOT / "generated")
    assert (made / "replicate_typed/models.py").read_bytes() == (ROOT / "replicate_typed/models.py").read_bytes()
    done = command("--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_file_says_that_it_is_made() -> None:
    """And by which command."""
    for path in [*(ROOT / "generated").rglob("*.py"), ROOT / "replicate_typed" / "models.py"]:
        assert path.read_text(encoding="utf-8").startswith(HEADER), path


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_spec_makes_the_same_bytes(made: Path, tmp_path: Path, seed: str) -> None:
    """In another folder, from another working directory, with another order of hashes, and in seconds."""
    begun = time.monotonic()
    done = command("--output", str(tmp_path / "out"), cwd=tmp_path, PYTHONHASHSEED=seed, TZ="Asia/Tokyo", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begun < 15
    assert tree(tmp_path / "out") == tree(made)


def test_generating_again_leaves_nothing_behind(copied: Path) -> None:
    """Files that the spec no longer asks for go."""
    extra = copied / "generated/replicate_api/models/gone.py"
    extra.write_text("old", encoding="utf-8")
    before = tree(copied)
    assert command("--output", str(copied)).returncode == 0
    del before[extra.relative_to(copied)]
    assert tree(copied) == before


STALE = "generated/replicate_api/models/prediction.py"


@pytest.mark.parametrize(
    ("path", "text", "complaint"),
    [
        (STALE, "# changed\n", "stale: "),
        (STALE, None, "missing: "),
        ("generated/replicate_api/models/extra.py", "", "not made by the command: "),
        ("generated/replicate_api/api/extra/note.txt", "", "not made by the command: "),
        ("generated/replicate_api/py.typed", None, "missing: "),
        ("replicate_typed/models.py", "# changed\n", "stale: "),
        ("replicate_typed/models.py", None, "stale: "),
    ],
)
def test_the_check_finds_what_is_not_as_it_would_be_made(
    copied: Path, path: str, text: str | None, complaint: str
) -> None:
    """It names the file, fails, and changes nothing."""
    spoilt = copied / path
    if text is None:
        spoilt.unlink()
    else:
        spoilt.parent.mkdir(exist_ok=True)
        spoilt.write_text(text, encoding="utf-8")
    before = tree(copied)
    done = command("--check", "--output", str(copied))
    assert done.returncode == 1
    assert done.stderr == f"{complaint}{spoilt}\nrun scripts/regenerate\n"
    assert tree(copied) == before


def test_the_check_finds_a_changed_spec(copied: Path, tmp_path: Path) -> None:
    """One more word in a description is enough."""
    document = the_spec()
    document["paths"]["/account"]["get"]["summary"] += " now"
    done = command("--check", "--spec", str(written(document, tmp_path)), "--output", str(copied))
    assert done.returncode == 1
    assert "stale: " in done.stderr
    assert "account_get.py" in done.stderr


def test_a_refused_spec_leaves_what_is_there(copied: Path, tmp_path: Path) -> None:
    """Exit status 2, one line that says what and where, and no file touched."""
    before = tree(copied)
    path = written(spec(paths={"/things": {"query": {"operationId": "things.search"}}}), tmp_path)
    done = command("--spec", str(path), "--output", str(copied))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "scripts/regenerate: openapi.yaml: /things: query is not supported\n"
    assert tree(copied) == before


def test_what_is_there_twice_in_the_file_is_refused(tmp_path: Path) -> None:
    """YAML would keep the last of two operations, and say nothing."""
    path = tmp_path / "openapi.yaml"
    path.write_text("paths:\n  /a:\n    get: {}\n  /a:\n    post: {}\n", encoding="utf-8")
    done = command("--spec", str(path), "--output", str(tmp_path))
    assert done.returncode == 2
    assert "line 2: /a is there twice" in done.stderr
