"""A folder of typed modules: models are added to it, brought up to date, and compared with what is published."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from replicate_typed.errors import ReplicateError
from replicate_typed.typegen.differences import Difference, differences
from replicate_typed.typegen.lock import FILE_NAME, LockedModel, lock_text, read_lock
from replicate_typed.typegen.modules import COMMAND, Source, module_text
from replicate_typed.typegen.names import constant_name, unused
from replicate_typed.typegen.published import Published, published
from replicate_typed.typegen.schemas import described

if TYPE_CHECKING:
    from replicate_typed._sync.client import Client

_INIT = '"""Typed models; the modules beside this one are written by `replicate-typed types`."""\n'


@frozen
class Written:
    """A module that was written."""

    model: LockedModel
    path: Path
    differences: list[Difference]
    """From what it was before; nothing if it is new."""


@frozen
class Checked:
    """A model that was compared with what is published."""

    model: LockedModel
    published_version: str | None = None
    differences: tuple[Difference, ...] = ()
    error: ReplicateError | None = None
    """Why it could not be compared."""

    @property
    def is_compatible(self) -> bool:
        """Whether programs written for the module still fit."""
        return self.error is None and not any(each.is_breaking for each in self.differences)


class TypedFolder:
    """The typed modules of a folder, and their lock file.

    Args:
        path: The folder; it is made when the first model is added.
        client: What asks the service; none is needed to list the models.

    Raises:
        ValueError: The lock file is none.
    """

    def __init__(self, path: Path | str, client: Client | None = None) -> None:
        self.path: Path = Path(path)
        self._client = client
        self._lock = self.path / FILE_NAME
        self._models: dict[str, LockedModel] = {}
        if self._lock.exists():
            try:
                self._models = read_lock(self._lock.read_text(encoding="utf-8"))
            except ValueError as error:
                raise ValueError(f"{self._lock}: {error}") from error

    @property
    def models(self) -> list[LockedModel]:
        """The models that have a module here, by name."""
        return [self._models[name] for name in sorted(self._models)]

    def add(self, asked: str) -> Written:
        """Write the module of a model, "owner/name", or of one version of it, "owner/name:version".

        Raises:
            ValueError: It is another reference, or a file that was not written here stands where the module belongs.
            UnusableSchemaError: No types can be made of what the model publishes.
        """
        found = published(asked, self._asked_client)
        description = described(found.interface)
        before = self._models.get(found.model)
        module = before.module if before else self._module_for(found)
        locked = LockedModel(
            model=found.model,
            module=module,
            asked=asked,
            version=found.version,
            runs_by_name=found.runs_by_name,
            about=found.about,
            interface=found.interface,
        )
        path = self._path_of(module)
        if path.exists() and not _is_written_here(path):
            raise ValueError(f"{path} was not written by replicate-typed, or was changed since: move it away")
        version = None if locked.runs_by_name else locked.version
        source = Source(locked.model, module, version, asked, locked.about)
        text = module_text(source, description)
        self.path.mkdir(parents=True, exist_ok=True)
        if not (self.path / "__init__.py").exists():
            _write(self.path / "__init__.py", _INIT)
        _write(path, text)
        self._models[found.model] = locked
        _write(self._lock, lock_text(self._models))
        return Written(locked, path, differences(described(before.interface), description) if before else [])

    def update(self, model: str) -> Written:
        """Write the module of a model again, of its newest version, or of the one that was asked for.

        Raises:
            ValueError: The model has no module here.
        """
        return self.add(self.locked(model).asked)

    def check(self, model: str) -> Checked:
        """What is published of a model now, compared with what its module was made of; nothing is written."""
        locked = self.locked(model)
        try:
            found = published(locked.asked, self._asked_client)
            new = described(found.interface)
        except ReplicateError as error:
            return Checked(locked, error=error)
        return Checked(locked, found.version, tuple(differences(described(locked.interface), new)))

    def locked(self, model: str) -> LockedModel:
        """The model of this name; raises ValueError if it has no module here."""
        if model not in self._models:
            known = ", ".join(sorted(self._models)) or "none"
            raise ValueError(f"there is no {model} in {self.path}; there is {known}")
        return self._models[model]

    @property
    def _asked_client(self) -> Client:
        if self._client is None:
            from replicate_typed._sync.client import Client

            self._client = Client()
        return self._client

    def _module_for(self, found: Published) -> str:
        """A name for the module: the model's, or with the owner's, if another has it."""
        taken = {each.module for each in self._models.values()}
        owner, _, name = found.model.partition("/")
        for module in (constant_name(name), constant_name(f"{owner}_{name}")):
            path = self._path_of(module)
            if module not in taken and (not path.exists() or _is_of(path, found.model)):
                return module
        return unused(constant_name(f"{owner}_{name}"), {*taken, *_stems(self.path)})

    def _path_of(self, module: str) -> Path:
        return self.path / f"{module}.py"


def _is_written_here(path: Path) -> bool:
    return _first_line(path).startswith(f"# Made by `{COMMAND} ")


def _is_of(path: Path, model: str) -> bool:
    """Whether this is a module of that model, of which the lock file does not know."""
    return _first_line(path).startswith((f"# Made by `{COMMAND} {model}`", f"# Made by `{COMMAND} {model}:"))


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline()


def _stems(folder: Path) -> Iterable[str]:
    return (path.stem for path in folder.glob("*.py"))


def _write(path: Path, text: str) -> None:
    """All of the text, or the file as it was."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(beside, path)
