"""Cassettes as files: read whole, and replaced whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import TYPE_CHECKING, Any

from replicate_typed.errors import CassetteError
from replicate_typed.transports.cassettes.documents import VERSION, document_of, interactions_of
from replicate_typed.transports.cassettes.limits import MOST_BYTES
from replicate_typed.transports.cassettes.places import Place, cassette_error
from replicate_typed.transports.cassettes.redaction import without_secrets
from replicate_typed.transports.cassettes.sources import Source

if TYPE_CHECKING:
    from replicate_typed.transports.cassettes.interactions import Interaction


def text_of(path: str) -> ModuleType:
    """What reads and writes a file of that name; ModuleNotFoundError if that is not installed."""
    if path.lower().endswith(".json"):
        from replicate_typed.transports.cassettes import json_text

        return json_text
    try:
        from replicate_typed.transports.cassettes import yaml_text
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "cassettes in YAML need PyYAML, which comes with pip install 'replicate-typed[recorded]'; "
            "those whose names end in .json do not",
            name=error.name,
        ) from None
    return yaml_text


def load(path: str) -> list[Interaction] | None:
    """The interactions of a cassette, None if there is no such file, or an empty one; `CassetteError` if it is none."""
    cassette = _read(path)
    return interactions_of(cassette) if cassette else None


def replace(path: str, interactions: Sequence[Interaction]) -> None:
    """Have the file hold these interactions; whoever reads it meanwhile sees the old ones, or the new ones."""
    _write(path, {"interactions": [document_of(each) for each in interactions], "version": VERSION})


def append(path: str, interactions: Sequence[Interaction], known: frozenset[bytes]) -> None:
    """Have the file hold these interactions, too; what it held is kept as it is, but for secrets.

    Others that append to it at the same time wait for each other.
    """
    with _alone(path):
        cassette = _read(path)
        if cassette is None:
            replace(path, interactions)
            return
        kept: list[Any] = []
        for place, interaction in zip(cassette["interactions"].items, interactions_of(cassette), strict=True):
            clean = without_secrets(interaction, known)
            kept.append(place.value if clean == interaction else document_of(clean))
        added = [document_of(each) for each in interactions]
        _write(path, {**cassette.members, "interactions": [*kept, *added]})


def _read(path: str) -> Place | None:
    """What is in the file; None if there is no such file, or nothing in it."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                raise cassette_error(path, None, f"it has {size} bytes; a cassette has at most {MOST_BYTES}")
            source = Source(file)
            place: Place | None = None if source.is_blank() else text_of(path).read(source, path)
            if source.goes_on():  # it has become longer, or is one that does not know its size
                raise cassette_error(path, None, f"it goes on after {MOST_BYTES} bytes; a cassette has no more")
            return place
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CassetteError(f"{path} cannot be read: {error.strerror or error}") from None


def _write(path: str, document: object) -> None:
    text = text_of(path).write(document)
    target = os.path.realpath(path)  # a link stays one
    folder, name = os.path.split(target)
    draft = os.path.join(folder, f".{name}.{secrets.token_hex(8)}")
    try:
        os.makedirs(folder, exist_ok=True)
        try:
            with open(draft, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.replace(draft, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        raise CassetteError(f"{path} cannot be written: {error.strerror or error}") from None


@contextmanager
def _alone(path: str) -> Generator[None]:
    """A block that no other process is in for a file of this folder, where the system can see to that."""
    folder = _locked(os.path.dirname(os.path.realpath(path)))
    try:
        yield
    finally:
        if folder is not None:
            os.close(folder)


def _locked(folder: str) -> int | None:
    """The folder, opened and locked; None on Windows, or if there is no such folder yet."""
    try:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    with suppress(OSError):  # not on every file system
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor
