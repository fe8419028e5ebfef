"""Requests that schemathesis makes up from openapi.yaml, against `replicate-typed serve`."""

from __future__ import annotations

from pathlib import Path

ANYTHING = Path(__file__).parents[1] / "served" / "anything.py"
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
]
