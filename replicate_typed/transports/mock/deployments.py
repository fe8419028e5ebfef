"""Deployments of the mock service: names under which versions are kept ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, frozen

from replicate_typed.transports.mock.times import edge_time

if TYPE_CHECKING:
    from replicate_typed.transports.mock.models import MockVersion
    from replicate_typed.transports.mock.pools import Pool


@frozen(eq=False)
class Release:
    """One state of a deployment."""

    number: int
    version: MockVersion
    created: int
    hardware: str
    min_instances: int
    max_instances: int


@define(eq=False)
class MockDeployment:
    """A name under which one version is kept ready."""

    name: str
    release: Release
    sequence: int
    account: dict[str, object]
    pool: Pool

    def as_json(self) -> dict[str, object]:
        owner, name = self.name.split("/")
        release = self.release
        return {
            "owner": owner,
            "name": name,
            "current_release": {
                "number": release.number,
                "model": release.version.model,
                "version": release.version.id,
                "created_at": edge_time(release.created),
                "created_by": self.account,
                "configuration": {
                    "hardware": release.hardware,
                    "min_instances": release.min_instances,
                    "max_instances": release.max_instances,
                },
            },
        }
