# Made by scripts/regenerate from openapi.yaml; do not edit.
"""The generated layer: models, and one pure function an operation. `replicate_typed` is what to import."""
