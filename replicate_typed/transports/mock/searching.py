"""What a search finds, and how well it matches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from replicate_typed.transports.mock.models import MockModel

PAGES: tuple[dict[str, object], ...] = (
    {"name": "Run a model with Python", "href": "/docs/get-started/python"},
    {"name": "Run a model with Node.js", "href": "/docs/get-started/nodejs"},
    {"name": "Input files", "href": "/docs/topics/predictions/input-files"},
    {"name": "Output files", "href": "/docs/topics/predictions/output-files"},
    {"name": "Streaming output", "href": "/docs/topics/predictions/streaming"},
    {"name": "Rate limits", "href": "/docs/topics/predictions/rate-limits"},
    {"name": "Set up webhooks", "href": "/docs/topics/webhooks/setup-webhook"},
    {"name": "Deploy a model", "href": "/docs/topics/deployments"},
    {"name": "Fine-tune a model", "href": "/docs/get-started/fine-tune-with-flux"},
    {"name": "HTTP API", "href": "/docs/reference/http"},
)
"""Some pages of the documentation."""


@frozen
class Search:
    """The words that are looked for."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Search:
        return cls(tuple(re.findall(r"\w+", text.lower())))

    def score(self, name: str, description: str | None = None) -> float:
        """How well these match, from 0 to 1: a word in the name counts twice as much as one in the description."""
        if not self.words:
            return 0.0
        name, description = name.lower(), (description or "").lower()
        found = (1.0 if word in name else 0.5 if word in description else 0.0 for word in self.words)
        return sum(found) / len(self.words)

    def models(self, models: Iterable[MockModel]) -> list[tuple[MockModel, float]]:
        """The public models that match, with their scores: the best first, of equal ones the most run."""
        scored = [
            (model, self.score(model.name, model.description)) for model in models if model.visibility == "public"
        ]
        return sorted(
            (pair for pair in scored if pair[1]), key=lambda pair: (-pair[1], -pair[0].run_count, pair[0].sequence)
        )
