# Made by scripts/regenerate from openapi.yaml; do not edit.
"""One pure function an operation: arguments in, `Operation` out."""
