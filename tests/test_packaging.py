"""The wheel: what it holds, what it asks for, and that it works in an environment with nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEPENDENCIES = {"anyio", "attrs", "httpx"}


def build(kind: str, source: Path, folder: Path) -> Path:
    """A wheel or an sdist of a source tree, made by its own build backend, offline."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def files(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel, the distributions it asks for, those that they ask for, and no more.

    They are copied from the environment of the tests, so that no network is needed.
    """
    folder = tmp_path_factory.mktemp("environment with spaces") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    packages = next(folder.glob("lib/python3*/site-packages"))
    copy(closure(DEPENDENCIES), packages)
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(python_of(folder))]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True)
    subprocess.run([*pip, "check"], check=True)
    return folder


def copy(names: set[str], folder: Path) -> None:
    """Have a folder hold the distributions as they are installed here."""
    for name in names:
        found = distribution(name)
        for path in found.files or []:
            if ".." not in path.parts and "__pycache__" not in path.parts:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(Path(str(found.locate_file(path))).read_bytes())


def python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def closure(names: set[str]) -> set[str]:
    """The distributions, and whatever they need without extras."""
    needed: set[str] = set()
    while names - needed:
        name = min(names - needed)
        needed.add(name)
        for requirement in distribution(name).requires or []:
            wanted, _, marker = requirement.partition(";")
            if "extra" not in marker and applies(marker):
                names = names | {name_in(wanted)}
    return needed


def applies(marker: str) -> bool:
    from packaging.markers import Marker

    return not marker.strip() or Marker(marker).evaluate()


def name_in(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement.strip())[0].lower()


def test_two_packages_are_at_top_level_and_nothing_else(files: dict[str, bytes]) -> None:
    """No tests, scripts or other surprises."""
    assert {name.partition("/")[0] for name in files} == {
        "replicate_api", "replicate_typed", "replicate_typed-0.1.0.dist-info"
    }  # fmt: skip


def test_both_packages_are_marked_as_typed(files: dict[str, bytes]) -> None:
    """Else checkers ignore their annotations."""
    assert {"replicate_api/py.typed", "replicate_typed/py.typed"} <= files.keys()


def test_the_wheel_holds_every_module_of_the_source(files: dict[str, bytes]) -> None:
    """Byte by byte, and no compiled leftovers."""
    for folder in (ROOT / "replicate_typed", ROOT / "generated" / "replicate_api"):
        sources = {
            str(path.relative_to(folder.parent)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert {name: content for name, content in files.items() if name.startswith(f"{folder.name}/")} == sources


def test_the_metadata_asks_for_three_distributions(files: dict[str, bytes]) -> None:
    """httpx, attrs and anyio; everything else is an extra."""
    metadata = message_from_bytes(files["replicate_typed-0.1.0.dist-info/METADATA"])
    asked_for = [each for each in metadata.get_all("Requires-Dist", []) if "extra ==" not in each]
    assert {name_in(each) for each in asked_for} == DEPENDENCIES
    assert len(asked_for) == len(DEPENDENCIES)
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "replicate_typed-0.1.0.dist-info/licenses/LICENSE" in files


def test_a_wheel_made_of_the_sdist_is_the_same(files: dict[str, bytes], tmp_path: Path) -> None:
    """So the sdist lacks nothing, and it holds no more than it should."""
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # not so before Python 3.11.4
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tmp_path)
    source = tmp_path / "replicate_typed-0.1.0"
    assert {path.name for path in source.iterdir()} == {
        "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", ".gitignore",
        "generated", "openapi.yaml", "pyproject.toml", "replicate_typed",
    }  # fmt: skip
    with zipfile.ZipFile(build("wheel", source, tmp_path / "wheel")) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_the_first_example_of_the_readme_runs_in_an_empty_environment(environment: Path, tmp_path: Path) -> None:
    """With what the wheel asks for, and nothing else."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert found
    program = (
        f"{found[1]}\nimport replicate_api, replicate_typed\nprint(replicate_typed.__file__, replicate_api.__file__)"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REPLICATE_"))}
    command = [str(python_of(environment)), "-W", "error", "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=clean)
    assert run.stdout.count(str(environment)) == 2


SUITE = """
from replicate_typed import Client, NetworkRefusedError

def test_run(replicate_mock, replicate_client):
    replicate_mock.reply("acme/painter", "a picture")
    assert replicate_client.run("acme/painter") == Client().run("acme/painter") == "a picture"

def test_network():
    try:
        Client().account.get()
    except NetworkRefusedError:
        return
    raise AssertionError("not refused")
"""


def test_pytest_finds_the_plugin_of_the_wheel(environment: Path, tmp_path: Path) -> None:
    """With nothing said, once pytest is installed beside it; `-p no:replicate_typed` turns it off."""
    copy(closure({"pytest"}), tmp_path / "packages")
    (tmp_path / "pytest.ini").write_text("[pytest]\nreplicate_network = refuse\nfilterwarnings = error\n")
    (tmp_path / "test_suite.py").write_text(SUITE)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "REPLICATE_"))}
    command = [str(python_of(environment)), "-m", "pytest", "test_suite.py", "-p", "no:cacheprovider"]
    variables = {**clean, "PYTHONPATH": str(tmp_path / "packages")}
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=variables)
    assert "2 passed in" in run.stdout, run.stdout
    assert "replicate-typed-0.1.0" in run.stdout
    command += ["-p", "no:replicate_typed", "-o", "filterwarnings=ignore"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=variables)
    assert "fixture 'replicate_mock' not found" in run.stdout, run.stdout


@pytest.mark.parametrize("package", ["replicate_typed", "replicate_api"])
def test_every_public_type_is_complete(package: str, environment: Path, tmp_path: Path) -> None:
    """`pyright --verifytypes` gives 100 % for what the wheel installs."""
    command = [sys.executable, "-m", "pyright", "--verifytypes", package, "--ignoreexternal", "--outputjson"]
    path = os.pathsep.join([str(python_of(environment).parent), os.environ["PATH"]])  # pyright asks the python on it
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env={**os.environ, "PATH": path}
    )
    found = json.loads(run.stdout)["typeCompleteness"]
    assert str(environment) in found["pyTypedPath"]
    incomplete = [
        f"{symbol['name']}: {diagnostic['message']}"
        for symbol in found["symbols"]
        for diagnostic in symbol["diagnostics"]
        # "Partially unknown" follows from the others, and a missing docstring is a warning only.
        if diagnostic["severity"] == "error" and "partially unknown" not in diagnostic["message"]
    ]
    assert incomplete == []
    assert found["completenessScore"] == 1
    assert found["exportedSymbolCounts"]["withKnownType"] > 100
