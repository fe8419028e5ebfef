"""Every schema in the recorded traffic makes a module that imports, type-checks, and takes what the model takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import hypothesis_jsonschema
import pytest
from cassettes import needs_cassettes
from generating import ROOT
from hypothesis import HealthCheck, given, settings, strategies as st
from recorded_schemas import RecordedModel, recorded_models
from typed_modules import imported, text_of

from replicate_typed import OutputFile
from replicate_typed.errors import InvalidInputError
from replicate_typed.typegen.names import constant_name

pytestmark = needs_cassettes
MODELS = recorded_models()
each_model = pytest.mark.parametrize("model", MODELS, ids=str)


def module_of(model: RecordedModel) -> ModuleType:
    return imported(text_of(model.document, model=model.name))


def schemas_of(model: RecordedModel) -> dict[str, Any]:
    schemas: dict[str, Any] = model.document["components"]["schemas"]
    return schemas


def test_there_are_as_many_as_were_recorded() -> None:
    """The 25 of one page of models, and two others."""
    assert len(MODELS) == 27


@each_model
def test_a_module_has_every_input(model: RecordedModel) -> None:
    """In the author's order behind the required ones, under its own name."""
    given = schemas_of(model)["Input"]
    required = given.get("required", [])
    ordered = sorted(given["properties"], key=lambda name: (name not in required, given["properties"][name]["x-order"]))
    module = module_of(model)
    assert [field.name for field in attrs.fields(module.model.input_class)] == ordered


@each_model
def test_a_model_accepts_its_own_example(model: RecordedModel) -> None:
    """What the schema still has of it, as it is; an input of an earlier version is named, and nothing else is wrong."""
    assert model.example is not None
    reference = module_of(model).model
    example: dict[str, Any] = model.example["input"]
    known = {name: value for name, value in example.items() if name in schemas_of(model)["Input"]["properties"]}
    assert reference(**known).input == known
    if known != example:
        with pytest.raises(InvalidInputError) as caught:
            reference(**example)
        assert {problem.field for problem in caught.value.problems} == example.keys() - known.keys()


@each_model
def test_the_output_of_an_example_is_read(model: RecordedModel) -> None:
    """Nothing of it is lost."""
    assert model.example is not None
    output: Any = model.example["output"]
    read = module_of(model).model.read(output, OutputFile)
    match schemas_of(model)["Output"]:
        case {"x-cog-array-display": "concatenate"}:
            assert read == "".join(output)
        case {"type": "object"}:
            assert {**attrs.asdict(read), **read.additional_properties} == {**output, "additional_properties": {}}
        case _:
            assert read == output


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
@pytest.mark.parametrize("model", MODELS, ids=str)
def test_every_input_that_fits_the_schema_is_sent_as_it_is(model: RecordedModel, data: st.DataObject) -> None:
    """Through the class and back."""
    schemas = schemas_of(model)
    fields = {name: fitting(inlined(each, schemas)) for name, each in schemas["Input"]["properties"].items()}
    required = {name: fields.pop(name) for name in schemas["Input"].get("required", [])}
    value = data.draw(st.fixed_dictionaries(required, optional=fields))
    assert module_of(model).model(**value).input == value


def fitting(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """JSON that fits a schema."""
    from_schema: Any = vars(hypothesis_jsonschema)["from_schema"]  # its types are for another hypothesis
    strategy: st.SearchStrategy[Any] = from_schema(schema)
    return strategy


def inlined(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """A field's schema without references, and with URLs of a kind that can be made up."""
    for part in schema.get("allOf", []):
        schema = {**schemas[part["$ref"].rpartition("/")[2]], **schema}
    inner = {key: value for key, value in schema.items() if key not in ("allOf", "format", "default")}
    inner |= {new: schema[old] for old, new in (("ge", "minimum"), ("le", "maximum")) if old in schema}
    return inner | ({"pattern": "^https://[a-z]{1,9}/$"} if schema.get("format") == "uri" else {})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All modules in one package, and a program that uses them."""
    folder = tmp_path_factory.mktemp("typed") / "recorded"
    folder.mkdir()
    (folder / "__init__.py").touch()
    for model in MODELS:
        name = constant_name(model.name.partition("/")[2])
        (folder / f"{name}.py").write_text(text_of(model.document, model=model.name, module=name), encoding="utf-8")
    return folder


def test_all_modules_pass_mypy(folder: Path) -> None:
    """In strict mode."""
    done = check(folder, "mypy", "--strict", "--config-file=", "--no-incremental", "--cache-dir=/dev/null", str(folder))
    assert done.stdout == f"Success: no issues found in {len(MODELS) + 1} source files\n"


def test_all_modules_pass_pyright(folder: Path) -> None:
    """In strict mode."""
    config = folder.parent / "pyrightconfig.json"
    paths = [str(ROOT), str(ROOT / "generated")]
    config.write_text(json.dumps({"include": ["recorded"], "typeCheckingMode": "strict", "extraPaths": paths}))
    done = check(folder, "pyright", "-p", str(config), "--pythonpath", sys.executable)
    assert "0 errors, 0 warnings" in done.stdout, done.stdout


def test_all_modules_are_formatted(folder: Path) -> None:
    """As this project's formatter would."""
    done = check(folder, "ruff", "format", "--check", "--config", str(ROOT / "pyproject.toml"), str(folder))
    assert done.returncode == 0, done.stdout


def check(folder: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    bin = Path(sys.executable).parent
    environment = {
        **os.environ,
        "MYPYPATH": os.pathsep.join([str(ROOT), str(ROOT / "generated")]),
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
        "PATH": os.pathsep.join([str(bin), os.environ["PATH"]]),
    }
    command = [str(bin / program), *arguments]
    return subprocess.run(command, cwd=folder.parent, env=environment, capture_output=True, text=True, check=False)
