"""What can be run: functions as versions of models, and deployments of them."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from replicate_typed.transports.mock.problems import InvalidField
from replicate_typed.transports.mock.times import timestamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


@frozen(eq=False)
class MockVersion:
    """A Python function as one version of a model; times in microseconds."""

    id: str
    model: str
    function: Callable[..., Any]
    starting: int
    processing: int
    created: int
    sequence: int

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "created_at": timestamp(self.created),
            "cog_version": None,
            "openapi_schema": None,
        }

    def misfits(self, input: Mapping[str, Any]) -> list[InvalidField]:
        """What in the input does not fit the function's arguments."""
        parameters = inspect.signature(self.function).parameters.values()
        named = {parameter.name: parameter for parameter in parameters if parameter.kind in _NAMED}
        takes_any = any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters)
        missing = [
            InvalidField.required("input", name)
            for name, parameter in named.items()
            if parameter.default is inspect.Parameter.empty and name not in input
        ]
        unexpected = [InvalidField.unexpected("input", name) for name in input if name not in named and not takes_any]
        return missing + unexpected


@define(eq=False)
class MockModel:
    """A model and its versions, oldest first; it has at least one."""

    name: str
    description: str | None
    official: bool
    versions: list[MockVersion] = field(factory=list[MockVersion])
    run_count: int = 0

    @property
    def latest(self) -> MockVersion:
        return self.versions[-1]

    def as_json(self) -> dict[str, object]:
        owner, name = self.name.split("/")
        return {
            "url": f"https://replicate.com/{self.name}",
            "owner": owner,
            "name": name,
            "description": self.description,
            "visibility": "public",
            "is_official": self.official,
            "github_url": None,
            "paper_url": None,
            "license_url": None,
            "cover_image_url": None,
            "run_count": self.run_count,
            "default_example": None,
            "created_at": timestamp(self.versions[0].created),
            "latest_version": self.latest.as_json(),
        }


@frozen(eq=False)
class MockDeployment:
    """A name under which one version is kept ready."""

    name: str
    version: MockVersion
    created: int
    sequence: int

    def as_json(self) -> dict[str, object]:
        owner, name = self.name.split("/")
        return {
            "owner": owner,
            "name": name,
            "current_release": {
                "number": 1,
                "model": self.version.model,
                "version": self.version.id,
                "created_at": timestamp(self.created),
                "created_by": ACCOUNT,
                "configuration": {"hardware": "cpu", "min_instances": 0, "max_instances": 1},
            },
        }


ACCOUNT: dict[str, object] = {
    "type": "user",
    "username": "mock",
    "name": "Mock",
    "avatar_url": "https://github.com/mock.png",
    "github_url": "https://github.com/mock",
}
"""Whose token it is; the mock asks for none."""

HARDWARE: list[dict[str, object]] = [
    {"sku": "cpu", "name": "CPU"},
    {"sku": "gpu-t4", "name": "Nvidia T4 GPU"},
    {"sku": "gpu-a40-small", "name": "Nvidia A40 GPU"},
    {"sku": "gpu-a40-large", "name": "Nvidia A40 (Large) GPU"},
]
"""As the service answered in November 2023."""


def checked_name(name: str) -> str:
    """The name, if it is an `owner/name`."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"a name is 'owner/name', not {name!r}")
    return name


def checked_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, if a prediction's input can be given to it, and its answer comes at once."""
    if inspect.iscoroutinefunction(function):
        raise TypeError("a mock model is a plain function, not an async one")
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is inspect.Parameter.POSITIONAL_ONLY:
            raise TypeError(f"a model's input comes by name, but {parameter.name!r} is positional only")
    return function
