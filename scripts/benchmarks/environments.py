"""The environments that the clients are measured in: each holds one client, and what that needs to run."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .processes import FailedError, run

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".bench"


@dataclass(frozen=True)
class Environment:
    """What is installed under a name."""

    name: str
    requirements: tuple[str, ...]
    """As pip takes them."""
    copied: tuple[Path, ...] = ()
    """Packages that are copied anew each time."""

    @property
    def contents(self) -> str:
        """An environment that was made for the same need not be made again."""
        return json.dumps([str(ROOT), sys.version, self.requirements])


def this_checkout(name: str, extra: str = "") -> Environment:
    """Our package as it is now, and what it needs; with an extra, what that needs, too.

    It is copied: an editable install would add two folders in which every import looks, and through links within the
    checkout, a build would find everything twice.
    """
    settings: Any = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    needed = [*settings["project"]["dependencies"], *(of_extra(settings["project"], extra) if extra else [])]
    return Environment(name, tuple(needed), tuple(ROOT / package for package in packages))


def of_extra(project: Any, extra: str) -> list[str]:
    """What an extra needs, with what the extras need that it names itself."""
    needed: list[str] = []
    for requirement in project["optional-dependencies"][extra]:
        own = re.fullmatch(rf"{re.escape(project['name'])}\[([\w-]+)\]", requirement)
        needed += of_extra(project, own[1]) if own else [requirement]
    return needed


async def make(environment: Environment, say: Callable[[str], None], folder: Path = FOLDER) -> Path:
    """The Python of an environment, which is made unless it is there; raises FailedError if it cannot be made."""
    home = folder / environment.name
    python = home / "bin" / "python"
    await make_once(python, home, environment.contents, lambda: install(home, python, environment), say)
    for package in environment.copied:
        copy(package, Path(sysconfig.get_path("purelib", "venv", {"base": str(home)})) / package.name)
    return python


async def make_once(
    program: Path, home: Path, contents: str, install: Callable[[], Awaitable[None]], say: Callable[[str], None]
) -> None:
    """Fill a folder with a program and more, unless it holds these contents; raises FailedError if that fails."""
    marker = home / "whole"  # written last, so it is not there after an interruption
    if is_whole(program, marker, contents):
        return
    say(f"Making {home.parent.name}/{home.name} (once) ...")
    shutil.rmtree(home, ignore_errors=True)
    try:
        await install()
    except FailedError as error:
        shutil.rmtree(home, ignore_errors=True)
        raise FailedError(f"not installed: {error}") from None
    unfinished = home / "whole.new"
    unfinished.write_text(contents, encoding="utf-8")
    unfinished.replace(marker)


def is_whole(program: Path, marker: Path, contents: str) -> bool:
    """Whether an installation has been finished, of these contents."""
    return program.exists() and marker.exists() and marker.read_text(encoding="utf-8") == contents


async def install(home: Path, python: Path, environment: Environment) -> None:
    """Fill a folder, with the pip of the environment that this runs in."""
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", "--retries", "1", "--compile"]
    await run([sys.executable, "-m", "venv", "--without-pip", home], os.environ)
    await run([*pip, *environment.requirements], {**os.environ, **settings})


def copy(package: Path, to: Path) -> None:
    """Let a package be as it is now."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(package, to, ignore=shutil.ignore_patterns("__pycache__"))
