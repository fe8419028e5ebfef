"""What the clients of others are to see of the service, and what they cannot see through defects of their own.

V-numbers are those of the list of verified defects in the project's notes on other clients.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

P1, P2, JS = "replicate 1.0.7", "replicate 2.0.0b4", "replicate 1.4.0 (npm)"

EXPECTED: dict[str, Any] = {
    "account": ["user", "acme"],
    "hardware": ["cpu", "gpu-t4", "gpu-a40-small", "gpu-a40-large"],
    "get_a_model": ["acme", "echo", "Says it again", "public"],
    "run_by_name": "fox fox",
    "run_by_version": "owl",
    "run_by_polling": "elk",
    "run_an_iterator": ["a", " b", " c"],
    "create_and_wait": ["starting", "succeeded", "bear", True],
    "create_and_hold": ["processing", "hare"],
    "logs": "echoing cat\n",
    "stream": [["a", " b\nb", " c"], "done", True],
    "stream_of_a_failure": ["one", "out of memory"],
    "cancel": ["canceled", "canceled"],
    "failure": ["failed", "out of memory", "breaking x"],
    "invalid_input": [422, "Input validation failed", True],
    "what_there_is_not": 404,
    "a_wrong_token": [401, "You did not pass a valid authentication token"],
    "upload_a_file": ["text/plain", 5, "2cf24dba", {"from": "test"}, "note.txt"],
    "get_a_file": {"from": "test"},
    "list_files": True,
    "delete_a_file": [True, False],
    "a_file_as_input": "hello",
    "a_file_as_data": "hello",
    "an_output_file": "PNG of fox",
    "the_address_of_an_output_file": "PNG of fox",
    "pages": [25, True, 30],
    "list_predictions": True,
    "list_versions": True,
    "search_models": ["echo"],
    "search": ["echo"],
    "webhook_secret": "whsec_",
    "receive_a_webhook": ["succeeded", "goat"],
    "validate_a_webhook": True,
    "collections": [["small-models"], ["echo", "words"]],
    "list_deployments": ["front"],
    "run_a_deployment": "goat",
    "a_deployments_life": [1, 2, 2, True],
    "a_models_life": ["passing", "private", True],
    "update_a_model": "Said again",
    "readme": "# Echo\n",
    "examples": ["an example"],
    "delete_a_version": True,
    "train": ["starting", "succeeded", True, "training for 3 steps\n"],
    "cancel_a_training": ["canceled", True],
}
"""By the names of the steps that every client takes."""


@dataclass(frozen=True)
class Defect:
    """What a client does in place of what is expected."""

    why: str
    value: Any = None
    error: str | None = None
    """A pattern of what it raises; None if it gives a value."""

    def explains(self, seen: Mapping[str, Any]) -> bool:
        """Whether this is what was seen."""
        if self.error is None:
            return "value" in seen and seen["value"] == self.value
        return re.search(self.error, seen.get("error", "")) is not None


LACKS = "it has no such method"

V5 = "V5: it tells files by the prefix https:, so those of a local server are mere addresses"
METADATA = "it sends metadata as form fields of its own, and not as JSON"

DEFECTS: dict[tuple[str, str], Defect] = {
    (P1, "an_output_file"): Defect(V5, error="'str' object has no attribute 'read'"),
    (P2, "an_output_file"): Defect(V5, error="'str' object has no attribute 'read'"),
    (JS, "an_output_file"): Defect(V5, error="output.blob is not a function"),
    (JS, "a_file_as_data"): Defect(
        "V6: it sends itself, token and all, as the input", error="Additional property auth is not allowed"
    ),
    (P2, "upload_a_file"): Defect(METADATA, value=["text/plain", 5, "2cf24dba", {}, "note.txt"]),
    (P2, "get_a_file"): Defect(METADATA, value={}),
    (P1, "validate_a_webhook"): Defect("V9: it says None of a genuine webhook", value=None),
    (P2, "validate_a_webhook"): Defect("V10: it cannot", error="'WebhooksResource' object has no attribute 'validate'"),
    (P1, "delete_a_version"): Defect("it takes the service's 202 for a refusal, and expects 204", value=False),
    (P1, "search"): Defect(LACKS, error="'Client' object has no attribute 'search'"),
    (P1, "update_a_model"): Defect(LACKS, error="'Models' object has no attribute 'update'"),
    (P1, "readme"): Defect(LACKS, error="'Models' object has no attribute 'readme'"),
    (P1, "examples"): Defect(LACKS, error="'Models' object has no attribute 'examples'"),
    (JS, "search"): Defect(LACKS, error="client.search is not a function"),
    (JS, "a_models_life"): Defect(LACKS, error="client.models.delete is not a function"),
    (JS, "update_a_model"): Defect(LACKS, error="client.models.update is not a function"),
    (JS, "readme"): Defect(LACKS, error=r"undefined \(reading 'get'\)"),
    (JS, "examples"): Defect(LACKS, error=r"undefined \(reading 'list'\)"),
    (JS, "delete_a_version"): Defect(LACKS, error="client.models.versions.delete is not a function"),
}
"""By client and step."""
