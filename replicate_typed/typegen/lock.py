"""The lock file beside typed modules: which version each was made of, and what that published about itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen

FILE_NAME = "replicate-models.lock"
FORMAT = 1


@frozen
class LockedModel:
    """A model that has a module."""

    model: str
    """`owner/name`."""
    module: str
    """The name of its module."""
    asked: str
    """What was asked for: the model, or one version of it."""
    version: str
    """The version whose schema was read."""
    runs_by_name: bool
    """Whether it is run by its name; else by that version."""
    about: str
    interface: dict[str, Any]
    """Of the OpenAPI document: what the model takes, and what it gives."""

    @property
    def schema_hash(self) -> str:
        """Tells whether the schema is still the same."""
        canonical = json.dumps(self.interface, sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def lock_text(models: Mapping[str, LockedModel]) -> str:
    """The lock file: the same bytes for the same models."""
    entries = {
        name: {
            "about": each.about,
            "asked": each.asked,
            "module": each.module,
            "runs_by_name": each.runs_by_name,
            "schema": each.interface,
            "schema_hash": each.schema_hash,
            "version": each.version,
        }
        for name, each in models.items()
    }
    lock = {"format": FORMAT, "made_by": "replicate-typed types", "models": entries}
    return json.dumps(lock, indent=1, sort_keys=True) + "\n"


def read_lock(text: str) -> dict[str, LockedModel]:
    """The models of a lock file, by name; raises ValueError if it is none, or one of another time."""
    try:
        lock = json.loads(text)
        if lock["format"] != FORMAT:
            raise ValueError(f"its format is {lock['format']!r}, and this replicate_typed knows {FORMAT}")
        return {name: _locked(name, entry) for name, entry in lock["models"].items()}
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"it is not what replicate-typed wrote: {error!r}") from error


def _locked(name: str, entry: Mapping[str, Any]) -> LockedModel:
    found = LockedModel(
        model=name,
        module=entry["module"],
        asked=entry["asked"],
        version=entry["version"],
        runs_by_name=entry["runs_by_name"],
        about=entry["about"],
        interface=entry["schema"],
    )
    if not found.module.isidentifier():
        raise ValueError(f"{found.module!r} is no name of a module")
    if found.schema_hash != entry["schema_hash"]:
        raise ValueError(f"the schema of {name} is not the one that its hash was made of")
    return found
