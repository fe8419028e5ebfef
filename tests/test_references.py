"""What can be named, and how it is spelt back."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, strategies as st

from replicate_typed.models import Deployment, Model, ModelVersion
from replicate_typed.references import NAME, Reference, owner_and_name, reference_to

VERSION = "5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa"
MODEL: dict[str, Any] = {
    "url": "https://replicate.com/acme/echo",
    "owner": "acme",
    "name": "echo",
    "visibility": "public",
    "run_count": 1,
}
LATEST = {"id": VERSION, "created_at": "2025-01-01T00:00:00Z"}
names = st.from_regex(NAME, fullmatch=True)


@given(names, names, st.none() | names.filter(lambda name: name != "latest"))
def test_a_reference_reads_back_as_it_is_written(owner: str, name: str, version: str | None) -> None:
    """Its string names the same thing."""
    written = f"{owner}/{name}" + (f":{version}" if version else "")
    reference = reference_to(written)
    assert (reference.owner, reference.name, reference.version) == (owner, name, version)
    assert reference_to(str(reference)) == reference


@given(st.text())
def test_any_other_text_is_refused_in_one_way(text: str) -> None:
    """A reference, or a ValueError: nothing else comes out of the parser."""
    with contextlib.suppress(ValueError):
        assert str(reference_to(text))


@pytest.mark.parametrize(
    ("given_", "kind", "spelt"),
    [
        ("acme/echo", "model", "acme/echo"),
        (f"acme/echo:{VERSION}", "version", f"acme/echo:{VERSION}"),
        (VERSION, "version", f"version {VERSION}"),
        ("deployments/acme/prod", "deployment", "deployments/acme/prod"),
        (Deployment.from_dict({"owner": "acme", "name": "prod"}), "deployment", "deployments/acme/prod"),
        (ModelVersion.from_dict(LATEST), "version", f"version {VERSION}"),
        (Model.from_dict(MODEL), "model", "acme/echo"),
        (Model.from_dict({**MODEL, "is_official": True, "latest_version": LATEST}), "model", "acme/echo"),
        (Model.from_dict({**MODEL, "is_official": False}), "model", "acme/echo"),
        (
            Model.from_dict({**MODEL, "is_official": False, "latest_version": LATEST}),
            "version",
            f"acme/echo:{VERSION}",
        ),
    ],
)
def test_strings_and_objects_name_models_versions_and_deployments(given_: Any, kind: str, spelt: str) -> None:
    """A model that is known to be not official is run by its latest version."""
    reference = reference_to(given_)
    assert (reference.kind, str(reference)) == (kind, spelt)
    assert reference_to(reference) is reference


def test_owner_and_name_come_from_text_or_from_an_object() -> None:
    """Anything that has the two will do."""
    assert owner_and_name("acme/echo") == ("acme", "echo")
    assert owner_and_name(Model.from_dict(MODEL)) == ("acme", "echo")
    for wrong in ("acme", "acme/echo:v1", "deployments/acme/echo", "acme/echo/x", ""):
        with pytest.raises(ValueError, match='expected "owner/name"'):
            owner_and_name(wrong)
    with pytest.raises(TypeError, match='expected "owner/name"'):
        owner_and_name(5)  # type: ignore[arg-type]  # wrong on purpose


def test_a_reference_is_a_value() -> None:
    """Equal and hashable by what it names."""
    assert len({reference_to("acme/echo"), Reference("model", "acme", "echo")}) == 1
