"""scripts/regenerate: write everything that is made from openapi.yaml, or check that it is fresh."""

from __future__ import annotations

import argparse
import filecmp
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from .document import load, module_name
from .properties import UnsupportedSpecError
from .render import HEADER, ROOT, render, ruff


def generate(spec: Path, config: Path, package: Path, models_module: Path) -> None:
    """The generated package, and the module that names its models for users."""
    document = load(spec)
    names = render(document, package, config)
    write_document(document, package / "openapi.json")
    write_models_module(names, models_module)


def write_document(document: dict[str, Any], path: Path) -> None:
    """The spec itself, in a form that Python reads at once: the mock service checks requests against it."""
    made = {"x-made-by": HEADER.removeprefix("# Made by ").strip()} | document
    path.write_text(json.dumps(made, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")


def write_models_module(names: list[str], path: Path) -> None:
    modules = {name: module_name([name]) for name in names}
    imports = "\n".join(f"    from replicate_api.models.{module} import {name}" for name, module in modules.items())
    listed = "".join(f'    "{name}",\n' for name in names)
    mapped = "".join(f'    "{name}": "replicate_api.models.{module}",\n' for name, module in modules.items())
    path.write_text(
        f'''{HEADER}"""Every object of the API by name, each imported on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
{imports}

__all__ = [
{listed}]

if not TYPE_CHECKING:
    from replicate_typed.lazy_names import lazy_names

    _HOMES = {{
{mapped}}}
    __getattr__, __dir__ = lazy_names(__name__, _HOMES)
''',
        encoding="utf-8",
    )
    ruff(["format", "--isolated", "--line-length=120", "--target-version=py311", str(path)])


def differences(fresh: Path, committed: Path) -> list[str]:
    """What a folder lacks, has too much, or has otherwise."""
    fresh_files = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
    committed_files = {
        path.relative_to(committed)
        for path in committed.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return sorted(
        [f"missing: {committed / path}" for path in fresh_files - committed_files]
        + [f"not made by the command: {committed / path}" for path in committed_files - fresh_files]
        + [
            f"stale: {committed / path}"
            for path in fresh_files & committed_files
            if not filecmp.cmp(fresh / path, committed / path, shallow=False)
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/regenerate", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail if something is stale, missing or extra"
    )
    parser.add_argument("--spec", type=Path, default=ROOT / "openapi.yaml", help="the spec to read")
    parser.add_argument(
        "--output", type=Path, default=ROOT, help="the folder that holds generated/ and replicate_typed/"
    )
    options = parser.parse_args()
    package = options.output / "generated" / "replicate_api"
    models_module = options.output / "replicate_typed" / "models.py"
    with tempfile.TemporaryDirectory() as folder:
        fresh, fresh_models = Path(folder) / "replicate_api", Path(folder) / "models.py"
        try:
            generate(options.spec, ROOT / "generator-config.yaml", fresh, fresh_models)
        except UnsupportedSpecError as error:
            print(f"scripts/regenerate: {options.spec.name}: {error}", file=sys.stderr)
            return 2
        if options.check:
            found = differences(fresh, package)
            if not models_module.exists() or models_module.read_bytes() != fresh_models.read_bytes():
                found.append(f"stale: {models_module}")
            for line in found:
                print(line, file=sys.stderr)
            if found:
                print("run scripts/regenerate", file=sys.stderr)
            return 1 if found else 0
        if package.exists():
            shutil.rmtree(package)
        package.parent.mkdir(parents=True, exist_ok=True)
        models_module.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(fresh, package)
        shutil.copyfile(fresh_models, models_module)
    return 0


if __name__ == "__main__":
    sys.exit(main())
