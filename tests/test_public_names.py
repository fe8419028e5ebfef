"""What `replicate_typed` offers: each name once, in order, importable, and loaded no earlier than it is needed."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import replicate_typed
import replicate_typed.models
import replicate_typed.transports

ROOT = Path(__file__).resolve().parents[1]
LAZY = [replicate_typed, replicate_typed.models, replicate_typed.transports]
by_name = pytest.mark.parametrize("module", LAZY, ids=lambda module: module.__name__)


def static_names(module: ModuleType) -> set[str]:
    """The names that type checkers see: those imported under TYPE_CHECKING, and what is defined."""
    assert module.__file__
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    block = next(
        node
        for node in tree.body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    )
    return {
        alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def loaded_by(program: str) -> set[str]:
    """The modules that a new process has loaded after a program."""
    command = [sys.executable, "-c", f"{program}\nimport sys\nprint('\\n'.join(sys.modules))"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@by_name
def test_the_names_are_sorted_and_unique(module: ModuleType) -> None:
    """So that a new one has one place."""
    names = list(module.__all__)
    assert names == sorted(set(names))


@by_name
def test_checkers_and_programs_see_the_same_names(module: ModuleType) -> None:
    """`__all__`, the imports for checkers and `dir` agree."""
    assert set(module.__all__) - {"__version__"} == static_names(module)
    assert dir(module) == sorted(module.__all__)


@by_name
def test_every_name_can_be_imported(module: ModuleType) -> None:
    """And is the same object each time."""
    for name in module.__all__:
        assert getattr(module, name) is getattr(module, name)


def test_every_lazy_name_is_public_and_every_public_name_is_found() -> None:
    """The table of lazy names is `__all__` without the version; a module is at home in itself."""
    table: dict[str, str] = vars(replicate_typed)["_HOMES"]
    assert table.keys() | {"__version__"} == set(replicate_typed.__all__)
    for name, home in table.items():
        module = importlib.import_module(home)
        assert getattr(replicate_typed, name) is getattr(module, name, module)


def test_a_star_import_gives_all_of_them() -> None:
    """None is missing, and nothing else comes along."""
    names: dict[str, object] = {}
    exec("from replicate_typed import *", names)
    assert names.keys() - {"__builtins__"} == set(replicate_typed.__all__)


@by_name
def test_any_other_name_is_an_attribute_error_that_names_it(module: ModuleType) -> None:
    """As for any module."""
    with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute 'Cliet'"):
        getattr(module, "Cliet")  # noqa: B009 -- a checker would refuse it


def test_every_error_is_public() -> None:
    """Whatever can be raised can be caught by name."""
    errors = {
        name
        for name, value in vars(replicate_typed.errors).items()
        if isinstance(value, type) and issubclass(value, replicate_typed.ReplicateError)
    }
    assert errors <= set(replicate_typed.__all__)


def test_importing_the_package_loads_nothing_else() -> None:
    """Neither httpx nor attrs, and of its own modules the one that does so alone."""
    loaded = loaded_by("import replicate_typed")
    assert not loaded & {"httpx", "attr", "attrs", "anyio", "asyncio", "replicate_api"}
    assert {name for name in loaded if name.startswith("replicate_typed.")} == {"replicate_typed.lazy_names"}


def test_errors_load_without_httpx() -> None:
    """A program that only catches them does not pay for the client."""
    assert not loaded_by("from replicate_typed import ReplicateError") & {"httpx", "attr", "replicate_api"}


@pytest.mark.parametrize("name", ["Client", "AsyncClient"])
def test_a_client_loads_no_models(name: str) -> None:
    """attrs is imported with the first model."""
    loaded = loaded_by(f"import replicate_typed; replicate_typed.{name}()")
    assert "httpx" in loaded
    assert "attr" not in loaded
    assert not any(module.startswith("replicate_api.models.") for module in loaded)


def test_a_model_is_imported_on_first_use() -> None:
    """One model, and what it is made of; not all of them."""
    assert not any(name.startswith("replicate_api") for name in loaded_by("import replicate_typed.models"))
    loaded = loaded_by("import replicate_typed; replicate_typed.models.Hardware")
    assert "replicate_api.models.hardware" in loaded
    assert "replicate_api.models.prediction" not in loaded


RIGHT = """\
import replicate_typed
from replicate_typed import AsyncClient, Client, MockTransport, Prediction, PredictionStatus

client = Client(transport=MockTransport())
async_client = AsyncClient(transport=MockTransport())
prediction: Prediction = client.predictions.get("id")
print(prediction.status is PredictionStatus.SUCCEEDED, client.models.list().results, replicate_typed.Client)
"""
WRONG = {
    "a module's attribute": "replicate_typed.Cliet",
    "an import": "from replicate_typed import Foo",
    "an import of a model": "from replicate_typed.models import Predicton",
    "an import of an error": "from replicate_typed.errors import ModelEror",
    "an import of a transport": "from replicate_typed.transports import MokTransport",
    "a resource": "client.predictionz",
    "a resource of the async client": "async_client.predictionz",
    "a nested resource": "client.models.version",
    "a method": "client.models.lst()",
    "a verb": "client.runn('acme/echo', {})",
    "a member": "PredictionStatus.SUCCEEDEDD",
    "a field": "prediction.statuss",
    "a keyword argument": "client.run('acme/echo', {}, timeot=5)",
    "a keyword argument of a generated method": "client.predictions.list(create_after='2025-01-01')",
    "a keyword argument of a constructor": "Client(tokn='a')",
    "a type": "client.predictions.get(5)",
    "a transport of the other colour": "Client(transport=replicate_typed.AsyncHTTPTransport())",
    "a missing argument": "client.predictions.get()",
    "an assignment": "prediction.logs = 5",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is right, and below it what is wrong, a line each."""
    path = tmp_path_factory.mktemp("misspelt") / "program.py"
    path.write_text(RIGHT + "".join(f"{line}\n" for line in WRONG.values()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def lines_refused_by_mypy(program: Path) -> set[int]:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file=pyproject.toml",
        f"--cache-dir={program.parent}",
        str(program),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 1, run.stdout + run.stderr
    return {int(line) for line in re.findall(rf"^{re.escape(str(program))}:(\d+): error", run.stdout, re.MULTILINE)}


@pytest.fixture(scope="module")
def lines_refused_by_pyright(program: Path) -> set[int]:
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT / "generated"), str(ROOT)]}
    (program.parent / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pyright",
        "--pythonpath",
        sys.executable,
        "--outputjson",
        "-p",
        str(program.parent),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 1, run.stdout + run.stderr
    found = json.loads(run.stdout)["generalDiagnostics"]
    return {diagnostic["range"]["start"]["line"] + 1 for diagnostic in found if diagnostic["severity"] == "error"}


def wrong_lines() -> dict[int, str]:
    first = RIGHT.count("\n") + 1
    return dict(enumerate(WRONG, start=first))


def test_mypy_refuses_every_misspelt_name(lines_refused_by_mypy: set[int]) -> None:
    """And only those: the lines without a mistake pass."""
    assert {wrong_lines().get(line, line) for line in lines_refused_by_mypy} == set(WRONG)


def test_pyright_refuses_every_misspelt_name(lines_refused_by_pyright: set[int]) -> None:
    """And only those: the lines without a mistake pass."""
    assert {wrong_lines().get(line, line) for line in lines_refused_by_pyright} == set(WRONG)
