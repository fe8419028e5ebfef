"""What can be run, however it is named: one reference out of a string or an object; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from replicate_api.models.deployment import Deployment
    from replicate_api.models.model import Model
    from replicate_api.models.model_version import ModelVersion
    from replicate_api.types import Owned

NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
OWNED = re.compile(rf"(?P<deployments>deployments/)?(?P<owner>{NAME})/(?P<name>{NAME})(?::(?P<version>{NAME}))?")
BARE_VERSION = re.compile(r"[0-9a-f]{64}")
FORMS = (
    '"owner/name" (an official model), "owner/name:version", a version id of 64 hexadecimal digits, '
    '"deployments/owner/name", or a Model, ModelVersion or Deployment'
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A model, a version or a deployment that can be run."""

    kind: Literal["model", "version", "deployment"]
    owner: str | None = None
    name: str | None = None
    version: str | None = None

    @property
    def owned(self) -> str:
        """`owner/name`."""
        return f"{self.owner}/{self.name}"

    def __str__(self) -> str:
        if self.kind == "deployment":
            return f"deployments/{self.owned}"
        if self.owner is None:
            return f"version {self.version}"
        return f"{self.owned}:{self.version}" if self.version else self.owned


Runnable: TypeAlias = "str | Reference | Model | ModelVersion | Deployment"
"""What `run` and its kin accept."""


def reference_to(runnable: Runnable) -> Reference:
    """The reference that a string or an object stands for; raises ValueError or TypeError, with the accepted forms."""
    if isinstance(runnable, Reference):
        return runnable
    if isinstance(runnable, str):
        return _parsed(runnable)
    from replicate_api.models.deployment import Deployment
    from replicate_api.models.model import Model
    from replicate_api.models.model_version import ModelVersion

    match runnable:
        case Deployment():
            return Reference("deployment", runnable.owner, runnable.name)
        case ModelVersion():
            return Reference("version", version=runnable.id)
        case Model():
            # A model that is not official has no endpoint of its own: only its versions can be run.
            version = runnable.latest_version.id if runnable.is_official is False and runnable.latest_version else None
            return Reference("version" if version else "model", runnable.owner, runnable.name, version)
        case _:
            raise TypeError(f"expected {FORMS}; got {type(runnable).__name__}")


def owner_and_name(owned: str | Owned) -> tuple[str, str]:
    """The two halves of "owner/name", or of an object that has them; raises ValueError or TypeError."""
    if not isinstance(owned, str):
        if hasattr(owned, "owner") and hasattr(owned, "name"):
            return owned.owner, owned.name
        raise TypeError(f'expected "owner/name", or an object with an owner and a name; got {type(owned).__name__}')
    match = OWNED.fullmatch(owned)
    if not match or match["deployments"] or match["version"]:
        raise ValueError(f'expected "owner/name"; got {owned!r}')
    return match["owner"], match["name"]


def _parsed(text: str) -> Reference:
    if BARE_VERSION.fullmatch(text):
        return Reference("version", version=text)
    match = OWNED.fullmatch(text)
    if not match or (match["deployments"] and match["version"]):
        raise ValueError(f"expected {FORMS}; got {text!r}")
    if match["version"] == "latest":
        model = f"{match['owner']}/{match['name']}"
        raise ValueError(f'{text!r} names no version: ask for it, as client.models.get("{model}").latest_version')
    if match["deployments"]:
        return Reference("deployment", match["owner"], match["name"])
    return Reference("version" if match["version"] else "model", match["owner"], match["name"], match["version"])
