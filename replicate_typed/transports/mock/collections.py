"""Collections of the mock service: models that somebody has put together."""

from __future__ import annotations

import re

from attrs import frozen

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@frozen(eq=False)
class MockCollection:
    """Some models under one heading."""

    slug: str
    name: str
    description: str
    models: tuple[str, ...]
    sequence: int

    def as_json(self) -> dict[str, object]:
        """As it is listed, without its models."""
        return {"name": self.name, "slug": self.slug, "description": self.description}


def checked_slug(slug: str) -> str:
    """The slug, if a collection can have it."""
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"a collection's slug is in lower case with hyphens, not {slug!r}")
    return slug
