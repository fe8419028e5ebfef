"""`replicate-typed types`: typed modules of models, written and compared."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from replicate_typed.cli import stop
from replicate_typed.errors import ReplicateError

if TYPE_CHECKING:
    from replicate_typed.typegen import Checked, TypedFolder, Written
    from replicate_typed.typegen.differences import Difference

T = TypeVar("T")

_EPILOGUE = """\
An example:

    replicate-typed types add black-forest-labs/flux-schnell -o myapp/models

    from myapp.models.flux_schnell import flux_schnell
    files = client.run(flux_schnell(prompt="a fox"), timeout=60)
"""

types: App = App(
    name="types",
    help="Write Python modules that know what models take and give.",
    help_epilogue=_EPILOGUE,
    help_format="plaintext",
)

Folder = Annotated[Path, Parameter(name=["--output", "-o"], metavar="FOLDER")]
AsJSON = Annotated[bool, Parameter(name="--json", negative="", show_default=False)]
"""Print JSON."""


@types.command
def add(*models: Annotated[str, Parameter(required=True)], output: Folder) -> None:
    """Write a module for each of some models.

    Parameters
    ----------
    models
        "owner/name" is the newest version, "owner/name:version" that one.
    output
        The folder of the modules, and of the file that locks their versions.
    """
    folder = _opened(output)
    _each(models, lambda model: _tell_written(folder.add(model)))


@types.command
def update(*models: str, output: Folder) -> None:
    """Write modules again, from what is published now.

    Parameters
    ----------
    models
        Which; else all of them.
    output
        The folder of the modules.
    """
    folder = _opened(output)
    _each(models or _names(folder), lambda model: _tell_written(folder.update(model)))


@types.command(name="list")
def list_models(*, output: Folder, as_json: AsJSON = False) -> None:
    """List the models that have modules.

    Parameters
    ----------
    output
        The folder of the modules.
    as_json
        Print a JSON array.
    """
    models = _opened(output).models
    if as_json:
        _print_json(
            [
                {
                    "model": each.model,
                    "module": each.module,
                    "asked": each.asked,
                    "version": each.version,
                    "runs_by_name": each.runs_by_name,
                    "schema_hash": each.schema_hash,
                }
                for each in models
            ]
        )
        return
    table = _table("model", "module", "runs", "version")
    for each in models:
        table.add_row(*map(Text, (each.model, each.module, _runs(each.runs_by_name), each.version[:12])))
    _show(table)


@types.command
def check(*models: str, output: Folder, as_json: AsJSON = False) -> None:
    """Compare modules with what is published now.

    The exit status is 1 when a program that was right for a module may be wrong for the published model.

    Parameters
    ----------
    models
        Which; else all of them.
    output
        The folder of the modules.
    as_json
        Print a JSON array.
    """
    folder = _opened(output)
    checked = _each(models or _names(folder), folder.check)
    if as_json:
        _print_json([_checked_json(each) for each in checked])
    else:
        for each in checked:
            _tell_checked(each)
    if not all(each.is_compatible for each in checked):
        sys.exit(1)


def _opened(path: Path) -> TypedFolder:
    from replicate_typed.typegen import TypedFolder

    try:
        return TypedFolder(path)
    except (ValueError, OSError) as error:
        stop(str(error), 1)


def _names(folder: TypedFolder) -> list[str]:
    return [each.model for each in folder.models]


def _each(models: Iterable[str], do: Callable[[str], T]) -> list[T]:
    """What became of each model; the ones that fail are told of, and do not keep the others from it."""
    done: list[T] = []
    failures = 0
    for model in models:
        try:
            done.append(do(model))
        except (ReplicateError, ValueError, OSError) as error:
            failures += 1
            print(f"replicate-typed: {model}: {error}", file=sys.stderr)  # noqa: T201
    if failures:
        sys.exit(1)
    return done


def _tell_written(written: Written) -> None:
    model = written.model
    how = f"run by name, of version {model.version[:12]}" if model.runs_by_name else f"version {model.version[:12]}"
    _print(f"{written.path}: {model.model}, {how}")
    _tell_differences(written.differences)


def _tell_checked(checked: Checked) -> None:
    locked = checked.model
    if checked.error is not None:
        _print(f"{locked.model}: cannot be compared: {checked.error}", "red")
    elif not checked.is_compatible:
        _print(f"{locked.model}: programs for {locked.module}.py may be wrong for what is published now", "red")
    elif checked.differences:
        _print(f"{locked.model}: changed, and programs for {locked.module}.py fit", "yellow")
    elif checked.published_version != locked.version:
        _print(f"{locked.model}: a newer version, with the same types")
    else:
        _print(f"{locked.model}: unchanged")
    _tell_differences(checked.differences)


def _tell_differences(differences: Sequence[Difference]) -> None:
    for each in differences:
        _print(f"  {'breaks' if each.is_breaking else 'fits'}  {each}", "red" if each.is_breaking else "")


def _checked_json(checked: Checked) -> dict[str, Any]:
    return {
        "model": checked.model.model,
        "module": checked.model.module,
        "version": checked.model.version,
        "published_version": checked.published_version,
        "is_compatible": checked.is_compatible,
        "error": None if checked.error is None else str(checked.error),
        "differences": [
            {"where": each.where, "text": each.text, "is_breaking": each.is_breaking} for each in checked.differences
        ],
    }


def _runs(by_name: bool) -> str:
    return "by name" if by_name else "this version"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _show(table: Table) -> None:
    Console(highlight=False).print(table)


def _print(text: str, style: str = "") -> None:
    Console(highlight=False, soft_wrap=True).print(Text(text, style=style))


def _print_json(value: object) -> None:
    sys.stdout.write(f"{json.dumps(value, indent=2)}\n")
